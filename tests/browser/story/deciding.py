"""The last acts: the open defence, the council, the order signed by two, and what the public sees then."""

import io
import re
from urllib.parse import urlsplit

from django.urls import reverse
from playwright.sync_api import expect
from pypdf import PdfReader

from innoset.contests.models import Award
from innoset.review import actions as review
from innoset.review.models import PanelSeat
from tests.browser.story.applying import THEME
from tests.browser.story.judging import REMARK, fill
from tests.browser.story.opening import TITLE
from tests.browser.story.stage import Stage

REASON = "Проект повторяет площадку, которая уже работает в этой организации."
ORDER = "1874"

# ── The defence ─────────────────────────────────────────────────────────────


def the_best_go_to_the_defence(stage: Stage) -> None:
    """Whoever reached the threshold comes ticked."""
    stage.go("office:expertise", stage.code)
    stage.follow("Выбрать допущенных к защите")
    stage.sees("Допуск к открытой защите")
    ticks = stage.page.get_by_role("checkbox")
    expect(ticks).to_have_count(4)
    assert [tick.is_checked() for tick in ticks.all()] == [True, True, True, False]
    stage.press("Допустить отмеченные")
    stage.sees("Открытая защита", "Допуск к защите объявлен. Участникам отправлены письма.")
    stage.others[2].refresh_from_db()
    assert stage.others[2].state == "declined"


def it_is_scheduled_and_its_panel_invited(stage: Stage) -> None:
    page = stage.page
    stage.moment("Начало", stage.day(1), "10:00")
    page.get_by_label("Место").fill("Зал 2")
    stage.press("Составить расписание")
    stage.sees("Открытая защита", "Расписание составлено. Участники узнают о нём, когда вы его разошлёте.")
    slots = page.get_by_role("table").locator("tbody tr")
    expect(slots).to_have_count(3)
    for slot, clock in zip(slots.all(), ("10:00", "10:15", "10:30"), strict=True):
        expect(slot.locator("[data-label='Время']")).to_contain_text(f"{clock} МСК")
        expect(slot.locator("[data-label='Где']")).to_have_text("Зал 2")
    stage.press("Отправить письма")
    stage.sees("Открытая защита", "Расписание отправлено: 3 команды.")
    stage.tab("Комиссия")
    page.get_by_role("link", name="Пригласить экспертов").click()
    expect(page.get_by_role("checkbox", checked=True)).to_have_count(4)
    stage.press("Отправить приглашения")
    stage.sees("Открытая защита", "Отправлено: 4 приглашения.")
    page.get_by_role("link", name="Пригласить наблюдателей").click()
    page.get_by_label(stage.world.people["observer"].full_name).check()
    stage.press("Отправить приглашения")
    stage.sees("Открытая защита", "Отправлено: 1 приглашение.")
    for seat in PanelSeat.objects.filter(round=stage.defence, role=PanelSeat.Part.EXPERT):
        review.answer_invitation(seat, accept=True, reason="", by=seat.person, at=stage.at)


def its_round_opens(stage: Stage) -> None:
    stage.tab("Назначения")
    stage.press("Предложить распределение")
    expect(stage.page.locator(".stat").first).to_have_text("11будет назначено")
    stage.press("Назначить так")
    stage.sees("Открытая защита", "Сделано: 11 назначений.")
    stage.tab("Ход тура")
    stage.press("Открыть тур для экспертов")
    stage.sees("Открытая защита", "Тур открыт. Экспертам отправлены письма с их делами.")


def an_observer_only_reads(stage: Stage) -> None:
    stage.enter("observer")
    stage.press(f"Могу участвовать: Открытая защита. {TITLE}")
    stage.sees("Мои дела", "Спасибо! Вы в комиссии. Дела появятся здесь, когда их назначат.")
    stage.follow("Наблюдение")
    stage.sees("Наблюдение")
    links = stage.page.locator(".panel").get_by_role("link")
    expect(links).to_have_count(3)
    links.first.click()
    expect(stage.page.locator(".over")).to_contain_text("Только чтение")
    expect(stage.page.get_by_role("heading", level=2).first).to_be_visible()
    for role in ("radio", "textbox"):
        expect(stage.page.get_by_role("main").get_by_role(role)).to_have_count(0)
    answer = stage.page.goto(f"/desk/dossiers/defence/{stage.cipher}/")
    assert answer is not None
    assert answer.status == 404


