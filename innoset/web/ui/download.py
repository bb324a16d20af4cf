"""Handing out a private file: always as an attachment or a sealed PDF, never as active content."""

from urllib.parse import quote

from django.http import Http404, HttpResponse

from innoset.foundation.files.kinds import PDF
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.storage import read


def hand_out(stored: StoredFile | None) -> HttpResponse:
    """Answer with the file under the name that people know; the caller has checked who may see it."""
    if stored is None:
        raise Http404
    return bytes_as_file(read(stored), name=stored.name, media_type=stored.media_type)


def bytes_as_file(data: bytes, *, name: str, media_type: str) -> HttpResponse:
    """Answer with bytes as a download; a PDF may be looked at in the browser."""
    place = "inline" if media_type == PDF else "attachment"
    response = HttpResponse(data, content_type=media_type)
    response["Content-Disposition"] = f"{place}; filename*=UTF-8''{quote(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox"
    response["Cache-Control"] = "private, no-store"
    return response
