"""Invented papers: one full and one bare of each kind, for the tests of printing."""

from datetime import UTC, date, datetime

from innoset.documents.pure.application_paper import ApplicationPaper, Row
from innoset.documents.pure.blocks import Fact
from innoset.documents.pure.diploma import Diploma, Recipient
from innoset.documents.pure.letter import (
    Addressee,
    Check,
    Frame,
    Grant,
    Outcome,
    Remarks,
    ResultLetter,
    Subject,
    TechnicalLetter,
)
from innoset.documents.pure.minutes import (
    Item,
    Member,
    Minutes,
    Ranked,
    Ranking,
    Recusal,
    Speech,
    Vote,
)
from innoset.documents.pure.order import Awarded, Declined, Order
from innoset.documents.pure.receipt import Receipt, Step
from innoset.documents.pure.roadmap_paper import Part, RoadmapPaper

AT = datetime(2026, 12, 5, 11, 3, 12, tzinfo=UTC)
CONTEST = "Инновационный поиск – 2026"
CENTRE = (
    "Муниципальное казённое учреждение муниципального образования город Краснодар",
    "«Научно-методический центр»",
)
DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
STATUS = "Муниципальная инновационная площадка"
TERM = "с 1 января 2027 г. по 31 декабря 2029 г."

RECEIPT = Receipt(
    number="ИП-2026-0147",
    title="Сетевая школа наставника: от молодого педагога к педагогу-исследователю",
    organisation="МБОУ СОШ № 18 ст. Ключевой",
    contest=CONTEST,
    nomination="Управление образовательной организацией",
    organiser="Научно-методический центр",
    sent_at=AT,
    sent_by="Петрова Анна Николаевна",
    sent_by_post="заместитель директора",
    version=3,
    digest=DIGEST,
    journal_head=DIGEST[::-1],
    check_url="https://innoset.example/p/ИП-2026-0147/9f86d081884c7d65",
    mailed_to="school18@example.org",
    files=("Презентация проекта.pdf, 12 страниц", "Письмо поддержки.pdf, 1 страница"),
    steps=(
        Step("5 декабря 2026 г.", "Заявка отправлена и зарегистрирована.", is_done=True),
        Step("до 10 декабря 2026 г.", "Техническая экспертиза. Результат придёт письмом."),
        Step("до 20 января 2027 г.", "Решение координационного совета."),
    ),
)
BARE_RECEIPT = Receipt(
    number="1",
    title="Тема",
    organisation="МБДОУ № 5",
    contest=CONTEST,
    sent_at=AT,
    sent_by="Ким Ян",
    version=1,
    digest="ab12",
    check_url="https://innoset.example/p/1/ab12",
)

APPLICATION = ApplicationPaper(
    heading="Паспорт инновационного проекта",
    title="Сетевая школа наставника",
    number="ИП-2026-0147",
    contest=CONTEST,
    nomination="Управление образовательной организацией",
    organisation="МБОУ СОШ № 18 ст. Ключевой",
    sent_at=AT,
    version=3,
    rows=(
        Row("1", "Наименование организации", "МБОУ СОШ № 18"),
        Row("6", "Основная идея", "Наставник учит, исследуя.\n\nМолодой педагог учится, уча."),
        Row("11", "Этапы реализации", is_group=True),
        Row("11.1", "Название этапа", "Подготовительный"),
        Row("11.2", "Сроки", ""),
    ),
    guarantees=("согласны с условиями участия в конкурсе;", "отвечают за достоверность сведений."),
    post="Директор МБОУ СОШ № 18",
    signatory="Петрова Анна Николаевна",
    signed_on=date(2026, 12, 4),
    digest=DIGEST,
)
BLIND_COPY = ApplicationPaper(heading="Паспорт проекта", rows=(Row("1", "Тема", "Тема"),), mark="АНОНИМНО")

