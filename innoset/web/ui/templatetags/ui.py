"""Filters and tags of the kit: `{% load ui %}`."""

from datetime import date, datetime, timedelta
from typing import Any, Final, NamedTuple

from django import template
from django.http import HttpRequest
from django.template.base import FilterExpression, Node, NodeList, Parser, Token
from django.template.context import Context
from django.template.loader import get_template
from django.utils.safestring import SafeString

from innoset.foundation import clock, money, policy, russian
from innoset.web.ui import charts, forms, listing
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.display import Display, Group

register = template.Library()

SOON: Final = timedelta(hours=24)
KILO: Final = 1024


# ── Time ────────────────────────────────────────────────────────────────────


@register.filter
def moment(at: datetime | None) -> str:
    """Write a moment as pages do: «21 ноября 2026, 17:00 МСК»."""
    if not at:
        return ""
    local = at.astimezone(russian.MOSCOW)
    return f"{day(local)}, {local:%H:%M}{russian.NBSP}МСК"


@register.filter
def moment_exact(at: datetime | None) -> str:
    """Write a moment to the second, as receipts do."""
    if not at:
        return ""
    local = at.astimezone(russian.MOSCOW)
    return f"{day(local)}, {local:%H:%M:%S}{russian.NBSP}МСК"


@register.filter
def day(on: date | datetime | None) -> str:
    """Write a day: «21 ноября 2026»."""
    if not on:
        return ""
    local = on.astimezone(russian.MOSCOW) if isinstance(on, datetime) else on
    return russian.date_in_words(local).removesuffix(" г.").replace(" ", russian.NBSP)


@register.filter
def iso(at: datetime | None) -> str:
    """Write a moment for machines."""
    return at.isoformat() if at else ""


class Left(NamedTuple):
    """How much time is left, in words, and whether it is time to hurry."""

    text: str
    soon: bool


