"""The yearly report of a regional innovation site (КИП): part I (9 items) and part II (4)."""

from innoset.projects.pure.forms import Field, Form, Kind, Section, SignatureBlock

SECTIONS = (
    Section("about", "I. Паспортная информация", "Сведения об организации и проекте"),
    Section("report", "II. Отчёт", "Что сделано за год"),
)


def _line(number: str, label: str, short: str, hint: str) -> Field:
    return Field(
        f"I.{number}",
        label,
        Kind.LINE,
        "about",
        short_label=short,
        hint=hint,
        hard=2_000,
        number=number,
    )


def _part(number: str, label: str, short: str, hint: str) -> Field:
    return Field(
        f"II.{number}",
        label,
        Kind.TEXT,
        "report",
        short_label=short,
        hint=hint,
        min=100,
        soft=12_000,
        hard=40_000,
        search_weight=2,
        number=number,
    )


FIELDS = (
    _line(
        "1",
        "Юридическое название организации (учреждения)",
        "Организация",
        "Полное название, как в уставе.",
    ),
    _line("2", "Учредитель", "Учредитель", "Кто учредил организацию."),
    _line("3", "Юридический адрес", "Адрес", "С почтовым индексом."),
    Field(
        "I.4",
        "ФИО руководителя",
        Kind.PERSON,
        "about",
        short_label="Руководитель",
        hint="Фамилия, имя, отчество.",
        hard=500,
        public=False,
        number="4",
        synonyms=("Руководитель организации", "Фамилия, имя, отчество руководителя"),
    ),
    Field(
        "I.5",
        "Телефон, факс, e-mail",
        Kind.LINE,
        "about",
        short_label="Контакты",
        hint="Рабочие телефон и адрес электронной почты.",
        hard=500,
        public=False,
        number="5",
        synonyms=("Телефон, e-mail", "Телефон, факс, электронная почта", "Контакты"),
    ),
    Field(
        "I.6",
        "Авторы и название проекта",
        Kind.TEXT,
        "about",
        short_label="Проект и разработчики",
        hint="Название проекта и кто его разработал.",
        hard=3_000,
        search_weight=3,
        public=False,
        number="6",
        synonyms=("Название проекта, авторы", "Наименование инновационного продукта, авторы"),
    ),
    Field(
        "I.7",
        "Ссылка на раздел на сайте, посвященный проекту",
        Kind.URL,
        "about",
        short_label="Раздел на сайте",
        hint="Полный адрес страницы.",
        example="https://example.ru/kip",
        hard=2_000,
        number="7",
    ),
    Field(
        "I.8",
        "Официальные статусы организации в сфере образования, имевшиеся ранее и действующие на данный момент",
        Kind.LIST,
        "about",
        short_label="Статусы",
        hint="Каждый статус с новой строки: название, тема, приказ.",
        hard=5_000,
        number="8",
    ),
    Field(
        "I.9",
        "Научный руководитель",
        Kind.PERSON,
        "about",
        short_label="Научный руководитель",
        hint="Фамилия, имя, отчество, степень и звание. Если руководителя нет, напишите «нет».",
        required=False,
        hard=1_000,
        public=False,
        number="9",
        synonyms=("Научный руководитель (если есть). Научная степень, звание",),
    ),
    _part(
        "1",
        "Тема проекта. Цель, задачи, инновационность.",
        "Тема, цель и задачи",
        "Тема, цель, задачи отчётного года и в чём новизна.",
    ),
    _part(
        "2",
        "Измерение и оценка качества инновации.",
        "Измерение и оценка",
        "Чем и как измеряли, что показали измерения.",
    ),
    _part("3", "Результативность.", "Результативность", "Достигнутые результаты с числами."),
    _part(
        "4",
        "Апробация и диссеминация результатов деятельности КИП.",
        "Апробация и распространение",
        "Мероприятия, публикации, сети и партнёры.",
    ),
)

REPORT = Form(
    code="kip_report",
    title="Отчёт краевой инновационной площадки",
    version="1",
    sections=SECTIONS,
    fields=FIELDS,
    signature=SignatureBlock(),
    title_synonyms=("Отчёт о реализации проекта краевой инновационной площадки", "Отчёт КИП"),
    boilerplate=(
        "I. Паспортная информация",
        "II. Отчёт",
        "Паспортная информация",
        "Отчёт",
        "№ п/п",
        "№",
    ),
)
