"""What every page knows."""

from django.conf import settings
from django.http import HttpRequest

from innoset.web.ui.display import Display


def page(request: HttpRequest) -> dict[str, object]:
    """Give the templates the person's display settings and the names of the site."""
    return {
        "display": Display.asked_by(request),
        "site_name": settings.SITE_NAME,
        "support_email": settings.SUPPORT_EMAIL,
    }
