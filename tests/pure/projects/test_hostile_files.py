"""Files that must not be read: each is refused with a sentence that names the cure."""

import pytest

from innoset.projects.pure.reading import Outcome, Reading, read
from tests.pure.projects.hostile import HOSTILE, with_field, with_part, with_relation
from tests.pure.projects.word_files import docx, para


def test_the_corpus_is_wide() -> None:
    assert len(HOSTILE) >= 75


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_refused_with_the_cure(name: str) -> None:
    data, reason = HOSTILE[name]
    assert read(data, f"{name}.docx") == Reading(Outcome.REFUSED, reason)


@pytest.mark.parametrize(
    ("kind", "target"),
    [("hyperlink", "https://example.org/"), ("attachedTemplate", r"file:///C:\Users\x\Normal.dotm")],
)
def test_harmless_links_do_not_spoil_a_file(kind: str, target: str) -> None:
    assert read(with_relation(kind, target)).outcome is Outcome.OK


def test_ordinary_fields_and_pictures_do_not_spoil_a_file() -> None:
    """A page number, a date and a picture stand in most files."""
    assert read(with_field("PAGE \\* MERGEFORMAT")).outcome is Outcome.NO_FORM_FOUND
    assert read(with_part("word/media/image1.png", b"\x89PNG")).outcome is Outcome.OK


NO_FORM = "В файле не найдена форма «Паспорт инновационного проекта (программы)». Проверьте, тот ли файл вы выбрали."
ORDER = (
    "ПРИКАЗ",
    "О присвоении статуса муниципальной инновационной площадки",
    "1. Присвоить статус организациям согласно приложению.",
    "2. Контроль оставляю за собой.",
    "Начальник управления ____________ И.И. Петрова",
)
BOOKLET = (
    "Муниципальная инновационная площадка",
    "ЦЕЛЬ – развитие наставничества",
    "I этап (2021-22 уч.г.)",
    "Разработка методических инструментов",
    "РЕЗУЛЬТАТ",
    "Новизна в том, что наставник и молодой учитель ведут общий класс.",
)


@pytest.mark.parametrize(
    "blocks",
    [(), ORDER, BOOKLET, tuple(["текст без всякой формы"] * 300)],
    ids=["empty", "order", "booklet", "long"],
)
def test_another_document_is_no_form(blocks: tuple[str, ...]) -> None:
    assert read(docx(*map(para, blocks))) == Reading(Outcome.NO_FORM_FOUND, NO_FORM)
