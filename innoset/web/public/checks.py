"""The page where anybody checks a receipt or a diploma by the address in its code."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.documents.models import Paper
from innoset.documents.pure.proof import public_key
from innoset.documents.queries import paper_by_mark

DIPLOMA_FACTS = (
    ("organisation", "Организация"),
    ("theme", "Тема"),
    ("status", "Статус"),
    ("order", "Приказ"),
)


@login_not_required
@require_safe
def check(request: HttpRequest, number: str, mark: str) -> HttpResponse:
    """Say whether the paper is genuine; a wrong mark and an unknown number get one and the same answer."""
    paper = paper_by_mark(_visible(number), _visible(mark))
    facts = facts_of(paper) if paper else []
    page = {"title": title_of(paper), "paper": paper, "facts": facts}
    return render(request, "public/check.html", page, status=200 if paper else 404)


def _visible(text: str) -> str:
    """Drop the invisible places where a printed address may be broken: a copy from the PDF carries them."""
    return "".join(sign for sign in text if sign.isprintable() and not sign.isspace())


def title_of(paper: Paper | None) -> str:
    """Return the answer in two words."""
    if paper is None:
        return "Документ не найден"
    return "Документ отозван" if paper.revoked_at else "Документ подлинный"


def facts_of(paper: Paper) -> list[tuple[str, str]]:
    """Return what the public may read of a paper: of a diploma its substance, of others nothing more."""
    if paper.kind != Paper.Kind.DIPLOMA:
        return []
    return [(label, str(paper.data[key])) for key, label in DIPLOMA_FACTS if paper.data.get(key)]


@login_not_required
@require_safe
def receipt_key(_request: HttpRequest) -> HttpResponse:
    """Hand out the key by which anybody checks receipts of this site without asking it."""
    return HttpResponse(f"{public_key(settings.SECRET_KEY)}\n", content_type="text/plain; charset=utf-8")


routes = [
    path("p/key.txt", receipt_key, name="receipt_key"),
    path("p/<str:number>/<str:mark>", check, name="check"),
]
