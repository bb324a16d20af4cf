"""How a person wants pages shown: a theme, a text size and a spacing, kept in one cookie."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final, Self
from urllib.parse import parse_qsl, urlencode

from django.http import HttpRequest

COOKIE: Final = "display"
COOKIE_AGE: Final = 365 * 24 * 3600

CHOICES: Final[dict[str, dict[str, str]]] = {
    "theme": {"plain": "Обычная", "large": "Крупная", "contrast": "Контрастная", "dark": "Тёмная"},
    "size": {"normal": "Обычный", "large": "Крупный", "huge": "Очень крупный"},
    "spacing": {"normal": "Обычные", "wide": "Увеличенные"},
}
TITLES: Final = {"theme": "Вид страниц", "size": "Размер текста", "spacing": "Промежутки"}


@dataclass(frozen=True, slots=True)
class Option:
    """One button of the settings panel."""

    value: str
    title: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Group:
    """One row of buttons of the settings panel."""

    name: str
    title: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Display:
    """A chosen look; whatever is unknown falls back to the ordinary one."""

    theme: str = "plain"
    size: str = "normal"
    spacing: str = "normal"

    @classmethod
    def of(cls, values: Mapping[str, Any]) -> Self:
        """Read the look from a form or a cookie, leaving out what the house does not have."""
        known = {name: values[name] for name in CHOICES if values.get(name) in CHOICES[name]}
        return cls(**known)

    @classmethod
    def asked_by(cls, request: HttpRequest) -> Self:
        """Read the look from the cookie; `?view=dark` in the address shows this page so."""
        kept = cls.of(dict(parse_qsl(request.COOKIES.get(COOKIE, ""))))
        wanted = request.GET.get("view", "")
        return replace(kept, theme=wanted) if wanted in CHOICES["theme"] else kept

    @property
    def classes(self) -> str:
        """Return the classes of the page's root element."""
        return f"theme-{self.theme} size-{self.size} spacing-{self.spacing}"

    def as_cookie(self) -> str:
        """Write the look down for next time."""
        return urlencode(asdict(self))

    def groups(self) -> Iterator[Group]:
        """Yield the rows of the settings panel, the present choice marked."""
        for name, choices in CHOICES.items():
            chosen = getattr(self, name)
            options = tuple(Option(value, title, value == chosen) for value, title in choices.items())
            yield Group(name, TITLES[name], options)
