"""Files handed out: under their own name, and never as active content."""

from datetime import datetime

import pytest
from django.http import Http404

from innoset.foundation.files.actions import keep
from innoset.web.ui.download import bytes_as_file, hand_out


def test_page_of_somebody_else_is_never_opened_in_place() -> None:
    answer = bytes_as_file(b"<script>", name="Паспорт проекта.html", media_type="text/html")
    assert answer.content == b"<script>"
    assert {
        name: answer[name] for name in ("Content-Disposition", "X-Content-Type-Options", "Cache-Control")
    } == {
        "Content-Disposition": "attachment; filename*=UTF-8''%D0%9F%D0%B0%D1%81%D0%BF%D0%BE%D1%80%D1%82%20"
        "%D0%BF%D1%80%D0%BE%D0%B5%D0%BA%D1%82%D0%B0.html",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    assert answer["Content-Security-Policy"] == "sandbox; default-src 'none'"


def test_pdf_may_be_looked_at() -> None:
    answer = bytes_as_file(b"%PDF-1.7", name="a.pdf", media_type="application/pdf")
    assert answer["Content-Disposition"] == "inline; filename*=UTF-8''a.pdf"


@pytest.mark.django_db
def test_kept_file_comes_back_as_it_was(at: datetime) -> None:
    stored = keep(b"%PDF-1.7 text", name="letter.pdf", media_type="application/pdf", at=at)
    answer = hand_out(stored)
    assert (answer.content, answer["Content-Type"]) == (b"%PDF-1.7 text", "application/pdf")


def test_no_file_no_page() -> None:
    with pytest.raises(Http404):
        hand_out(None)
