"""Pictures drawn anew: the points stay, every note beside them goes."""

import io
import random
import struct
import zipfile
import zlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from innoset.foundation.errors import Refusal
from innoset.foundation.files.kinds import JPEG, PNG, kind_of
from innoset.foundation.files.pure import pictures
from innoset.foundation.files.pure.pictures import redraw

BROKEN = "Рисунок не открывается: файл повреждён. Сохраните его заново и приложите снова."
COMPLAINS = pytest.mark.filterwarnings("ignore::UserWarning")
"""The decoder also speaks of broken notes aside; in earnest that goes to the log."""
TOO_LARGE = "В рисунке больше 40 миллионов точек. Уменьшите его и приложите снова."


def drawn(mode: str = "RGB", size: tuple[int, int] = (48, 32)) -> Image.Image:
    """Return a picture whose corners differ."""
    base = Image.new("RGB", size, "white")
    base.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    base.paste("blue", (size[0] // 2, size[1] // 2, *size))
    return base.convert(mode)


def packed(kind: str, picture: Image.Image | None = None, **options: Any) -> bytes:
    into = io.BytesIO()
    (picture or drawn()).save(into, kind, **options)
    return into.getvalue()


def zipped(text: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as archive:
        archive.writestr("page.html", text)
    return into.getvalue()


def jpeg_with(note: bytes) -> bytes:
    """Return a photograph that carries the note wherever a photograph can."""
    exif = Image.Exif()
    exif[0x010E] = note.decode("latin-1")  # description
    exif.get_ifd(0x8825)[1] = "N"  # where it was taken
    exif.get_ifd(0x8825)[29] = note.decode("latin-1")
    made = packed("JPEG", exif=exif, comment=note, icc_profile=b"icc " + note, xmp=b"<x>" + note + b"</x>")
    app13 = b"\xff\xed" + struct.pack("!H", 2 + 14 + len(note)) + b"Photoshop 3.0\0" + note
    return made[:2] + app13 + made[2:] + note + zipped(note)


def png_with(note: bytes) -> bytes:
    """Return a drawing that carries the note wherever a drawing can."""
    text, letters = PngImagePlugin.PngInfo(), note.decode("latin-1")
    text.add_text("Comment", letters)
    text.add_text("Author", letters, zip=True)
    text.add_itxt("XML:com.adobe.xmp", letters)
    text.add(b"prVt", note)
    text.add(b"prVe", note, after_idat=True)
    exif = Image.Exif()
    exif[0x010E] = letters
    return packed("PNG", pnginfo=text, exif=exif, icc_profile=b"icc " + note) + note + zipped(note)


MAKERS = {"JPEG": jpeg_with, "PNG": png_with}


@pytest.mark.parametrize("kind", MAKERS)
@given(note=st.binary(min_size=12, max_size=40).filter(lambda note: len(set(note)) > 6))
def test_no_note_outlives_the_drawing(kind: str, note: bytes) -> None:
    canary = b"canary" + note.hex().encode() + b"<script>"
    before = MAKERS[kind](canary)
    after = redraw(before, kind)
    assert (canary in before, canary in after, canary[:20] in zlib_unpacked(after)) == (True, False, False)
    with Image.open(io.BytesIO(after)) as picture:
        assert dict(picture.getexif()) == {}
        assert set(picture.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert not zipfile.is_zipfile(io.BytesIO(after))
    assert kind_of(after) == {"JPEG": JPEG, "PNG": PNG}[kind]


def zlib_unpacked(data: bytes) -> bytes:
    """Return what lies packed in a PNG, where a plain search would not see it."""
    found, place = b"", 8
    while data.startswith(b"\x89PNG") and place < len(data):
        size, name = struct.unpack("!I4s", data[place : place + 8])
        found += b"" if name == b"IDAT" else data[place : place + 8 + size]
        place += size + 12
    return found


@pytest.mark.parametrize("kind", MAKERS)
def test_the_canary_test_would_see_a_note_that_is_left(kind: str) -> None:
    """The control: a plain opening and saving keeps what the drawing must drop."""
    canary = b"canary-of-the-control"
    with Image.open(io.BytesIO(MAKERS[kind](canary))) as picture:
        kept = packed(kind, picture, exif=picture.getexif(), icc_profile=picture.info["icc_profile"])
    assert canary in kept


@pytest.mark.parametrize(
    ("turn", "size", "corner"),
    [
        (1, (48, 32), "red"), (2, (48, 32), "white"), (3, (48, 32), "blue"), (4, (48, 32), "white"),
        (5, (32, 48), "red"), (6, (32, 48), "white"), (7, (32, 48), "blue"), (8, (32, 48), "white"),
        (99, (48, 32), "red"),
    ],
)  # fmt: skip
def test_a_picture_is_turned_as_its_notes_say(turn: int, size: tuple[int, int], corner: str) -> None:
    exif = Image.Exif()
    exif[0x0112] = turn
    with Image.open(io.BytesIO(redraw(packed("PNG", exif=exif), "PNG"))) as picture:
        seen = picture.convert("RGB")
        colours = {"red": (255, 0, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
        assert (seen.size, seen.getpixel((2, 2))) == (size, colours[corner])


@COMPLAINS
@pytest.mark.parametrize("kind", MAKERS)
@pytest.mark.parametrize("notes", [b"MM\0*\xff\xff\xff\xff", b"no notes at all"])
def test_a_picture_with_broken_notes_is_drawn_as_it_lies(kind: str, notes: bytes) -> None:
    data = packed(kind, exif=b"Exif\0\0" + notes)
    with Image.open(io.BytesIO(redraw(data, kind))) as picture:
        assert picture.size == (48, 32)


@pytest.mark.parametrize(
    ("mode", "options", "after"),
    [
        ("1", {}, "1"), ("L", {}, "L"), ("LA", {}, "LA"), ("RGB", {}, "RGB"), ("RGBA", {}, "RGBA"),
        ("P", {}, "RGB"), ("P", {"transparency": 0}, "RGBA"), ("RGB", {"transparency": (255, 0, 0)}, "RGBA"),
        ("I;16", {}, "I;16"),
    ],
)  # fmt: skip
def test_a_drawing_keeps_what_is_seen(mode: str, options: dict[str, Any], after: str) -> None:
    before = Image.new("I;16", (8, 8), 40_000) if mode == "I;16" else drawn(mode)
    data = packed("PNG", before, **options)
    with Image.open(io.BytesIO(redraw(data, "PNG"))) as picture, Image.open(io.BytesIO(data)) as given_one:
        assert picture.mode == after
        assert picture.tobytes() == given_one.convert(after).tobytes()


@pytest.mark.parametrize(("mode", "after"), [("L", "L"), ("RGB", "RGB"), ("CMYK", "RGB")])
def test_a_photograph_keeps_its_size_and_nearly_its_colours(mode: str, after: str) -> None:
    with Image.open(io.BytesIO(redraw(packed("JPEG", drawn(mode), quality=95), "JPEG"))) as picture:
        assert (picture.mode, picture.size) == (after, (48, 32))
        red = picture.convert("RGB").getpixel((4, 4))
    assert isinstance(red, tuple)
    assert red[0] > 60


def test_the_same_picture_gives_the_same_bytes() -> None:
    data = jpeg_with(b"the same note")
    assert redraw(data, "JPEG") == redraw(data, "JPEG")


@pytest.mark.parametrize("width", [20_000, 60_000])
def test_a_bomb_is_refused_before_it_is_unpacked(width: int) -> None:
    data = bytearray(packed("PNG"))
    data[16:24] = struct.pack("!II", width, width)
    data[29:33] = struct.pack("!I", zlib.crc32(bytes(data[12:29])))
    with pytest.raises(Refusal) as refused:
        redraw(bytes(data), "PNG")
    assert (refused.value.text, refused.value.field) == (TOO_LARGE, "file")


def test_forty_million_points_are_still_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MOST_PIXELS", 48 * 32)
    assert kind_of(redraw(packed("PNG"), "PNG")) == PNG
    monkeypatch.setattr(pictures, "MOST_PIXELS", 48 * 32 - 1)
    with pytest.raises(Refusal, match="миллионов точек"):
        redraw(packed("PNG"), "PNG")


@COMPLAINS
@pytest.mark.parametrize("kind", MAKERS)
def test_a_broken_picture_is_refused_in_words_or_drawn(kind: str) -> None:
    """Two thousand ways to break a picture: a sentence or a picture, never a trace."""
    chance, whole = random.Random(20261121), MAKERS[kind](b"a note in it")  # noqa: S311  # reason: repeatable breaking
    said: set[str] = set()
    for _ in range(2000):
        data = bytearray(whole[: chance.randrange(20, len(whole))] if chance.random() < 0.5 else whole)
        for _ in range(chance.randrange(1, 12)):
            data[chance.randrange(8, len(data))] = chance.randrange(256)
        try:
            redraw(bytes(data), kind)
        except Refusal as refused:
            said.add(refused.text)
    assert said <= {BROKEN, TOO_LARGE}
    assert BROKEN in said