FRAME = Frame(
    sender=CENTRE,
    to=Addressee("МБОУ СОШ № 18 ст. Ключевой", "Петрова Анна Николаевна", "Директору"),
    post="Директор центра",
    signatory="Лебедев Сергей Павлович",
    written_on=date(2026, 12, 7),
    number="215",
    executor="Ткач Нелли Игоревна, методист",
)
SUBJECT = Subject(
    "ИП-2026-0147", "Сетевая школа наставника", CONTEST, "Управление образовательной организацией"
)
CHECKS = (
    Check("Паспорт проекта заполнен полностью", is_met=True),
    Check("Есть подпись руководителя и печать", is_met=False, remark="На последней странице нет печати"),
)
TO_MEND = TechnicalLetter(
    FRAME,
    SUBJECT,
    Outcome.MEND,
    CHECKS,
    mend_until=datetime(2026, 12, 11, 14, tzinfo=UTC),
    comment="Вопросы задайте методисту.",
)
BARE_FRAME = Frame((), Addressee("МБДОУ № 5"), "Директор", "Ли Ян", date(2026, 12, 7))
BARE_LETTER = TechnicalLetter(BARE_FRAME, Subject("1", "Тема", CONTEST), Outcome.CONFORMS)
GRANTED = ResultLetter(
    FRAME,
    SUBJECT,
    remarks=(
        Remarks("Актуальность проблемы", 15, 13.667, ("Проблема описана убедительно.", "Мало ссылок.")),
        Remarks("Новизна", 15, 12),
    ),
    grant=Grant(STATUS, TERM, "1543", date(2026, 12, 28), "департамента образования"),
    mean=92.333,
    maximum=100,
    general=("Продолжайте работу.",),
    appeal_until=datetime(2027, 1, 20, 14, tzinfo=UTC),
)
DECLINED = ResultLetter(
    BARE_FRAME, Subject("1", "Тема", CONTEST), (), reason="балл ниже проходного.", mean=60
)

MINUTES = Minutes(
    organiser=CENTRE,
    council="координационного совета по инновационной деятельности",
    held_on=date(2026, 12, 22),
    place="г. Краснодар",
    number="4",
    chair="Лебедев Сергей Павлович",
    secretary="Ткач Нелли Игоревна",
    members_in_all=5,
    quorum=3,
    contest=CONTEST,
    reception=(
        Fact("Объявленный срок", "5 декабря 2026 г., 17:00 МСК"),
        Fact("Допуск на сбои связи", "10 минут, для всех"),
        Fact(
            "Продления",
            "всем до 5 декабря 2026 г., 17:20 МСК: Сайт не отвечал 17 мин.\n"
            "заявке ИП-2026-0104 до 8 декабря 2026 г., 17:00 МСК: Болезнь. Приказ № 15-п от 06.12.2026.",
        ),
        Fact("Отправлено", "12 отправок"),
        Fact("Принято после срока", "не было"),
    ),
    present=(
        Member("Лебедев Сергей Павлович", "председатель совета", "директор центра"),
        Member("Ткач Нелли Игоревна", "секретарь совета"),
        Member("Черных Пётр Саввич"),
        Member("Шевченко Ольга Петровна", "член совета", "заведующая детским садом № 5"),
    ),
    absent=(Member("Белый Павел Кузьмич", note="отпуск"),),
    invited=(Member("Мамедова Лейла Вагиф кызы", "эксперт"), Member("Ким Ян", role="")),
    items=(
        Item(
            "Об утверждении рейтинга заявок",
            heard=(Speech("Ткач Нелли Игоревна", "о ходе экспертизы."),),
            spoke=(
                Speech("Черных Пётр Саввич", "предложил обсудить заявку ИП-2026-0101."),
                Speech("", "Возражений нет."),
            ),
            resolved=("Утвердить рейтинг заявок (приложение).", "Установить проходной балл 70,00."),
            vote=Vote(4),
        ),
        Item(
            "О присвоении статусов",
            heard=(Speech("Лебедев Сергей Павлович", "представил проект решения."),),
            resolved=("Присвоить статус организациям согласно рейтингу.",),
            vote=Vote(2, 0, 1, is_secret=True),
            confirmed="подтвердил Лебедев Сергей Павлович, директор, кодом из письма 5 декабря 2026 г., 16:02 МСК.",
            recusals=(Recusal("Шевченко Ольга Петровна", "руководит организацией, подавшей заявку"),),
        ),
    ),
    rankings=(
        Ranking(
            "Управление образованием",
            (
                Ranked(1, "ИП-2026-0147", "МБОУ СОШ № 18", "Школа наставника", 3, 92.333, 3.21, "Присвоить", fair="91,0 ± 2,4\nместо 1"),
                Ranked(
                    2, "ИП-2026-0101", "МБДОУ № 5", "Игровая лаборатория", 3, 85, 11.5, "Присвоить",
                    has_disagreement=True,
                ),
                Ranked(
                    3, "ИП-2026-0112", "МАОУ лицей № 64", "Инженерные классы", 4, 68.5, 4, "Присвоить",
                    departure="проект важен для сельских школ",
                ),
            ),
            70.0,
        ),
        Ranking("", (Ranked(1, "ИП-2026-0150", "МБДОУ № 9", "Мультстудия", 3, 60, 2, "Не присваивать"),)),
    ),
    journal_head=DIGEST,
    methods=(
        Fact("Места считают по", "средний балл"),
        Fact("Поправка на строгость", "заочный этап: по суммам; контрольная сумма расчёта 01ab 23cd…"),
    ),
    ranking_sha256=DIGEST[::-1],
)  # fmt: skip
BARE_MINUTES = Minutes(
    organiser=(),
    council="совета",
    held_on=date(2026, 12, 22),
    place="г. Краснодар",
    chair="Ли Ян",
    secretary="Ким Ян",
    members_in_all=9,
    quorum=6,
    present=(Member("Ли Ян"),),
    items=(),
)

