"""Messages between organisations: what came, one talk, a new one; nothing typed is lost."""

from functools import partial
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.accounts.models import HeldForm
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.actions import Given
from innoset.foundation.files.kinds import ATTACHMENTS
from innoset.network.actions import threads as actions
from innoset.network.models import Organisation, Post, Thread
from innoset.network.queries import matching_words
from innoset.network.queries import threads as queries
from innoset.network.states import THREAD_LABELS, ThreadKind
from innoset.web import acting
from innoset.web.cabinet.attachments import not_too_large
from innoset.web.held import held_by
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing

KINDS = ", ".join(ATTACHMENTS.values())
FOUND = 20


class _ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class _FilesField(forms.FileField):
    """Several files, each of them small enough."""

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """Return the files one by one; none is as good."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [not_too_large(super(_FilesField, self).clean(one, initial)) for one in given]


class PostForm(Form):
    """What is written, and the files that go with it."""

    text = forms.CharField(
        label="Сообщение", max_length=actions.LONGEST, widget=forms.Textarea(attrs={"rows": 6})
    )
    files = _FilesField(  # type: ignore[assignment]  # the name of the field, not of what was uploaded
        label="Файлы",
        required=False,
        widget=_ManyFiles,
        help_text=(
            f"До {actions.MOST_FILES} файлов по {settings.FILES_MAX_BYTES // 2**20} МБ. Подойдут {KINDS}. "
            "Если страница вернётся с ошибкой, файлы выберите снова."
        ),
    )
    key = forms.CharField(widget=forms.HiddenInput(), required=False, max_length=64)

    def given(self) -> list[Given]:
        """Return the files judged by their content; a file that does not do is refused by name."""
        chosen = self.cleaned_data["files"]
        if len(chosen) > actions.MOST_FILES:
            raise Refusal(f"Можно приложить не больше {actions.MOST_FILES} файлов.", field="files")
        limit = settings.FILES_MAX_BYTES
        return [files.prepare(one.read(), name=one.name or "файл", limit=limit) for one in chosen]


class LetterForm(PostForm):
    """A new talk: on whose behalf, of what kind, about what."""

    organisation = forms.ModelChoiceField(label="От кого", queryset=Organisation.objects.none())
    kind = forms.ChoiceField(
        label="Что это", choices=list(THREAD_LABELS.items()), widget=forms.RadioSelect,
        initial=ThreadKind.MESSAGE,
    )  # fmt: skip
    subject = forms.CharField(label="Тема", max_length=200)
    field_order = ("organisation", "kind", "subject", "text", "files")

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Organisation.objects.filter(pk__in=queries.speaking_for(person)).order_by("short_name", "pk")
        self.fields["organisation"].queryset = own  # type: ignore[attr-defined]  # a choice of rows
        if len(own) == 1:
            self.fields["organisation"].initial = own[0].pk


def frame_of(request: HttpRequest, *crumbs: tuple[str, str]) -> dict[str, Any]:
    """Return what every page of messages has: the door that the person came by, and the way back."""
    home = acting.home_of(acting.membership_of(request))
    door = "office" if home.startswith(reverse("office:home")) else "cabinet"
    return {"door": door, "crumbs": [("Сообщения", reverse("cabinet:threads")), *crumbs]}


def _thread_or_404(request: HttpRequest, number: str) -> Thread:
    return get_object_or_404(queries.threads_visible_to(request.user), number=number)


@require_safe
def threads(request: HttpRequest) -> HttpResponse:
    """List the talks of one's organisations, the latest first; what is new is marked."""
    found = queries.with_marks(queries.threads_visible_to(request.user), request.user)
    listing = Listing(
        request, found.order_by("-last_at", "-pk"), words=("переписка", "переписки", "переписок"), per_page=30
    )
    own = set(queries.speaking_for(request.user))
    rows = [(one, [side for side in queries.sides_of(one) if side.pk not in own]) for one in listing.rows]
    context = {**frame_of(request), "listing": listing, "rows": rows, "may_write": bool(own)}
    return render(request, "cabinet/threads.html", context)


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """Choose whom to write to: those written to most, or any by its words."""
    if not queries.speaking_for(request.user):
        raise Http404
    words = request.GET.get("q", "").strip()
    found = matching_words(queries.addressees_for(request.user), words)[:FOUND] if words else []
    first = queries.first_addressees_of(request.user)
    context = {**frame_of(request, ("Кому написать", "")), "q": words, "found": list(found), "first": first}
    return render(request, "cabinet/thread_to.html", context)


