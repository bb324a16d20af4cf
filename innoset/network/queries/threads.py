"""Reads of messages between organisations: who may read a thread, what of it is new, whom one may write to."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import Exists, F, Max, OuterRef, Prefetch, Q, QuerySet, Subquery

from innoset.accounts.models import User
from innoset.network.models import Organisation, Post, Thread, ThreadReading, ThreadSide
from innoset.network.queries.people import live_memberships, memberships_of, organisation_ids_of
from innoset.network.states import OrganisationKind, Role

SPEAKERS = (
    Role.HEAD,
    Role.EDITOR,
    Role.TUTOR,
    Role.COORDINATOR,
    Role.METHODIST,
    Role.ORGANISER,
    Role.CURATOR,
)
"""Who reads and answers for an organisation; its experts, observers and council do not."""


def speaking_for(person: Any) -> list[int]:
    """Return the organisations on whose behalf a person writes."""
    return organisation_ids_of(person, *SPEAKERS)


def threads_visible_to(person: Any) -> QuerySet[Thread]:
    """Return the threads of the organisations that a person speaks for; nobody else's, whoever asks."""
    mine = ThreadSide.objects.filter(thread=OuterRef("pk"), organisation__in=speaking_for(person))
    sides = ThreadSide.objects.select_related("organisation__municipality")
    return Thread.objects.filter(Exists(mine)).prefetch_related(Prefetch("sides", queryset=sides))


def with_marks(threads: QuerySet[Thread], person: Any) -> QuerySet[Thread]:
    """Mark each thread `is_unread` for the person: somebody else wrote after they last looked."""
    return threads.annotate(is_unread=Exists(_new_posts(person, thread=OuterRef("pk"))))


def unread_threads_of(person: Any) -> QuerySet[Thread]:
    """Return the threads in which something new waits for the person."""
    return threads_visible_to(person).filter(Exists(_new_posts(person, thread=OuterRef("pk"))))


def _new_posts(person: Any, *, thread: Any) -> QuerySet[Post]:
    read = ThreadReading.objects.filter(thread=OuterRef("thread"), person=person.pk).values("read_at")
    posts = Post.objects.filter(thread=thread).exclude(author=person.pk).annotate(seen_at=Subquery(read))
    return posts.filter(Q(seen_at=None) | Q(at__gt=F("seen_at"))).order_by()


def unanswered_threads_of(person: Any) -> QuerySet[Thread]:
    """Return the open threads whose last word is not from the organisations that the person speaks for."""
    last = Post.objects.filter(thread=OuterRef("pk")).order_by("-at", "-id").values("organisation")[:1]
    found = threads_visible_to(person).filter(closed_at=None).annotate(last_from=Subquery(last))
    return found.exclude(last_from__in=speaking_for(person))


def posts_of(thread: Thread) -> QuerySet[Post]:
    """Return what was written in a thread, the first first, with authors and files."""
    return (
        thread.posts.select_related("author", "organisation").prefetch_related("files").order_by("at", "id")
    )


def post_with_key(key: str, *, organisation: Organisation, author: Any) -> Post | None:
    """Return what this form has written already."""
    sent = Post.objects.filter(replay_key=key, organisation=organisation, author=author.pk) if key else None
    return sent.select_related("thread").first() if sent is not None else None


def sides_of(thread: Thread) -> list[Organisation]:
    """Return the organisations that take part, the one that began first."""
    return [side.organisation for side in thread.sides.all()]


def own_sides(thread: Thread, person: Any) -> list[Organisation]:
    """Return the sides of a thread that the person speaks for."""
    mine = set(speaking_for(person))
    return [one for one in sides_of(thread) if one.pk in mine]


def speakers_of(organisations: Collection[Organisation]) -> list[User]:
    """Return the people who read what is written to the organisations, each once."""
    places = [one.pk for one in organisations]
    live = live_memberships().filter(organisation__in=places, role__in=SPEAKERS, person__is_active=True)
    return list(dict.fromkeys(one.person for one in live.select_related("person").order_by("person", "pk")))


def up_to_date(thread: Thread, people: Collection[User]) -> list[User]:
    """Return those of the people for whom nothing in the thread is new: only they are told of more."""
    read = dict(thread.readings.filter(person__in=people).values_list("person", "read_at"))
    last = thread.posts.order_by().values_list("author").annotate(at=Max("at"))
    wrote = list(last)

    def has_read(person: User) -> bool:
        by_others = [at for author, at in wrote if author != person.pk]
        return not by_others or (person.pk in read and read[person.pk] >= max(by_others))

    return [person for person in people if has_read(person)]


def addressees_for(person: Any) -> QuerySet[Organisation]:
    """Return the organisations that a person may write to: all in the registry but their own."""
    found = Organisation.objects.select_related("municipality").filter(is_active=True)
    return found.exclude(pk__in=speaking_for(person)).order_by("short_name", "pk")


def first_addressees_of(person: Any) -> list[Organisation]:
    """Return whom people write to most: who runs the network, and the service of one's own municipality."""
    places = {one.organisation.municipality_id for one in memberships_of(person) if one.role in SPEAKERS}
    organisers = live_memberships().filter(role=Role.ORGANISER).values("organisation")
    near = Q(kind=OrganisationKind.METHOD_SERVICE, municipality__in=places)
    return list(addressees_for(person).filter(Q(pk__in=organisers) | near))


def read_until(thread: Thread, person: Any) -> datetime | None:
    """Return up to when a person had read a thread."""
    return thread.readings.filter(person=person.pk).values_list("read_at", flat=True).first()
