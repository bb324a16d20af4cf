"""Files of an application on the wire: in pieces, after cuts, and without scripts."""

import hashlib
import io
import json
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.foundation.files.actions import uploads
from innoset.foundation.files.models import StoredFile, Upload
from innoset.foundation.files.states import Scan
from innoset.foundation.files.storage import path_of, read
from tests import world
from tests.web.cabinet.pages import address, browser, close, open_contest, soup, words

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n" + bytes(range(256)) * 4
WORDS = {"name": "Письмо № 5 & #.pdf", "size": str(len(PDF)), "title": "Письмо"}


@pytest.fixture
def draft() -> Application:
    return world.application(open_contest(), number="2026-0147")


@pytest.fixture
def client(draft: Application) -> Client:
    return browser(draft)


def begun(client: Client, draft: Application, **given: str) -> dict[str, Any]:
    answer = client.post(address("upload_start", draft), {**WORDS, **given}, headers={"X-Autosave": "1"})
    assert answer.status_code == 200
    return dict(answer.json())


def put(client: Client, url: str, offset: object, data: bytes) -> tuple[int, dict[str, Any]]:
    sent = {"Upload-Offset": str(offset), "X-Autosave": "1"}
    answer = client.post(url, data, content_type="application/octet-stream", headers=sent)
    return answer.status_code, json.loads(answer.content)


def test_file_comes_in_pieces_and_lies_on_the_page(client: Client, draft: Application) -> None:
    place = begun(client, draft)
    token = Upload.objects.get().token
    url = f"/cabinet/applications/2026-0147/uploads/{token}/"
    assert place == {
        "token": token, "received": 0, "sha256": "", "chunk": 262144, "url": url, "drop": f"{url}drop/",
    }  # fmt: skip
    assert put(client, url, 0, PDF[:700]) == (200, {"received": 700})
    done = {"received": len(PDF), "done": True, "page": address("attachments", draft)}
    assert put(client, url, 700, PDF[700:]) == (200, done)
    page = client.get(done["page"])
    assert "Файл приложен." in soup(page).get_text()
    assert "Письмо" in words(page)
    assert client.get(address("attachment", draft, 1)).content == PDF


def test_lost_answer_costs_nothing(client: Client, draft: Application) -> None:
    url = begun(client, draft)["url"]
    put(client, url, 0, PDF[:700])
    status, said = put(client, url, 0, PDF[:700])
    assert (status, said["received"]) == (409, 700)
    assert json.loads(client.get(url).content) == {"received": 700}
    assert client.head(url).status_code == 200
    first = put(client, url, 700, PDF[700:])
    again = put(client, url, 700, PDF[700:])
    assert (
        first == again == (200, {"received": len(PDF), "done": True, "page": address("attachments", draft)})
    )
    assert len(queries.files_of(draft)) == 1


def test_file_is_found_again_after_the_page_is_closed(client: Client, draft: Application) -> None:
    url = begun(client, draft)["url"]
    put(client, url, 0, PDF[:700])
    page = client.get(address("attachments", draft))
    assert "Недогруженные файлы" in words(page)
    assert "загружено 1 КБ из 1 КБ" in words(page).replace("\xa0", " ")
    again = begun(browser(draft), draft)
    assert (again["url"], again["received"]) == (url, 700)
    assert again["sha256"] == hashlib.sha256(PDF[:700]).hexdigest()


@pytest.mark.parametrize("headers", [{}, {"X-Autosave": "1"}], ids=["a button", "a script"])
def test_unfinished_file_can_be_given_up(client: Client, draft: Application, headers: Any) -> None:
    place = begun(client, draft)
    answer = client.post(place["drop"], headers=headers)
    assert (answer.status_code, Upload.objects.count()) == (200 if headers else 302, 0)
    assert put_status(client, place["url"]) == 404


def put_status(client: Client, url: str) -> int:
    return client.post(url, b"0", content_type="application/octet-stream").status_code


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"size": "0"}, "Файл «Письмо № 5 & #.pdf» пустой. Выберите другой файл."),
        ({"size": ""}, "Файл «Письмо № 5 & #.pdf» пустой. Выберите другой файл."),
        ({"size": "9" * 40}, "Файл «Письмо № 5 & #.pdf» пустой. Выберите другой файл."),
        (
            {"size": str(20 * 2**20 + 1)},
            "Файл «Письмо № 5 & #.pdf» больше 20 МБ. Уменьшите его или дайте ссылку в паспорте.",
        ),
    ],
)
def test_refusal_comes_before_the_bytes(client: Client, draft: Application, given: Any, said: str) -> None:
    answer = client.post(address("upload_start", draft), {**WORDS, **given})
    assert (answer.status_code, answer.json()) == (422, {"error": said})


def test_file_that_will_not_do_is_refused_at_its_end(client: Client, draft: Application) -> None:
    url = begun(client, draft, size="4")["url"]
    status, said = put(client, url, 0, b"MZ\x90\0")
    assert (status, list(said)) == (422, ["error"])
    assert "не подходит" in said["error"]
    assert put_status(client, url) == 404


