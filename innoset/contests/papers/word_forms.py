"""The official form in Word: by the contest's own template where it has one."""

import base64
import json
from collections.abc import Mapping

from innoset.contests.models import Contest
from innoset.foundation import sandbox
from innoset.foundation.files.queries import objection_to_opening
from innoset.foundation.files.storage import read
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Signature
from innoset.projects.pure.word_out import write_form

UNSIGNED = Signature()
# By name: the libraries behind it are only needed in the process apart.
FILL = "innoset.projects.pure.template_apart:fill_apart"


def word_form(
    contest: Contest,
    form_code: str,
    values: Mapping[str, str],
    *,
    stages: int,
    signature: Signature = UNSIGNED,
) -> bytes:
    """Return the filled form as a .docx file.

    A template that no longer fits (the contest took another form since), or waits for the virus scanner,
    gives way to the product's own:
    an applicant is never left without a file.
    """
    own = _by_template(contest, form_code, values, stages=stages, signature=signature)
    return own or write_form(form_by_code(form_code), values, stages=stages, signature=signature)


def _by_template(
    contest: Contest, form_code: str, values: Mapping[str, str], *, stages: int, signature: Signature
) -> bytes:
    if contest.word_template is None or objection_to_opening(contest.word_template):
        return b""
    try:
        made = sandbox.run(FILL, _packed(read(contest.word_template), form_code, values, stages, signature))
    except (sandbox.NoAnswer, FileNotFoundError):
        return b""
    return b"" if made["faults"] else base64.b64decode(made["docx"])


def _packed(
    template: bytes, form_code: str, values: Mapping[str, str], stages: int, signature: Signature
) -> bytes:
    given = {
        "template": base64.b64encode(template).decode(),
        "form": form_code,
        "values": dict(values),
        "stages": stages,
        "signing": [signature.position, signature.name, signature.signed_on],
    }
    return json.dumps(given).encode()