ORDER = Order(
    issuer=("Администрация муниципального образования город Краснодар", "Департамент образования"),
    place="г. Краснодар",
    contest=CONTEST,
    grounds="В соответствии с положением о конкурсе, в целях развития сети инновационных площадок,",
    council="координационного совета по инновационной деятельности",
    minutes_number="4",
    minutes_on=date(2026, 12, 22),
    post="Директор департамента",
    signatory="Лебедев Сергей Павлович",
    awarded=(
        Awarded(
            "МБОУ СОШ № 18", "Школа наставника", STATUS, TERM, "Выселковский район", "Управление образованием"
        ),
        Awarded("МБДОУ № 5", "Игровая лаборатория", STATUS, TERM),
    ),
    declined=(Declined("МБДОУ № 9", "Мультстудия", "Средний балл ниже проходного", "г. Краснодар"),),
    points=("Разместить настоящий приказ на портале сети.",),
    control="заместителя директора Коваля И. Ю.",
    number="1543",
    signed_on=date(2026, 12, 28),
    executor="Ткач Нелли Игоревна, методист",
)
DRAFT_ORDER = Order(
    issuer=("Департамент образования",),
    place="г. Краснодар",
    contest=CONTEST,
    grounds="В соответствии с положением о конкурсе",
    minutes_number="4",
    minutes_on=date(2026, 12, 22),
    post="Директор",
    signatory="Ли Ян",
    awarded=(),
    declined=(Declined("МБДОУ № 9", "Мультстудия"),),
)

DIPLOMA = Diploma(
    number="МИП-2026-014",
    organisation="Муниципальное бюджетное общеобразовательное учреждение средняя школа № 18 станицы Ключевой",
    status=STATUS,
    theme="Сетевая школа наставника",
    issuer=("Департамент образования", *CENTRE),
    order_number="1543",
    order_on=date(2026, 12, 28),
    order_issuer="департамента образования",
    post="Директор департамента",
    signatory="Лебедев Сергей Павлович",
    check_url="https://innoset.example/p/МИП-2026-014/9f86d081884c7d65",
    people=(
        Recipient("Петрова Анна Николаевна", "директору"),
        Recipient("Заяц Игорь Юрьевич", name_dative="Зайцу Игорю Юрьевичу"),
    ),
    contest=CONTEST,
    term=TERM,
    place="Краснодар",
)
BARE_DIPLOMA = Diploma(
    number="1",
    organisation="МБДОУ № 5",
    status="МИП",
    theme="",
    issuer=(),
    order_number="1",
    order_on=date(2026, 12, 28),
    post="Директор",
    signatory="Ли Ян",
    check_url="https://innoset.example/p/1/ab12",
)

ROADMAP = RoadmapPaper(
    organisation=("Муниципальное бюджетное общеобразовательное учреждение", "«Средняя школа № 900»"),
    subject="Школа наставников сельского района",
    parts=(
        Part(
            "Этап 1. Подготовительный",
            (
                ("1", "Собрать рабочую группу", "до 01.10.2026", "Ежевик А. П.", "Приказ", "Выполнено"),
                ("2", "Провести семинар", "01.10.2026 – 21.11.2026", "Рощина В. Л.", "", "Идёт, 50 %"),
            ),
        ),
        Part("", (("3", "Собрать сборник", "до 31.05.2027", "Рощина В. Л.", "Сборник", "Впереди"),)),
    ),
    printed_on=AT.date(),
    approval=("УТВЕРЖДЕНО", "Ивняк О. П.", "21 сентября 2026 г."),
    head="Ежевик Анна Петровна",
    head_post="Директор",
)
BARE_PLAN = RoadmapPaper(
    organisation=CENTRE,
    subject="на 2027 год",
    parts=(Part("Поддержка", (("1", "Семинары", "до 20.12.2027", "", "семинар", "4", "—", "—"),)),),
    printed_on=AT.date(),
    is_plan=True,
)
