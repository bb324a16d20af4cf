"""The second act: a school fills its application from a Word file and sends it; others send theirs."""

import io
import re
from urllib.parse import urlsplit

from playwright.sync_api import expect
from pypdf import PdfReader

from innoset.contests.models import Submission
from innoset.documents.pure import official
from innoset.documents.pure.blocks import Paper, Prose
from innoset.exchange.demo import contests as demo
from innoset.exchange.demo.themes import THEMES, passport_of
from innoset.projects.pure.forms import Signature
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_out import write_passport
from innoset.projects.queries import values_of
from tests.browser.story.opening import TITLE
from tests.browser.story.stage import Stage

THEME = THEMES[0].title
AUTHORS = "Берёзкина Ольга Викторовна, директор\nРощина Инна Павловна, педагог"
STRAY = "Просим учесть: школа открыла музей наставничества."
IDEA = "Опытный педагог ведёт молодого через совместные уроки, а не через проверки. " * 5
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
GROUPS = re.compile(r"^(?:[0-9a-f]{4} ){15}[0-9a-f]{4}$")


def passport() -> bytes:
    """Write the official form as a school has filled it: without the idea, and with a line of its own."""
    import docx

    values = passport_of(THEMES[0], AUTHORS, year=2026, form=PASSPORT, seed=0) | {"6": ""}
    signature = Signature(position="Директор", name="Берёзкина О. В.")
    document = docx.Document(io.BytesIO(write_passport(PASSPORT, values, signature=signature)))
    document.add_paragraph(STRAY)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def an_application_is_begun(stage: Stage) -> None:
    stage.enter("applicant")
    stage.sees("Что ждёт вас сейчас")
    stage.follow("Заявки")
    stage.sees("Заявки")
    stage.follow(f"Подать заявку на конкурс «{TITLE}»")
    stage.sees("Новая заявка")
    stage.page.get_by_label("Номинация").select_option("Инновационный проект")
    stage.press("Начать заявку")
    stage.sees("Новая заявка")
    stage.number = stage.page.url.rstrip("/").rpartition("/")[2]
    expect(stage.page.locator(".over")).to_have_text(f"Заявка {stage.shown} · {TITLE}")


def a_word_file_is_read(stage: Stage) -> None:
    """Everything recognised comes ticked; what no field asked for is put where a person says."""
    page = stage.page
    stage.follow("Загрузить из файла")
    stage.sees("Загрузить паспорт из файла")
    page.get_by_label("Файл паспорта").set_input_files(
        {"name": "Паспорт.docx", "mimeType": DOCX, "buffer": passport()}
    )
    stage.press("Прочитать файл")
    stage.sees("Распознано полей: 28 из 31")
    ticks = page.get_by_role("checkbox")
    expect(ticks).to_have_count(28)
    assert all(tick.is_checked() for tick in ticks.all())
    page.get_by_label("3. Научный руководитель", exact=False).uncheck()
    stray = page.locator(".stack-s").filter(has=page.locator("p", has_text=STRAY)).last
    stray.get_by_label("Куда перенести").select_option("14")
    stage.press("Перенести отмеченное")
    stage.sees(THEME, "Перенесено: 27 полей. Проверьте их.")
    values = values_of(stage.application.project.passport)
    assert ("3" in values, values["14"].splitlines()[-1], values["1"]) == (False, STRAY, THEME)


def it_is_refused_while_a_field_is_empty(stage: Stage) -> None:
    stage.follow("Проверить и отправить")
    stage.sees("Проверить и отправить")
    _tick_all(stage)
    stage.press("Отправить заявку")
    stage.sees("Проверить и отправить")
    expect(stage.page.locator(".notice").filter(has_text="Без этого").get_by_role("listitem")).to_have_text(
        ["Заполните поле 6 «Основная идея»."]
    )
    assert not Submission.objects.filter(application=stage.application).exists()