def an_expert_judges_the_defence(stage: Stage) -> None:
    stage.enter("expert")
    stage.follow("Защита")
    stage.sees("Открытая защита")
    stage.row(stage.cipher).get_by_role("link").click()
    stage.press("Конфликта нет")
    stage.sees(stage.cipher)
    stage.page.get_by_role("radio").nth(5).check()
    stage.press(stage.finishes)
    stage.sees("Проверьте и завершите лист", "Сохранено.")
    stage.press("Завершить лист")
    expect(stage.page.locator(".messages")).to_have_text(f"Лист по делу {stage.cipher} завершён.")
    codes = [one.dossier.code for one in stage.others[:2] if one.dossier]
    fill(stage, stage.defence, {stage.cipher: 5, codes[0]: 4, codes[1]: 4})


def the_ranking_goes_to_the_council(stage: Stage) -> None:
    stage.enter("organiser")
    stage.go("office:schedule", stage.code)
    stage.press(f"Состоялась защита {stage.cipher}")
    expect(stage.row(stage.cipher).locator(".state")).to_have_text("Состоялась")
    stage.go("office:expertise", stage.code)
    stage.follow("Передать совету")
    stage.press("Передать совету")
    stage.sees(TITLE, "Рейтинг передан совету.")
    stage.sees_state("Решение совета")


# ── The council ─────────────────────────────────────────────────────────────


def the_council_is_summoned(stage: Stage) -> None:
    page = stage.page
    stage.follow("Совет")
    stage.sees("Назначить заседание совета")
    page.get_by_label("Совет").select_option(label="Координационный совет")
    page.get_by_label("Номер протокола").fill("7")
    stage.moment("Время заседания", stage.day(0), "14:00")
    page.get_by_label("Место").fill("Краснодар")
    stage.press("Назначить заседание")
    stage.sees("Решение совета", "Заседание назначено.")
    stage.sees_state("Назначено")


def the_council_opens(stage: Stage) -> None:
    """Four of seven are a quorum, nobody is not."""
    stage.enter("secretary")
    stage.go("office:council_room", stage.code)
    stage.sees("Решение совета")
    stage.press("Открыть заседание")
    stage.sees(
        "Решение совета",
        "Кворума нет: присутствует 0, нужно не менее 4. Отметьте присутствующих или перенесите заседание.",
    )
    for box in stage.panel("Кто присутствует").get_by_role("checkbox").all()[:5]:
        box.check()
    stage.press("Сохранить состав")
    stage.sees("Решение совета", "Состав присутствующих сохранён.")
    expect(stage.panel("Кто присутствует").locator("p").first).to_have_text(
        "Присутствует 5 из 7, кворум — 4. Кворум есть"
    )
    stage.press("Открыть заседание")
    stage.sees("Решение совета", "Заседание открыто. Можно принимать решения.")
    stage.sees_state("Идёт")
    totals = stage.page.locator("tbody tr:not(.cut) [data-label='Сырой балл'] strong")
    expect(totals).to_have_text(["97,00", "80,00", "61,00"])


def it_departs_once_and_decides_the_rest_by_rules(stage: Stage) -> None:
    page, second = stage.page, stage.others[0]
    stage.follow(second.shown_number)
    stage.sees(second.project.title)
    page.get_by_label("Не присваивать").check()
    for label, votes in (("За", "1"), ("Против", "4"), ("Воздержались", "0")):
        page.get_by_label(label, exact=True).fill(votes)
    stage.press("Записать решение")
    stage.sees(second.project.title)
    stage.sees_refusal("Решение отступает от рейтинга. Напишите причину: она войдёт в протокол.")
    expect(page.get_by_label("Против", exact=True)).to_have_value("4")
    page.get_by_label("Причина", exact=False).first.fill(REASON)
    stage.press("Записать решение")
    stage.sees("Решение совета", f"Решение по заявке {second.shown_number} записано.")
    stage.press("Решить остальные по рейтингу")
    stage.sees("Решение совета", "Решения по рейтингу записаны. Проверьте их в таблице.")
    decisions = page.locator("tbody tr:not(.cut) [data-label='Решение'] strong")
    expect(decisions).to_have_text(["Присвоить статус", "Не присваивать", "Присвоить статус"])
    expect(stage.row(second.shown_number)).to_contain_text(f"отступление {REASON}")


