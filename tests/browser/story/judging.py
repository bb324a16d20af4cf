"""The third act: the technical check, the panel, the sheets, the ranking."""

from playwright.sync_api import expect

from innoset.contests.states import CheckOutcome
from innoset.exchange.demo import contests as demo
from innoset.review import actions as review
from innoset.review.models import Assignment, PanelSeat, Round, ScoreSheet
from innoset.review.pure.scoring import Mark
from tests.browser.story.applying import THEME
from tests.browser.story.opening import TITLE
from tests.browser.story.stage import Stage
from tests.review.scene import planned

REMARK = "Мысль ясна, но не хватает показателя."
CONCLUSION = "Работа продумана, её можно продолжать."
MARKS = (4, 3, 1)
"""What every expert gives the three other works at the remote tour."""


# ── The technical check ─────────────────────────────────────────────────────


def an_application_is_checked(stage: Stage) -> None:
    """One through the page, the rest in deeds."""
    stage.enter("organiser")
    stage.follow("Конкурсы")
    stage.follow(TITLE)
    stage.follow("Техническая экспертиза")
    stage.sees("Техническая экспертиза")
    expect(stage.page.get_by_role("heading", level=2)).to_have_text(["Ждут проверки: 4"])
    stage.follow(stage.shown)
    stage.sees(THEME)
    expect(stage.panel("Файлы").get_by_role("link")).to_have_text(["Письмо.pdf"])
    ticks = stage.panel("Требования").get_by_role("checkbox")
    expect(ticks).to_have_count(7)
    assert all(tick.is_checked() for tick in ticks.all())
    ticks.first.uncheck()
    stage.page.get_by_label("Соответствует требованиям").check()
    stage.press("Отправить письмо и проверить следующую")
    stage.sees(THEME)
    stage.sees_refusal("Не выполнено требований: 1. Выберите другой исход или поставьте отметки.")
    ticks.first.check()
    stage.press("Отправить письмо и проверить следующую")
    said = f"{stage.shown}: соответствует требованиям. Письмо отправлено."
    stage.sees(stage.others[0].project.title, said)
    for other in stage.others:
        demo.check(stage.world, other, CheckOutcome.CONFORMS, at=stage.at)


def the_expertise_begins(stage: Stage) -> None:
    """Before the end of the reception it needs a reason."""
    stage.go("office:contest", stage.code)
    stage.follow("Экспертиза")
    stage.sees("Экспертиза")
    expect(stage.page.locator(".stat")).to_have_text(
        ["4допущено", "0не проверено", "0исправляют", "0черновики"]
    )
    stage.press("Передать экспертам")
    stage.sees("Экспертиза")
    expect(stage.page.get_by_role("alert").get_by_role("listitem")).to_contain_text(["Укажите причину"])
    stage.page.get_by_label("Причина").fill("Все участники уже подали заявки.")
    stage.press("Передать экспертам")
    stage.sees("Заочная экспертиза", "Заявки переданы экспертам. Теперь соберите комиссию.")


# ── The panel ───────────────────────────────────────────────────────────────


def experts_are_invited(stage: Stage) -> None:
    stage.page.get_by_role("link", name="Пригласить экспертов").click()
    for expert in stage.world.experts[:3]:
        stage.page.get_by_label(expert.full_name).check()
    stage.press("Отправить приглашения")
    stage.sees("Заочная экспертиза", "Отправлено: 3 приглашения.")
    expect(stage.page.get_by_role("table").first.locator("tbody .state")).to_have_text(["Ждём ответа"] * 3)
    stage.enter("expert")
    stage.sees("Мои дела")
    stage.press(f"Могу участвовать: Заочная экспертиза. {TITLE}")
    stage.sees("Мои дела", "Спасибо! Вы в комиссии. Дела появятся здесь, когда их назначат.")
    for seat in PanelSeat.objects.filter(person__in=stage.world.experts[1:3]):
        review.answer_invitation(seat, accept=True, reason="", by=seat.person, at=stage.at)


def the_plan_is_applied_and_the_round_opens(stage: Stage) -> None:
    stage.enter("organiser")
    stage.go("office:expertise", stage.code)
    stage.follow("Открыть тур")
    stage.sees_state("Готовится")
    stage.tab("Назначения")
    stage.press("Предложить распределение")
    stage.sees("Предложение о распределении")
    expect(stage.page.locator(".stat")).to_have_text(["12будет назначено", "0не хватает"])
    stage.press("Назначить так")
    stage.sees("Заочная экспертиза", "Сделано: 12 назначений.")
    expect(stage.page.get_by_role("checkbox", checked=True)).to_have_count(12)
    stage.tab("Ход тура")
    stage.press("Открыть тур для экспертов")
    stage.sees("Заочная экспертиза", "Тур открыт. Экспертам отправлены письма с их делами.")
    stage.sees_state("Идёт")


# ── The sheets ──────────────────────────────────────────────────────────────