@pytest.mark.parametrize("offset", ["", "x", "-1", "9" * 30])
def test_strange_offset_is_told_the_true_one(client: Client, draft: Application, offset: str) -> None:
    status, said = put(client, begun(client, draft)["url"], offset, b"0")
    assert (status, said["received"]) == (409, 0)


def test_too_large_a_piece_is_refused(client: Client, draft: Application) -> None:
    url = begun(client, draft, size=str(2**20))["url"]
    assert put(client, url, 0, b"0" * (uploads.MOST_CHUNK + 1))[0] == 422
    assert put(client, url, 0, b"0" * uploads.MOST_CHUNK) == (200, {"received": uploads.MOST_CHUNK})


def test_full_disk_says_so_and_the_piece_may_come_again(
    client: Client, draft: Application, settings: Any, tmp_path: Any
) -> None:
    settings.FILES_ROOT = tmp_path
    url = begun(client, draft)["url"]
    blocked = path_of(hashlib.sha256(PDF).hexdigest()).parents[1]
    blocked.write_text("a file where a folder should be")
    said = "Файл не сохранён: на сервере кончилось место. Повторите позже."
    assert put(client, url, 0, PDF) == (507, {"error": said})
    blocked.unlink()
    assert put(client, url, len(PDF), b"")[0] == 200


def test_strangers_and_colleagues_find_nothing(client: Client, draft: Application) -> None:
    url = begun(client, draft)["url"]
    colleague = world.signed_in(world.member(draft.organisation))
    stranger = world.signed_in(world.person())
    assert [put_status(one, url) for one in (colleague, stranger)] == [404, 404]
    assert stranger.post(address("upload_start", draft), WORDS).status_code == 404
    sent = {"Upload-Offset": "0", "X-Autosave": "1"}
    gone = Client().post(url, b"0", content_type="application/octet-stream", headers=sent)
    assert (gone.status_code, list(gone.json())) == (401, ["error", "login"])


def test_piece_without_the_token_of_the_form_is_refused(draft: Application) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.created_by)
    sent = {"Upload-Offset": "0", "X-Autosave": "1"}
    url = address("upload_start", draft)
    assert client.post(url, WORDS, headers=sent).status_code == 403
    assert not Upload.objects.exists()


def test_after_the_deadline_no_piece_makes_a_file(client: Client, draft: Application) -> None:
    url = begun(client, draft)["url"]
    put(client, url, 0, PDF[:700])
    close(draft.contest)
    status, said = put(client, url, 700, PDF[700:])
    assert (status, queries.files_of(draft)) == (422, [])
    assert said["error"].startswith("Приём заявок закончился")


# ── Without scripts ─────────────────────────────────────────────────────────


def chosen(data: bytes, name: str) -> dict[str, Any]:
    return {"file": SimpleUploadedFile(name, data), "title": "Подпись"}


def test_limits_are_said_before_choosing(client: Client, draft: Application) -> None:
    page = client.get(address("attachments", draft))
    assert (
        "Один файл — не больше 20 МБ, всего не больше 10. "
        "Подойдут PDF, DOCX, ODT, XLSX, PPTX, JPEG, PNG. Название любое." in words(page)
    )
    element = soup(page).find("upload-file")
    assert element is not None
    assert element.attrs == {
        "class": ["stack"],
        "data-start": address("upload_start", draft),
        "data-limit": str(20 * 2**20),
    }


def test_plain_form_attaches_and_says_what_became_of_a_photograph(client: Client, draft: Application) -> None:
    made = io.BytesIO()
    Image.new("RGB", (9, 9)).save(made, "JPEG", comment=b"taken at home")
    sent = chosen(made.getvalue(), "Фото.jpg")
    page = client.post(address("attachments", draft), sent, follow=True)
    assert "Файл приложен. Сведения о съёмке удалены." in soup(page).get_text()
    assert b"taken at home" not in read(queries.files_of(draft)[0])
    page = client.post(address("attachments", draft), chosen(PDF, "Письмо.pdf"), follow=True)
    assert "Сведения о съёмке" not in soup(page).get_text()


def test_page_tells_what_the_scanner_said(client: Client, draft: Application) -> None:
    client.post(address("attachments", draft), chosen(PDF, "Счёт.pdf"))
    said = {}
    for scan in Scan:
        StoredFile.objects.update(scan=scan)
        page = client.get(address("attachments", draft))
        said[scan] = [one in words(page) for one in ("Не проверен", "Ждёт проверки", "Проверен на", "Найден")]
        assert (client.get(address("attachment", draft, 1)).status_code == 200) is (scan != Scan.INFECTED)
    assert said == {
        Scan.OFF: [True, False, False, False],
        Scan.WAITING: [False, True, False, False],
        Scan.CLEAN: [False, False, True, False],
        Scan.INFECTED: [False, False, False, True],
    }


def test_page_before_sending_names_the_file_with_a_virus(client: Client, draft: Application) -> None:
    client.post(address("attachments", draft), chosen(PDF, "Счёт.pdf"))
    StoredFile.objects.update(scan=Scan.INFECTED)
    page = soup(client.get(address("check", draft)))
    said = "В файле «Счёт.pdf» найден вирус. Уберите его из заявки и приложите чистый файл."
    assert [link["href"] for link in page.find_all("a", string=said)] == [address("attachments", draft)]
