"""The frozen PDF that a head reads and signs: the texts, the files by checksum, the seal of both."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from innoset.contests.models import Application
from innoset.contests.papers.receipts import printed_application
from innoset.documents.pure import application_paper
from innoset.foundation.files.models import StoredFile
from innoset.projects.models import PassportVersion

SEAL = "Контрольная сумма того, что подтверждает руководитель (SHA-256)"


def frozen_pdf(
    application: Application,
    *,
    version: PassportVersion,
    sha256: str,
    files: Sequence[StoredFile],
    at: datetime,
) -> bytes:
    """Print what is to be confirmed; the same content and moment give the same bytes."""
    paper = replace(
        printed_application(application, version),
        digest=sha256,
        digest_title=SEAL,
        files=tuple(f"{file.name}: {file.sha256}" for file in files),
    )
    return application_paper.pdf(paper, at=at)