def an_expert_declares_a_conflict(stage: Stage) -> None:
    """The place goes to another expert, who is asked in deeds."""
    stage.enter_quietly(stage.world.experts[1])
    stage.go("desk:home")
    stage.follow(stage.cipher)
    stage.sees("Есть ли у вас конфликт интересов?")
    stage.page.get_by_label("Участвовал в проекте").check()
    stage.press("Есть конфликт интересов")
    stage.sees("Мои дела", "Самоотвод принят. Дело передадут другому эксперту.")
    expect(stage.page.get_by_role("link", name=stage.cipher)).to_have_count(0)
    organiser, tour = stage.world.people["organiser"], stage.remote
    seat = review.invite_expert(
        tour, person=stage.world.experts[3], part=PanelSeat.Part.EXPERT, by=organiser, at=stage.at
    )
    review.answer_invitation(seat, accept=True, reason="", by=seat.person, at=stage.at)
    assert len(planned(tour, by=organiser, at=stage.at).fresh) == 1


def an_expert_scores(stage: Stage) -> None:
    """By keys where there are scripts, by radios where there are none; a low mark wants a word."""
    stage.enter("expert")
    stage.follow(stage.cipher)
    stage.sees("Есть ли у вас конфликт интересов?")
    stage.press("Конфликта нет")
    stage.sees(stage.cipher)
    _put(stage, [2, 5, 5, 5, 5, 5, 5])
    stage.press(stage.finishes)
    stage.sees("Проверьте и завершите лист", "Сохранено.")
    gaps = stage.page.locator(".notice").get_by_role("listitem")
    expect(gaps).to_have_text(["К1: нужен комментарий Актуальность и значимость для края и муниципалитета"])
    expect(stage.page.locator("button", has_text="Завершить лист")).to_have_count(0)
    stage.follow("Вернуться к листу")
    expect(stage.page.locator("[data-total]")).to_have_text("86")
    stage.page.locator("#id_k1").get_by_label("Почему такой балл").fill(REMARK)
    stage.page.get_by_label("Общий вывод").fill(CONCLUSION)
    stage.press(stage.finishes)
    stage.sees("Проверьте и завершите лист", "Сохранено.")
    expect(stage.page.locator("tfoot strong")).to_have_text("86 из 95")
    stage.press("Завершить лист")
    expect(stage.page.locator(".messages")).to_have_text(f"Лист по делу {stage.cipher} завершён.")
    sheet = ScoreSheet.objects.get(
        assignment__dossier__code=stage.cipher, assignment__expert=stage.world.experts[0]
    )
    assert (sheet.state, sheet.total, sheet.comment) == ("finished", 86, CONCLUSION)


def _put(stage: Stage, values: list[int]) -> None:
    page = stage.page
    if not stage.has_scripts:
        for number, value in enumerate(values, 1):
            page.locator(f"#id_k{number}").get_by_role("radio").nth(value).check()
        return
    for number, value in enumerate(values, 1):
        with page.expect_response("**/mark/") as saved:
            page.keyboard.press(str(value))
        assert saved.value.status == 200, number
        # A digit leads on by itself: to the next criterion, or to the comment that a low mark needs.
        if value <= 2:
            page.keyboard.press("Escape")
            page.keyboard.press("ArrowDown")
    expect(page.locator("[data-total]")).to_have_text("86")


def the_other_sheets_are_filled(stage: Stage) -> None:
    marks = dict(zip((one.dossier.code for one in _fresh(stage)), MARKS, strict=True))
    fill(stage, stage.remote, {stage.cipher: 5, **marks})


def _fresh(stage: Stage) -> list:
    for one in stage.others:
        one.refresh_from_db()
    return stage.others


def fill(stage: Stage, tour: Round, marks: dict[str, int]) -> None:
    """Finish every sheet of a round that is not finished yet, each work by its mark."""
    left = Assignment.objects.filter(round=tour, state__in=["assigned", "cleared"])
    for assignment in left.exclude(sheet__state="finished").select_related("dossier", "expert"):
        value, by = marks[assignment.dossier.code], assignment.expert
        if assignment.state == "assigned":
            review.declare(assignment, by=by, at=stage.at)
        sheet = ScoreSheet.objects.get(assignment=assignment)
        mark = Mark(value, REMARK if value <= 2 else "")
        criteria = tour.rubric.criteria.all()
        review.save_sheet(sheet, marks=dict.fromkeys((one.pk for one in criteria), mark), by=by, at=stage.at)
        review.finish_sheet(sheet, comment=CONCLUSION, by=by, at=stage.at)


def the_ranking_is_seen(stage: Stage) -> None:
    stage.enter("organiser")
    stage.go("office:expertise", stage.code)
    stage.follow("Открыть тур")
    stage.tab("Рейтинг")
    stage.sees("Заочная экспертиза")
    rows = stage.page.get_by_role("table").locator("tbody tr")
    expect(rows).to_have_count(4)
    for row, place, mean, spread in zip(
        rows.all(),
        ("1", "2", "3", "4"),
        ("92,00", "76,00", "57,00", "19,00"),
        ("9,00", *["0,00"] * 3),
        strict=True,
    ):
        expect(row.locator("td").nth(0)).to_have_text(place)
        expect(row.locator("[data-label='Итог']")).to_have_text(mean)
        expect(row.locator("[data-label='Разброс']")).to_have_text(spread)
        expect(row.locator("[data-label='Листов']")).to_have_text("3 из 3")
    expect(rows.first.locator("[data-label='Чья заявка']")).to_contain_text(stage.shown)
    table = stage.taken(stage.page.get_by_role("link", name="Скачать таблицу CSV")).decode("utf-8-sig")
    assert len(table.splitlines()) == 5
