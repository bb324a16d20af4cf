"""The press: a layout and its data in, a tagged archival PDF out.

Text never becomes markup: it travels as JSON and is placed as a value, so no
character typed by a person can act as a command of the typesetting language.
"""

import io
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from innoset.documents.pure import characters
from innoset.foundation.russian import glued, moscow

if TYPE_CHECKING:
    from typst import Compiler, Fonts

_LAYOUTS: Final = Path(__file__).parent / "layouts"
_STANDARDS: Final = ("a-2a", "ua-1")
# A file with another file inside may only be of the third part of the standard.
_WITH_A_FILE: Final = ("a-3a", "ua-1")
_MOST_RARE: Final = 256


@dataclass(frozen=True)
class Sheet:
    """A layout and the data that fill it; the title names the file, the link becomes a QR code.

    The attachment is JSON that travels inside the PDF as a file, untouched.
    """

    layout: str
    title: str
    data: Mapping[str, object]
    link: str = ""
    attachment: str = ""


def pdf(sheet: Sheet, *, at: datetime) -> bytes:
    """Print as PDF/A-2a (3a with a file inside) and PDF/UA-1; the same sheet and moment give the same bytes."""
    import typst

    rare = characters.rare(_text_of(sheet))
    try:
        return _pdf(sheet, _unprintable(rare), at)
    except typst.TypstError as error:
        if "could not be displayed" not in error.message:
            raise
        # Each sign prints alone, yet some of them do not combine.
        return _pdf(sheet, rare, at)


def png(sheet: Sheet, *, page: int = 1, ppi: float = 96) -> bytes:
    """Show one page as a picture."""
    inputs = _inputs(sheet, _unprintable(characters.rare(_text_of(sheet))))
    pages = _compiler().compile(_LAYOUTS / f"{sheet.layout}.typ", format="png", ppi=ppi, sys_inputs=inputs)
    return (pages if isinstance(pages, list) else [pages or b""])[page - 1]


def picture_png(svg: str, *, title: str, width: int, ppi: float = 108) -> bytes:
    """Turn a drawing into a picture: one point a unit of its width, with the fonts of the house inside."""
    inputs = {"svg": svg, "title": title, "width": str(width)}
    made = _compiler().compile(_LAYOUTS / "picture.typ", format="png", ppi=ppi, sys_inputs=inputs)
    return made if isinstance(made, bytes) else b""


def qr_svg(text: str) -> str:
    """Draw a QR code as SVG without a margin."""
    import segno

    stream = io.BytesIO()
    segno.make(text, error="m", micro=False).save(stream, kind="svg", border=0)
    return stream.getvalue().decode()


def _pdf(sheet: Sheet, refused: set[str], at: datetime) -> bytes:
    printed = _compiler().compile(
        _LAYOUTS / f"{sheet.layout}.typ",
        format="pdf",
        sys_inputs=_inputs(sheet, refused),
        pdf_standards=list(_WITH_A_FILE if sheet.attachment else _STANDARDS),
        timestamp=moscow(at).astimezone(UTC).replace(microsecond=0),
    )
    return printed if isinstance(printed, bytes) else b""


def _inputs(sheet: Sheet, refused: set[str]) -> dict[str, str]:
    title = characters.without(characters.tidy(sheet.title), refused)
    # An accessible file must have a title, even when nothing of the given one is left.
    inputs = {"data": json.dumps(_tidied(sheet.data, refused)), "title": title.strip() or "Документ"}
    if sheet.attachment:
        inputs["attachment"] = sheet.attachment
    return {**inputs, "qr": qr_svg(sheet.link)} if sheet.link else inputs


def _text_of(sheet: Sheet) -> str:
    return json.dumps(_tidied({**sheet.data, "title": sheet.title}, set()), ensure_ascii=False).replace(
        "\\n", "\n"
    )


def _tidied(value: object, refused: set[str]) -> object:
    """Make every string inside fit to print; leave numbers and flags as they are."""
    if isinstance(value, str):
        return characters.breakable(glued(characters.without(characters.tidy(value), refused)))
    if isinstance(value, Mapping):
        return {key: _tidied(inner, refused) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_tidied(inner, refused) for inner in value]
    return value


def _unprintable(rare: set[str]) -> set[str]:
    """Find the characters that no font of the press can show."""
    return rare if len(rare) > _MOST_RARE else {sign for sign in rare if not _prints(sign)}


@lru_cache(maxsize=4096)
def _prints(sign: str) -> bool:
    import typst

    try:
        _compiler().compile(
            _LAYOUTS / "probe.typ", format="pdf", sys_inputs={"sign": sign}, pdf_standards=list(_STANDARDS)
        )
    except typst.TypstError:
        return False
    return True


def _compiler() -> "Compiler":
    """Make a fresh compiler: one may not be shared between threads, the fonts may."""
    import typst

    return typst.Compiler(root=_LAYOUTS, font_paths=_fonts(), ignore_system_fonts=True)


@lru_cache(maxsize=1)
def _fonts() -> "Fonts":
    """Load only the fonts that come with the packages, so that every machine prints alike."""
    import fontpkg_pt_sans  # noqa: PLC0415 – only the press needs it
    import typst

    return typst.Fonts(include_system_fonts=False, font_paths=[fontpkg_pt_sans.ROOT / "files"])