def write(request: HttpRequest, number: str) -> HttpResponse:
    """Begin a talk with an organisation."""
    if not queries.speaking_for(request.user):
        raise Http404
    addressee = get_object_or_404(queries.addressees_for(request.user), number=number)
    held = held_letter(request)
    form = LetterForm(
        request.POST or None, request.FILES or None, person=request.user, initial=_first_texts(held)
    )
    crumbs = (("Кому написать", reverse("cabinet:thread_choose")), (addressee.short_name, ""))
    context = {**frame_of(request, *crumbs), "form": form, "addressee": addressee, "held": held}
    page = partial(render, request, "cabinet/thread_new.html", context)
    if not form.is_valid():
        return page()
    told = form.cleaned_data
    return _sent(
        request,
        actions.open_thread,
        Thread(subject=told["subject"], kind=told["kind"]),
        form=form,
        page=page,
        organisation=told["organisation"],
        addressee=addressee,
        held=held,
    )


def thread(request: HttpRequest, number: str) -> HttpResponse:
    """Show a talk from its beginning, marked as read from now on; answer."""
    one = _thread_or_404(request, number)
    held = held_letter(request)
    form = PostForm(request.POST or None, request.FILES or None, initial=_first_texts(held))
    page = partial(render, request, "cabinet/thread.html", {**_talk(request, one), "form": form})
    if not form.is_valid():
        if request.method == "GET":
            actions.mark_read(one, by=request.user, at=arrived_at(request))
        return page()
    return _sent(request, actions.write_post, one, form=form, page=page, held=held)


def _talk(request: HttpRequest, one: Thread) -> dict[str, Any]:
    read = queries.read_until(one, request.user)
    return {
        **frame_of(request, (one.subject, "")),
        "thread": one,
        "posts": [(post, _is_new(post, read, request.user)) for post in queries.posts_of(one)],
        "sides": queries.sides_of(one),
        "own": queries.own_sides(one, request.user)[0],
    }


def _is_new(post: Post, read: Any, person: Any) -> bool:
    return post.author_id != person.pk and (read is None or post.at > read)


def _first_texts(held: HeldForm | None) -> dict[str, Any]:
    return {"key": uuid4().hex, **({} if held is None else held.fields)}


def _sent(
    request: HttpRequest, deed: Any, subject: Thread, *, form: PostForm, page: Any, **told: Any
) -> HttpResponse:
    """Judge the files, send, and show the talk; what is refused stays in the form."""
    try:
        given = form.given()
    except Refusal as no:
        form.add_error("files", no.text)
        response: HttpResponse = page()
        return response
    return attempt(
        request,
        deed,
        subject,
        text=form.cleaned_data["text"],
        key=form.cleaned_data["key"],
        given=given,
        **told,
        said="Сообщение отправлено.",
        then=lambda made: reverse("cabinet:thread", args=[_number_of(made)]),
        form=form,
        on_refusal=page,
    )


def _number_of(made: Thread | Post) -> str:
    return made.number if isinstance(made, Thread) else made.thread.number


def held_letter(request: HttpRequest) -> HeldForm | None:
    """Return the message typed here after the session had ended, if the address asks for it by its mark."""
    mark = request.GET.get("held", "")
    waiting = held_by(request).filter(path=request.path, token_sha256__startswith=mark)
    return waiting.first() if mark else None


@require_POST
def close(request: HttpRequest, number: str) -> HttpResponse:
    """Close the talk, or take it up again."""
    one = _thread_or_404(request, number)
    deed = actions.reopen_thread if one.closed_at else actions.close_thread
    said = "Переписка снова открыта." if one.closed_at else "Переписка закрыта."
    return attempt(request, deed, one, said=said, then=reverse("cabinet:thread", args=[number]))


@require_safe
def file(request: HttpRequest, number: str, post: int, place: int) -> HttpResponse:
    """Hand out a file of a message to a side of the talk."""
    posts = list(queries.posts_of(_thread_or_404(request, number)))
    if not (0 < post <= len(posts)):
        raise Http404
    kept = sorted(posts[post - 1].files.all(), key=lambda one: one.pk)
    if not (0 < place <= len(kept)):
        raise Http404
    return hand_out(kept[place - 1], to=request.user)


routes = [
    path("messages/", threads, name="threads"),
    path("messages/new/", choose, name="thread_choose"),
    path("messages/to/<str:number>/", write, name="thread_new"),
    path("messages/<str:number>/", thread, name="thread"),
    path("messages/<str:number>/close/", close, name="thread_close"),
    path("messages/<str:number>/files/<int:post>/<int:place>/", file, name="thread_file"),
]
