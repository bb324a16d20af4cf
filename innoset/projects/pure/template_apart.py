"""What a process apart is asked about a template: to check it, to fill it; plain data in and out."""

import base64
import json
from typing import Any, Final

from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Signature
from innoset.projects.pure.report_form import REPORT
from innoset.projects.pure.word_template import faults_of, fill, starting_template

# The process opens no file while it works, so whatever the libraries load on first use is loaded before.
READY: Final = faults_of(starting_template(REPORT), REPORT)


def fill_apart(data: bytes) -> dict[str, Any]:
    """Fill a template; texts travel with it in one JSON, for they may be long."""
    given = json.loads(data)
    form = form_by_code(given["form"])
    template = base64.b64decode(given["template"])
    filled = fill(
        template, form, given["values"], stages=given["stages"], signature=Signature(*given["signing"])
    )
    return {"docx": base64.b64encode(filled.data).decode(), "faults": list(filled.faults)}


def check_apart(data: bytes, form_code: str) -> list[str]:
    """Return the faults of a template; runs in another process."""
    return list(faults_of(data, form_by_code(form_code)))