def time_left(until: datetime | None, now: datetime) -> Left:
    """Say how much is left: «осталось 2 дня 4 ч»; the two largest units, never less than a minute."""
    if until is None:
        return Left("", soon=False)
    rest = until - now
    if rest <= timedelta():
        return Left("срок прошёл", soon=False)
    minutes = max(1, int(rest.total_seconds() // 60))
    days, hours = minutes // 1440, minutes % 1440 // 60
    if days:
        words = russian.counted(days, "день", "дня", "дней") + (f" {hours} ч" if hours else "")
        verb = russian.plural(days, "остался", "осталось", "осталось")
    else:
        verb, words = "осталось", " ".join([f"{hours} ч"] * bool(hours) + [f"{minutes % 60} мин"])
    return Left(f"{verb} {words}".replace(" ", russian.NBSP).replace(russian.NBSP, " ", 1), rest <= SOON)


@register.simple_tag(takes_context=True)
def server_now(context: Context) -> datetime:
    """Return the moment of the request by the database's clock, so that no other clock is believed."""
    request = context.get("request")
    return arrived_at(request) if request is not None else clock.now()


@register.simple_tag(takes_context=True)
def now_left(context: Context, until: datetime | None) -> Left:
    """Count the time left by the database's clock."""
    return time_left(until, server_now(context))


# ── Numbers and words ───────────────────────────────────────────────────────


@register.filter
def counted(number: int, forms_of: str) -> str:
    """Put a number before its noun: `{{ n|counted:"заявка,заявки,заявок" }}`."""
    one, few, many = forms_of.split(",")
    return russian.counted(int(number), one, few, many)


@register.filter
def rubles(kopecks: int) -> str:
    """Say a sum that is kept in kopecks: «1 250 000 ₽»."""
    return money.rubles(kopecks)


@register.filter
def word(number: int | str, forms_of: str) -> str:
    """Choose the noun's form without the number."""
    one, few, many = forms_of.split(",")
    return russian.plural(int(number), one, few, many)


@register.filter
def roman(number: int) -> str:
    """Write an edition: XII."""
    return russian.roman(int(number))


@register.filter
def thousands(number: int | str) -> str:
    """Write 1240 as «1 240»."""
    return russian.thousands(int(number))


@register.filter
def decimal(number: float | None, digits: int = 2) -> str:
    """Write 4.5 as «4,50»; nothing as a dash."""
    return "—" if number is None else russian.decimal(float(number), digits)


@register.filter
def initials(full_name: str) -> str:
    """Shorten a name as lists do."""
    return russian.initials(full_name)


@register.filter
def letters(full_name: str) -> str:
    """Return the two letters of a person's badge."""
    return "".join(part[0] for part in str(full_name).split()[:2]).upper()


@register.filter
def filesize(size: int | str) -> str:
    """Write a size in words that fit: «640 КБ», «1,2 МБ»."""
    kilobytes = max(1, round(int(size) / KILO))
    return f"{kilobytes} КБ" if kilobytes < KILO else f"{russian.decimal(kilobytes / KILO, 1)} МБ"


class Sum(NamedTuple):
    """A checksum in groups of four: the sixteen signs that people compare, and the rest."""

    head: str
    tail: str


@register.filter
def grouped(value: str) -> Sum:
    """Cut a checksum into groups of four."""
    groups = [value[i : i + 4] for i in range(0, len(value), 4)]
    return Sum(" ".join(groups[:4]), " ".join(groups[4:]))


# ── Permission ──────────────────────────────────────────────────────────────


def _may(context: Context, permission: str, subject: object) -> bool:
    request = context.get("request")
    user = request.user if request is not None else context.get("user")
    return user is not None and policy.may(user, permission, subject)


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str, subject: object = None) -> bool:
    """Ask the policy: `{% may "contests.submit_application" application as can %}`."""
    return _may(context, permission, subject)


class IfMay(Node):
    """Shows one content to those who may do the deed, and another to the rest."""

    child_nodelists = ("granted", "denied")

    def __init__(
        self,
        permission: FilterExpression,
        subject: FilterExpression | None,
        *,
        granted: NodeList,
        denied: NodeList,
    ) -> None:
        self.permission, self.subject = permission, subject
        self.granted, self.denied = granted, denied

    def render(self, context: Context) -> SafeString:
        """Draw the content that is for this person."""
        subject = self.subject.resolve(context) if self.subject else None
        allowed = _may(context, self.permission.resolve(context), subject)
        return (self.granted if allowed else self.denied).render(context)


@register.tag
def if_may(parser: Parser, token: Token) -> IfMay:
    """Open `{% if_may "contests.submit" application %} … {% else %} … {% endif_may %}`."""
    _, permission, *subject = token.split_contents()
    granted, denied = parser.parse(("else", "endif_may")), NodeList()
    if parser.next_token().contents == "else":
        denied = parser.parse(("endif_may",))
        parser.delete_first_token()
    about = parser.compile_filter(subject[0]) if subject else None
    return IfMay(parser.compile_filter(permission), about, granted=granted, denied=denied)


# ── For the components only ─────────────────────────────────────────────────


@register.simple_tag(takes_context=True)
def display_choices(context: Context) -> list[Group]:
    """Return the rows of the settings panel."""
    return list((context.get("display") or Display()).groups())


@register.simple_tag
def frame(
    field: Any,
    *,
    label: str,
    name: str,
    hint: str,
    error: str,
    optional: bool,
    group: bool,
    limit: str,
) -> forms.Frame:
    """Describe what stands round a control, be it a Django field or a bare one."""
    if field is not None:
        return forms.Frame.of(field, label=label, hint=hint, optional=optional)
    errors = (error,) if error else ()
    return forms.Frame(
        id=f"id_{name}", label=label, hint=hint, errors=errors, optional=optional, group=group, limit=limit
    )


@register.filter
def problems(form: Any) -> list[forms.Problem]:
    """List what the error summary shows."""
    return forms.problems_of(form)


class Kind(NamedTuple):
    """How a notice of a kind looks and is spoken."""

    css: str
    icon: str
    label: str
    role: str


KINDS: Final = {
    "success": Kind("good", "check", "Готово", "status"),
    "warning": Kind("warn", "alert", "Внимание", "status"),
    "error": Kind("bad", "stop", "Не получилось", "alert"),
    "info": Kind("info", "info", "К сведению", "status"),
}
ALIASES: Final = {"good": "success", "warn": "warning", "bad": "error"}


@register.filter
def notice_kind(kind: str) -> Kind:
    """Return the look of a notice; unknown levels are plain information."""
    return KINDS.get(ALIASES.get(kind, kind), KINDS["info"])


@register.simple_tag
def here(request: HttpRequest | None, url: str, exact: bool) -> SafeString:
    """Mark the link to the page, or to the section, that the person is in."""
    path = request.path if request is not None else ""
    if path == url:
        return SafeString(' aria-current="page"')
    inside = not exact and len(url) > 1 and path.startswith(url)
    return SafeString(' aria-current="true"' if inside else "")


@register.simple_tag
def page_url(request: HttpRequest | None, param: str, number: int) -> str:
    """Return this page's address with another page number."""
    query = request.GET.copy() if request is not None else None
    if query is None:
        return f"?{param}={number}"
    query[param] = str(number)
    return f"?{query.urlencode()}"


@register.filter
def numbers(page: Any) -> list[int | None]:
    """Return the page numbers worth a link."""
    return list(listing.pages_around(page))


@register.filter
def scaled(rows: Any) -> list[charts.Bar]:
    """Scale bars to the longest."""
    return charts.bars(rows)


@register.filter
def same(key: object, value: object) -> bool:
    """Compare as forms do, by text."""
    return str(key) == str(value)


@register.filter
def chosen(key: object, value: object) -> bool:
    """Tell whether the key is the value, or is among the values."""
    return (
        str(key) in {str(one) for one in value} if isinstance(value, list | tuple | set) else same(key, value)
    )


@register.filter
def triples(options: Any) -> list[tuple[object, object, object]]:
    """Give every option a hint, if only an empty one."""
    return [(*option, "")[:3] for option in options or ()]


@register.simple_tag(takes_context=True)
def table(context: Context, of: listing.Listing[Any], label: str) -> str:
    """Draw the listing's table by the house template."""
    drawn: Any = get_template("ui/table.html")
    with context.push(table=of.table, label=label):
        return str(drawn.template.render(context))