def the_minutes_are_made(stage: Stage) -> None:
    stage.press("Закрыть заседание и составить протокол")
    stage.sees("Решение совета", "Заседание закрыто, протокол составлен.")
    printed = stage.taken(stage.page.get_by_role("link", name="Протокол, PDF"))
    written = stage.taken(stage.page.get_by_role("link", name="Протокол, DOCX"))
    assert (printed[:5], written[:2]) == (b"%PDF-", b"PK")
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages).split())
    assert REASON in text


# ── The order ───────────────────────────────────────────────────────────────


def the_order_is_entered_by_one(stage: Stage) -> None:
    """Whoever has entered the number and the date is not offered to confirm them."""
    stage.enter("organiser")
    stage.go("office:order", stage.code)
    stage.sees("Приказ об итогах")
    stage.press("Составить проект приказа")
    stage.sees("Приказ об итогах", "Проект приказа составлен.")
    draft = stage.taken(stage.page.get_by_role("link", name="DOCX", exact=True))
    assert draft[:2] == b"PK"
    stage.page.get_by_label("Номер приказа").fill(ORDER)
    stage.page.get_by_label("Дата приказа").fill(stage.day(0))
    stage.press("Внести реквизиты")
    said = "Реквизиты внесены. Теперь их должен подтвердить другой человек."
    stage.sees("Приказ об итогах", said)
    expect(stage.page.get_by_role("button", name=re.compile("^Подтвердить приказ"))).to_have_count(0)
    expect(stage.panel("Подтверждение")).to_contain_text(
        "Подтвердить приказ должен другой человек — утверждающий приказы."
    )
    url = reverse("office:order_confirm", args=[stage.code])
    assert (stage.sends(url), Award.objects.count()) == (403, 0)


def another_confirms_it(stage: Stage) -> None:
    stage.enter("approver")
    stage.sees("Сегодня нужно")
    stage.page.get_by_role("link", name="Приказ ждёт вашего подтверждения").click()
    stage.sees("Приказ об итогах")
    stage.page.get_by_role("button", name=re.compile("^Подтвердить приказ")).click()
    said = "Приказ подтверждён. Статусы присвоены, дипломы и письма отправлены."
    stage.sees("Приказ об итогах", said)
    rows = stage.page.get_by_role("table").locator("tbody tr")
    expect(rows.locator("[data-label='Организация']")).to_have_text(
        [stage.application.organisation.short_name, stage.others[1].organisation.short_name]
    )


# ── What the public sees ────────────────────────────────────────────────────


def the_register_tells_of_the_status(stage: Stage) -> None:
    page, owner = stage.page, stage.application.organisation
    stage.leave()
    stage.follow("Реестр статусов", within=page.get_by_role("navigation", name="Разделы"))
    stage.sees("Реестр статусов")
    rows = page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(2)
    row = rows.filter(has_text=owner.short_name)
    expect(row).to_contain_text(THEME)
    expect(row.locator("[data-label='Статус']")).to_have_text("МИП")
    expect(row.locator("[data-label='Приказ']")).to_contain_text(f"№ {ORDER}")
    expect(row.locator("[data-label='Состояние']")).to_have_text("Действует")
    stage.go("public:contest", stage.code)
    stage.sees_state("Завершён")
    winners = page.get_by_role("table").locator("tbody tr [data-label='Тема']")
    expect(winners).to_have_text([THEME, stage.others[1].project.title])


def the_diploma_is_genuine(stage: Stage) -> None:
    """The winner takes the diploma; anybody checks it at the address in its code."""
    stage.enter("applicant")
    stage.go("cabinet:application", stage.number)
    stage.sees(THEME)
    expect(stage.page.get_by_role("main").locator(".state").first).to_have_text("Статус присвоен")
    expect(stage.panel("Замечания экспертов")).to_contain_text(REMARK)
    diploma = Award.objects.get(application=stage.application).diploma
    printed = stage.taken(stage.panel("Документы").get_by_role("link", name=re.compile("^Диплом")))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
    assert diploma.number in text
    found = re.search(r"https?://\S+/p/\S+", text)
    address = urlsplit(found[0]).path if found else f"/p/{diploma.number}/{diploma.mark}"
    stage.leave()
    stage.page.goto(address)
    stage.sees("Документ подлинный")
    facts = stage.page.locator(".facts dd")
    expect(facts.nth(0)).to_have_text("Диплом")
    expect(facts.nth(1)).to_have_text(diploma.number)
    expect(facts.nth(4)).to_have_text(THEME)
