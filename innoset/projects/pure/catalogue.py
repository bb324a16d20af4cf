"""The forms the product ships."""

from innoset.projects.pure.forms import Form
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.programme_form import PROGRAMME
from innoset.projects.pure.report_form import REPORT
from innoset.projects.pure.site_report_form import SITE_REPORT

FORMS: tuple[Form, ...] = (PASSPORT, PROGRAMME, REPORT, SITE_REPORT)


def form_by_code(code: str) -> Form:
    """Return the form with this code; `KeyError` when there is none."""
    for form in FORMS:
        if form.code == code:
            return form
    raise KeyError(code)
