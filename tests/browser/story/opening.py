"""The first act: an organiser makes a contest from its template, and the public sees it."""

import re

from playwright.sync_api import expect

from tests.browser.story.stage import Stage

TITLE = "Муниципальный конкурс инновационных проектов"
STAGES = {
    "Приём заявок": ((-1, "09:00"), (7, "17:00")),
    "Техническая экспертиза": ((-1, "09:00"), (8, "18:00")),
    "Заочная экспертиза": ((9, "09:00"), (14, "18:00")),
    "Открытая защита": ((15, "09:00"), (16, "18:00")),
    "Заседание совета": ((17, "10:00"), (17, "18:00")),
    "Приказ и итоги": ((18, "09:00"), (40, "18:00")),
}


def a_contest_is_made(stage: Stage) -> None:
    stage.enter("organiser")
    stage.sees("Сегодня нужно")
    stage.follow("Новый конкурс")
    stage.sees("Новый конкурс")
    stage.page.get_by_label(TITLE).check()
    stage.press("Создать черновик")
    stage.sees(TITLE, "Черновик готов. Проверьте его части и опубликуйте.")
    stage.sees_state("Черновик")
    stage.code = stage.page.url.rstrip("/").rpartition("/")[2]


def its_calendar_is_set(stage: Stage) -> None:
    """The expertise may not begin before the reception ends: the page says so and keeps what was typed."""
    stage.follow("Сроки")
    stage.sees("Сроки")
    for title, ((first, opens), (last, closes)) in STAGES.items():
        stage.moment(f"{title}: начало", stage.day(first), opens)
        stage.moment(f"{title}: конец", stage.day(last), closes)
    stage.moment("Приём заявок: конец", stage.day(-2), "17:00")
    stage.press("Сохранить")
    stage.sees("Сроки")
    expect(stage.page.get_by_role("alert").get_by_role("listitem")).to_have_text(
        re.compile("^Этап «Приём заявок» кончается раньше, чем начинается. Поставьте конец позже ")
    )
    ends = stage.page.get_by_role("group", name="Приём заявок: конец").get_by_label("День")
    expect(ends).to_have_value(stage.day(-2))
    ends.fill(stage.day(7))
    stage.press("Сохранить")
    stage.sees(TITLE, "Сроки сохранены.")


def it_is_looked_at_and_published(stage: Stage) -> None:
    stage.follow("Как увидит участник")
    stage.sees("Паспорт инновационного проекта (программы)")
    expect(stage.page.get_by_label("1. Наименование инновационного проекта", exact=False)).to_be_visible()
    stage.follow(TITLE)
    stage.follow("Как увидит эксперт")
    stage.sees("Лист оценки")
    expect(stage.page.locator("fieldset").filter(has=stage.page.get_by_role("radio"))).to_have_count(8)
    stage.follow(TITLE)
    stage.follow("Проверить и опубликовать")
    stage.sees("Публикация конкурса")
    stage.press("Опубликовать конкурс")
    stage.sees(TITLE, "Конкурс опубликован. Его страница открыта для всех.")
    stage.sees_state("Приём заявок")


def the_public_sees_it(stage: Stage) -> None:
    stage.leave()
    stage.follow("Конкурсы")
    stage.sees("Конкурсы")
    stage.follow(TITLE)
    stage.sees(TITLE)
    stage.sees_state("Приём заявок")
    steps = stage.page.get_by_role("list", name="Этапы конкурса").get_by_role("listitem")
    expect(steps).to_have_count(len(STAGES))
    expect(stage.page.get_by_role("heading", name="Критерии: до 100 баллов")).to_be_visible()
