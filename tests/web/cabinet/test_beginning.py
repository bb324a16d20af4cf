"""The beginning of an application: empty, with a ready Word file, with a file that is refused."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from innoset.accounts.models import User
from innoset.contests.models import Application, Contest
from innoset.network.states import Role
from innoset.projects.models import WordImport
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_out import write_form
from tests import world
from tests.web.cabinet.pages import address, form_of, open_contest, soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def contest() -> Contest:
    """A contest that takes applications."""
    return open_contest()


@pytest.fixture
def editor() -> User:
    """An editor of a school."""
    return world.member(world.organisation(), Role.EDITOR)


def begin(client: Client, contest: Contest, **files: Any) -> Any:
    """Send the page of a new application as it opens, with the file given."""
    url = reverse("cabinet:application_new", args=[contest.code])
    return client.post(url, form_of(client.get(url), "organisation") | files)


def test_without_a_file_the_sections_open(contest: Contest, editor: User) -> None:
    response = begin(world.signed_in(editor), contest)
    made = Application.objects.get()
    assert (response["Location"], WordImport.objects.count()) == (address("application", made), 0)


def test_with_a_file_what_was_read_opens(contest: Contest, editor: User) -> None:
    data = write_form(PASSPORT, world.values())
    response = begin(world.signed_in(editor), contest, file=SimpleUploadedFile("Паспорт.docx", data))
    made = Application.objects.get()
    assert response["Location"] == address("word_import", made, 1)
    assert WordImport.objects.get().reading["fields"] == world.values()
    assert made.project.passport.answers.count() == 0


def test_refused_file_leaves_the_beginning_and_says_the_cure(contest: Contest, editor: User) -> None:
    client = world.signed_in(editor)
    response = begin(client, contest, file=SimpleUploadedFile("Паспорт.docx", b"MZ\x90\x00"))
    made = Application.objects.get()
    assert response["Location"] == address("word", made)
    assert (
        "Заявка начата, но файл не прочитан. Это не файл Word. Откройте файл в Word и сохраните как .docx."
        in words(client.get(response["Location"]))
    )


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Файл в поле «Файл с готовым паспортом» пуст. Выберите другой файл."),
        (b"PK\x03\x04" + b"x" * 20 * 2**20, "Файл «Паспорт.docx» больше 20 МБ."),
    ],
    ids=["empty", "large"],
)
def test_file_that_cannot_be_a_passport_is_refused_before_the_beginning(
    contest: Contest, editor: User, data: bytes, said: str
) -> None:
    response = begin(world.signed_in(editor), contest, file=SimpleUploadedFile("Паспорт.docx", data))
    assert (response.status_code, Application.objects.count()) == (200, 0)
    errors = soup(response).find(class_="errors")
    assert errors is not None
    assert said in errors.get_text()


def test_second_application_beyond_the_limit_reads_no_file(contest: Contest, editor: User) -> None:
    client, data = world.signed_in(editor), write_form(PASSPORT, world.values())
    limit = contest.applications_per_organisation
    for _ in range(limit):
        begin(client, contest)
    response = begin(client, contest, file=SimpleUploadedFile("Паспорт.docx", data))
    assert (response.status_code, Application.objects.count(), WordImport.objects.count()) == (200, limit, 0)
