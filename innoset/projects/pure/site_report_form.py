"""The yearly report of a municipal innovation site (МИП): who it is, and what the year has brought."""

from innoset.projects.pure.forms import Field, Form, Kind, Section, SignatureBlock

SECTIONS = (
    Section("about", "1. Сведения о площадке", "Кто отчитывается и о каком проекте"),
    Section("year", "2. Работа за год", "Что сделано и что запланировано"),
)


def _line(number: str, label: str, hint: str, *, hard: int = 2_000, public: bool = True) -> Field:
    return Field(
        f"1.{number}", label, Kind.LINE, "about", hint=hint, hard=hard, public=public, number=f"1.{number}"
    )


def _year(number: str, label: str, short: str, hint: str) -> Field:
    return Field(
        f"2.{number}",
        label,
        Kind.TEXT,
        "year",
        short_label=short,
        hint=hint,
        min=60,
        soft=6_000,
        hard=20_000,
        search_weight=2,
        number=f"2.{number}",
    )


FIELDS = (
    _line("1", "Организация", "Полное название, как в уставе."),
    _line("2", "ФИО руководителя", "Фамилия, имя, отчество.", hard=500, public=False),
    _line("3", "Телефон и электронная почта", "Рабочие телефон и адрес.", hard=500, public=False),
    _line("4", "Тема площадки и основание", "Тема, приказ, срок действия статуса."),
    Field(
        "1.5",
        "Команда проекта",
        Kind.TEXT,
        "about",
        hint="Кто разрабатывает и ведёт проект.",
        hard=3_000,
        public=False,
        number="1.5",
    ),
    Field(
        "1.6",
        "Страница проекта на сайте организации",
        Kind.URL,
        "about",
        hint="Полный адрес страницы.",
        example="https://example.ru/mip",
        hard=2_000,
        required=False,
        number="1.6",
    ),
    _year("1", "Цель и задачи года", "Цель и задачи", "Ради чего работали и что наметили на год."),
    _year(
        "2",
        "Выполнение задач и плана мероприятий",
        "Выполнение плана",
        "Что выполнено, что перенесено и почему.",
    ),
    _year("3", "Результаты и продукты", "Результаты", "Что изменилось, чем это измеряли, что создано."),
    _year("4", "Мероприятия и публикации", "Мероприятия и публикации", "Что провели и что опубликовали."),
    _year("5", "Сетевое взаимодействие", "Сеть и партнёры", "С кем работали и кто вас сопровождал."),
    _year("6", "Задачи на следующий год", "Планы", "Каждая задача с новой строки."),
)

SITE_REPORT = Form(
    code="site_report",
    title="Отчёт муниципальной инновационной площадки",
    version="1",
    sections=SECTIONS,
    fields=FIELDS,
    signature=SignatureBlock(),
    title_synonyms=("Отчёт о работе муниципальной инновационной площадки", "Отчёт МИП"),
    boilerplate=("Сведения о площадке", "Работа за год", "№ п/п", "№"),
)
