"""The page of the contest's own Word form."""

import io

import docx  # noqa: TID253  # reason: the test edits Word files as people do
import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.network.states import Role
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.reading import read
from innoset.projects.pure.word_template import starting_template
from tests import world

pytestmark = pytest.mark.django_db


def words(content: bytes) -> str:
    """Return the words of the page's main part."""
    main = BeautifulSoup(content, "html.parser").find("main")
    assert main is not None
    return " ".join(main.get_text(" ").split())


def test_from_the_sample_to_the_filled_form_and_back_to_the_official_one() -> None:
    contest = world.contest()
    client = world.signed_in(world.member(contest.organiser, Role.ORGANISER))
    here = reverse("office:contest_word", args=[contest.code])
    sample = client.get(reverse("office:contest_word_sample", args=[contest.code]))
    assert sample.content == starting_template(PASSPORT)
    document = docx.Document(io.BytesIO(sample.content))
    document.paragraphs[0].runs[0].text = "Форма города"
    out = io.BytesIO()
    document.save(out)
    answer = client.post(here, {"file": SimpleUploadedFile("Форма.docx", out.getvalue())}, follow=True)
    assert answer.redirect_chain == [(here, 302)]
    assert [str(one) for one in answer.context["messages"]] == [
        "Шаблон принят: все поля заполняются и читаются обратно."
    ]
    filled = client.get(reverse("office:contest_word_filled", args=[contest.code])).content
    assert docx.Document(io.BytesIO(filled)).paragraphs[0].text == "Форма города"
    assert read(filled, "", PASSPORT).fields["16.3"] == "Здесь будет ответ организации."
    blank = client.get(reverse("public:contest_paper", args=[contest.code, "form"])).content
    assert docx.Document(io.BytesIO(blank)).paragraphs[0].text == "Форма города"
    client.post(reverse("office:contest_word_drop", args=[contest.code]))
    assert Contest.objects.get(pk=contest.pk).word_template is None
    assert "Официальная форма." in words(client.get(here).content)


def test_a_wrong_file_is_refused_on_the_page() -> None:
    contest = world.contest()
    client = world.signed_in(world.member(contest.organiser, Role.ORGANISER))
    here = reverse("office:contest_word", args=[contest.code])
    answer = client.post(here, {"file": SimpleUploadedFile("Форма.docx", b"no Word at all")})
    page = BeautifulSoup(answer.content, "html.parser")
    assert page.title is not None
    assert page.title.get_text().strip().startswith("Ошибка: Форма DOCX")
    assert "Это не файл Word. Откройте файл в Word и сохраните как .docx." in words(answer.content)
    assert Contest.objects.get(pk=contest.pk).word_template is None


def test_strangers_do_not_find_the_page() -> None:
    contest = world.contest()
    client = world.signed_in(world.member(world.organisation(), Role.ORGANISER))
    for name in ("contest_word", "contest_word_sample", "contest_word_filled"):
        assert client.get(reverse(f"office:{name}", args=[contest.code])).status_code == 404
