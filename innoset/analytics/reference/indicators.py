"""The dictionary of indicators as it is at the first start; organisers change it later."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

NETWORK, PLACE, ORGANISATION = "network", "municipality", "organisation"
PERCENT: Final = "%"
YEAR_END_2024: Final = date(2024, 12, 31)


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator; `unit` is one word, or three forms of it: one, two, five."""

    code: str
    title: str
    definition: str
    unit: str
    scope: str = NETWORK
    counter: str = ""
    is_share: bool = False
    target: Decimal | None = None
    target_on: date | None = None
    is_public: bool = True

    @property
    def source(self) -> str:
        """What has a counter is counted, all else is entered."""
        return "counted" if self.counter else "entered"


def _counted(code: str, title: str, definition: str, unit: str, **more: object) -> Line:
    return Line(code, title, definition, unit, counter=code, **more)  # type: ignore[arg-type]  # the columns of a line


SITES, PEOPLE = "площадка,площадки,площадок", "человек,человека,человек"
INDICATORS: Final = (
    _counted("sites", "Действующие площадки", "Организации, у которых в последний день периода действует хотя бы один статус. Организация с несколькими статусами считается один раз.", SITES, scope=ORGANISATION),
    _counted("sites-municipal", "Площадки муниципального уровня", "Организации с действующим статусом муниципального уровня. Каждая считается один раз.", SITES, scope=PLACE),
    _counted("sites-regional", "Площадки краевого уровня", "Организации с действующим статусом краевого уровня. Каждая считается один раз.", SITES, scope=PLACE),
    _counted("sites-interregional", "Площадки межрегионального уровня", "Организации с действующим статусом межрегионального уровня. Каждая считается один раз.", SITES, scope=PLACE),
    _counted("sites-federal", "Площадки федерального уровня", "Организации с действующим статусом федерального уровня. Каждая считается один раз.", SITES, scope=PLACE),
    _counted("kip", "Действующие КИП", "Статусы краевой инновационной площадки, которые действуют в последний день периода.", "статус,статуса,статусов", scope=PLACE),
    _counted("agreements", "Соглашения с муниципалитетами сети", "Числитель — муниципалитеты сети с подписанным и действующим соглашением, знаменатель — все муниципалитеты сети.", PERCENT, is_share=True, target=Decimal(100)),
    _counted("municipalities", "Охват муниципалитетов края", "Числитель — муниципалитеты с действующим соглашением, знаменатель — все муниципалитеты края.", PERCENT, is_share=True, target=Decimal(100), target_on=YEAR_END_2024),
    _counted("schools", "Охват школ", "Числитель — школы с действующим статусом, знаменатель — все школы реестра.", PERCENT, scope=PLACE, is_share=True, target=Decimal(100), target_on=YEAR_END_2024),
    _counted("events", "Мероприятия площадок", "Открытые мероприятия, конференции, семинары, вебинары, мастер-классы, фестивали и стажировки за период.", "мероприятие,мероприятия,мероприятий", scope=ORGANISATION),
    _counted("participants", "Участники мероприятий", "Сумма участников по записям о мероприятиях. Записи без числа участников в сумму не входят, их показывают отдельно.", PEOPLE, scope=ORGANISATION),
    _counted("internships", "Стажировки", "Записи о стажировках за период.", "стажировка,стажировки,стажировок", scope=ORGANISATION),
    _counted("publications", "Публикации", "Записи о публикациях за период.", "публикация,публикации,публикаций", scope=ORGANISATION),
    _counted("products", "Инновационные продукты", "Записи об инновационных продуктах за период.", "продукт,продукта,продуктов", scope=ORGANISATION),
    _counted("reports-in-time", "Отчёты, сданные в срок", "Числитель — годовые отчёты, отправленные не позже срока, знаменатель — все отчёты, срок которых пришёлся на период.", PERCENT, scope=PLACE, is_share=True, target=Decimal(100), is_public=False),
    _counted("grants", "Гранты", "Сумма грантов за все годы по выбранный. Гранты без суммы в неё не входят, их показывают отдельно.", "₽", scope=ORGANISATION),
    _counted("grant-winners", "Организации с грантами", "Организации, у которых есть грант за любой год по выбранный. Каждая считается один раз.", "организация,организации,организаций", scope=PLACE),
    Line("site-users", "Новые пользователи сайта", "Сколько людей за период пришло на портал впервые, по счётчику посещений.", "пользователь,пользователя,пользователей"),
    Line("site-visits", "Визиты на сайт", "Сколько визитов на портал было за период, по счётчику посещений.", "визит,визита,визитов"),
    Line("site-views", "Просмотры страниц", "Сколько страниц портала просмотрели за период, по счётчику посещений.", "просмотр,просмотра,просмотров"),
    Line("festival-participants", "Участники фестиваля", "Сколько человек участвовало в фестивале за период.", PEOPLE),
    Line("festival-applications", "Заявки на фестиваль", "Сколько заявок подано на фестиваль за период. В одной заявке бывает несколько участников.", "заявка,заявки,заявок"),
    Line("festival-all", "Участники фестиваля за всё время", "Сколько человек участвовало во всех фестивалях до конца периода.", PEOPLE),
    Line("innovative-share", "Доля инновационных организаций", "Доля организаций муниципалитета, которые ведут инновационную работу.", PERCENT, scope=PLACE, is_share=True),
    Line("sites-growth", "Прирост новых площадок", "Во сколько раз новых площадок стало больше, чем до появления сетевых площадок.", "раз,раза,раз"),
    Line("schools-searching", "Школы в поиске новых средств", "Доля школ муниципалитета, которые ищут новые средства обучения.", PERCENT, scope=PLACE, is_share=True, target=Decimal(100), target_on=YEAR_END_2024),
    Line("centres-in-krai", "Межрегиональные ресурсные центры в крае", "Сколько межрегиональных ресурсных центров работает в крае.", "центр,центра,центров"),
    Line("centres-outside", "Межрегиональные ресурсные центры за пределами края", "Сколько межрегиональных ресурсных центров работает в других регионах.", "центр,центра,центров"),
    Line("mlsv-contest", "Конкурс МЛСВ: победители", "Числитель — победители, знаменатель — участники конкурса муниципальных лидеров сетевого взаимодействия.", PERCENT, is_share=True),
    Line("mlsv-kindergartens", "Конкурс МЛСВ: детские сады", "Числитель — детские сады-победители, знаменатель — детские сады-участники.", PERCENT, is_share=True),
    Line("mlsv-schools", "Конкурс МЛСВ: школы", "Числитель — школы-победители, знаменатель — школы-участники.", PERCENT, is_share=True),
    Line("mip-contest", "Конкурс МИП: победители", "Числитель — победители, знаменатель — участники конкурса муниципальных инновационных площадок.", PERCENT, is_share=True),
    Line("mip-kindergartens", "Конкурс МИП: детские сады", "Числитель — детские сады-победители, знаменатель — детские сады-участники.", PERCENT, is_share=True),
    Line("mip-schools", "Конкурс МИП: школы", "Числитель — школы-победители, знаменатель — школы-участники.", PERCENT, is_share=True),
)  # fmt: skip
