"""Pictures drawn anew: what one sees stays, everything that was written beside it goes."""

import struct
import zlib
from io import BytesIO
from threading import Lock

from PIL import Image

from innoset.foundation.errors import Refusal

MOST_PIXELS = 40_000_000
QUALITY = 90
SWIFT = 4
"""Of the nine levels of packing: a large scan must not keep a person waiting."""

_one_at_a_time = Lock()
"""A picture of 40 million points takes a quarter of a gigabyte while it is drawn."""

_PLAIN = {"JPEG": {"L", "RGB"}, "PNG": {"1", "L", "LA", "RGB", "RGBA", "I;16"}}
_ORIENTATION = 0x0112
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    LookupError,
    TypeError,
    ArithmeticError,
    struct.error,
    zlib.error,
)
"""What a decoder says of broken bytes: each kind of picture and each part of it in its own words."""


def redraw(data: bytes, kind: str) -> bytes:
    """Return the picture («JPEG» or «PNG») decoded and written anew, upright, without any note of its making.

    A picture that cannot be decoded, or has more than 40 million points, is refused with the cure.
    """
    try:
        with _one_at_a_time, Image.open(BytesIO(data), formats=(kind,)) as picture:
            _require_modest(*picture.size)
            return _written(_plain(_upright(picture), kind), kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise _too_large() from bomb
    except _BROKEN as error:
        raise Refusal(
            "Рисунок не открывается: файл повреждён. Сохраните его заново и приложите снова.", field="file"
        ) from error


def _require_modest(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_large()


def _too_large() -> Refusal:
    most = MOST_PIXELS // 1_000_000
    return Refusal(f"В рисунке больше {most} миллионов точек. Уменьшите его и приложите снова.", field="file")


def _upright(picture: Image.Image) -> Image.Image:
    """Turn the picture as its notes say; a picture with broken notes stays as it lies."""
    picture.load()
    try:
        turn = _TURNS.get(picture.getexif().get(_ORIENTATION, 1))
    except _BROKEN:
        turn = None
    return picture if turn is None else picture.transpose(turn)


def _plain(picture: Image.Image, kind: str) -> Image.Image:
    """Leave the points only: no palette, no colour profile, no notes."""
    mode = picture.mode
    if kind == "PNG" and ("transparency" in picture.info or mode in {"PA", "RGBa", "La"}):
        mode = "RGBA"
    elif mode not in _PLAIN[kind]:
        mode = "RGB"
    plain = picture if mode == picture.mode else picture.convert(mode)
    plain.info = {}
    return plain


def _written(picture: Image.Image, kind: str) -> bytes:
    into = BytesIO()
    if kind == "JPEG":
        picture.save(into, kind, quality=QUALITY)
    else:
        picture.save(into, kind, compress_level=SWIFT)
    return into.getvalue()
