"""The addresses of the product and one more: a bare view, against which time is told."""

from typing import Final

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path

from innoset.conf import urls

FLOOR: Final = "bench/floor/"
_PAGE: Final = ("<p>Пустая страница для сравнения.</p>\n" * 1000).encode()[:10_240]


@login_not_required
def floor(request: HttpRequest) -> HttpResponse:
    """Answer with ten kilobytes and do nothing else."""
    del request
    return HttpResponse(_PAGE)


handler400 = urls.handler400
handler403 = urls.handler403
handler404 = urls.handler404
handler500 = urls.handler500
urlpatterns: list[URLPattern | URLResolver] = [path(FLOOR, floor, name="bench_floor"), *urls.urlpatterns]
