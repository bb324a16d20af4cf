"""The whole text of every paper, in every coat, against the golden one."""

import pytest

from innoset.documents.pure import application_paper, diploma, letter, minutes, order, receipt, roadmap_paper
from tests.pure.documents import samples
from tests.pure.documents.reading import docx_text, pdf_text, reader, squeezed

PRINTED = [
    ("receipt", receipt, samples.RECEIPT),
    ("receipt-bare", receipt, samples.BARE_RECEIPT),
    ("application", application_paper, samples.APPLICATION),
    ("application-blind", application_paper, samples.BLIND_COPY),
    ("letter-mend", letter, samples.TO_MEND),
    ("letter-bare", letter, samples.BARE_LETTER),
    ("letter-granted", letter, samples.GRANTED),
    ("letter-declined", letter, samples.DECLINED),
    ("minutes", minutes, samples.MINUTES),
    ("minutes-bare", minutes, samples.BARE_MINUTES),
    ("order", order, samples.ORDER),
    ("order-draft", order, samples.DRAFT_ORDER),
    ("diploma", diploma, samples.DIPLOMA),
    ("diploma-bare", diploma, samples.BARE_DIPLOMA),
    ("roadmap", roadmap_paper, samples.ROADMAP),
    ("plan-bare", roadmap_paper, samples.BARE_PLAN),
]
OFFICIAL = [case for case in PRINTED if hasattr(case[1], "paper")]
IN_WORD = [case for case in PRINTED if hasattr(case[1], "docx")]
BY_MAIL = [case for case in PRINTED if hasattr(case[1], "text")]


STANDARDS = ["pdfaid:part>2<", "pdfaid:conformance>A<", "pdfuaid:part>1<"]


def named(cases):
    return pytest.mark.parametrize(("name", "module", "paper"), cases, ids=[case[0] for case in cases])


@named(PRINTED)
def test_the_pdf_says_exactly_this(name, module, paper, golden):
    golden(f"{name}.pdf", pdf_text(module.pdf(paper, at=samples.AT)))


@named(IN_WORD)
def test_the_word_document_says_exactly_this(name, module, paper, golden):
    golden(f"{name}.docx", docx_text(module.docx(paper, at=samples.AT)))


@named(BY_MAIL)
def test_the_plain_letter_says_exactly_this(name, module, paper, golden):
    golden(f"{name}.plain", module.text(paper))


@named(PRINTED)
def test_the_same_paper_gives_the_same_bytes(name, module, paper):
    assert module.pdf(paper, at=samples.AT) == module.pdf(paper, at=samples.AT)


@named(IN_WORD)
def test_the_same_paper_gives_the_same_word_document(name, module, paper):
    assert module.docx(paper, at=samples.AT) == module.docx(paper, at=samples.AT)


@named(PRINTED)
def test_the_pdf_is_tagged_titled_and_russian(name, module, paper):
    document = reader(module.pdf(paper, at=samples.AT))
    catalog = document.trailer["/Root"]
    assert "/StructTreeRoot" in catalog
    assert catalog["/Lang"] == "ru"
    assert catalog["/MarkInfo"]["/Marked"].value
    assert catalog["/ViewerPreferences"]["/DisplayDocTitle"].value
    assert (document.metadata.title, document.metadata.creation_date) == (
        module.sheet(paper).title,
        samples.AT,
    )
    told = catalog["/Metadata"].get_data().decode()
    assert [mark for mark in STANDARDS if mark in told] == STANDARDS


@named(OFFICIAL)
def test_pdf_word_and_plain_text_carry_the_same_words(name, module, paper):
    composed = module.paper(paper)
    printed = squeezed(pdf_text(module.pdf(paper, at=samples.AT)))
    missing = [text for text in texts_of(composed.blocks) if squeezed(text) not in printed]
    assert missing == []


def texts_of(value):
    """List every text inside a paper, in order, a line apiece."""
    if isinstance(value, str):
        yield from value.split("\n") if len(value) > 12 else ()
    elif isinstance(value, tuple):
        for inner in value:
            yield from texts_of(inner)
    elif hasattr(value, "__dict__"):
        for inner in vars(value).values():
            yield from texts_of(inner)