def the_idea_is_typed(stage: Stage) -> None:
    """With scripts the text is saved while it is typed; without them a button saves it."""
    page = stage.page
    page.locator(".notice").filter(has_text="Без этого").get_by_role("link").click()
    stage.sees("Замысел")
    area = page.get_by_label("6. Основная идея", exact=False)
    if stage.has_scripts:
        with page.expect_response("**/answer/") as saved:
            area.fill(IDEA)
            area.blur()
        assert saved.value.status == 200
        expect(page.locator(".saved")).to_have_text(re.compile(r"^Сохранено в \d\d:\d\d:\d\d$"))
    else:
        area.fill(IDEA)
        stage.press("Сохранить и остаться")
        stage.sees("Замысел")
    page.reload()
    expect(page.get_by_label("6. Основная идея", exact=False)).to_have_value(IDEA.strip())
    stage.follow("К списку разделов")


def a_file_is_attached(stage: Stage) -> None:
    page = stage.page
    stage.follow("Файлы")
    stage.sees("Файлы заявки")
    letter = {"name": "Письмо.txt", "mimeType": "text/plain", "buffer": "Просим принять.".encode()}
    page.get_by_label("Файл", exact=True).set_input_files(letter)
    stage.press("Приложить файл")
    stage.sees("Файлы заявки")
    refused = "Файл «Письмо.txt» не подходит. Можно приложить: PDF, DOCX, ODT, XLSX, PPTX, JPEG, PNG."
    if stage.has_scripts:
        # Sent in pieces without leaving the page: the refusal stands at the field.
        expect(page.get_by_role("alert")).to_have_text(refused)
    else:
        stage.sees_refusal(refused)
    paper = Paper("Письмо поддержки", (Prose("Методическая служба поддерживает проект школы."),))
    page.get_by_label("Файл", exact=True).set_input_files(
        {"name": "Письмо.pdf", "mimeType": "application/pdf", "buffer": official.pdf(paper, at=stage.at)}
    )
    page.get_by_label("Что это за файл").fill("Письмо поддержки")
    stage.press("Приложить файл")
    stage.sees("Файлы заявки", "Файл приложен.")
    expect(stage.panel("Приложены").get_by_role("link")).to_have_text(["Письмо поддержки"])
    stage.follow("К списку разделов")


def it_is_sent(stage: Stage) -> None:
    stage.follow("Проверить и отправить")
    _tick_all(stage)
    stage.press("Отправить заявку")
    stage.sees("Заявка отправлена")
    sent = Submission.objects.get(application=stage.application)
    receipt = stage.page.locator(".receipt")
    expect(receipt.locator(".number")).to_have_text(stage.shown)
    expect(receipt.locator(".hash")).to_have_text(GROUPS)
    groups = [sent.sha256[place : place + 4] for place in range(0, 64, 4)]
    expect(receipt.locator(".hash")).to_have_text(" ".join(groups))
    expect(receipt.locator(".hash b")).to_have_text(" ".join(groups[:4]))
    printed = stage.taken(stage.panel("Скачать").get_by_role("link", name="Расписка"))
    text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(printed)).pages)
    assert stage.shown in text


def _tick_all(stage: Stage) -> None:
    for box in stage.page.get_by_role("checkbox").all():
        box.check()


def anybody_can_check_the_receipt(stage: Stage) -> None:
    shown = stage.page.get_by_role("link", name="страница проверки").get_attribute("href") or ""
    address = urlsplit(shown).path
    stage.leave()
    stage.page.goto(address)
    stage.sees("Документ подлинный")
    facts = stage.page.locator(".facts dd")
    expect(facts.nth(0)).to_have_text("Расписка")
    expect(facts).to_have_count(3)
    stage.page.goto(f"{address[:-4]}0000")
    stage.sees("Документ не найден")
    expect(facts).to_have_count(0)


def three_others_send_theirs(stage: Stage) -> None:
    """Other schools do the same, in deeds."""
    for number, school in enumerate(stage.world.schools[:3], 1):
        made = demo.apply(stage.world, stage.contest, school, number, at=stage.at)
        demo.send(made, at=stage.at)
        made.refresh_from_db()
        stage.others.append(made)
