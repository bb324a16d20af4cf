"""A list is previewed first, written when confirmed, and updates instead of doubling."""

import io
from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from python_calamine import CalamineWorkbook  # noqa: TID253  # reason: tests read what goes out

from innoset.exchange import actions, papers, queries
from innoset.exchange.models import ImportBatch
from innoset.foundation.errors import Refusal
from innoset.network.models import Organisation
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db
HEAD = "Название;Тип;Район;ИНН;КПП;ОГРН;Телефон"
SEVEN = "МБОУ СОШ № 7;школа;Выселковский район;2340018182;234001001;1062340003010;"
COURT = "Детский сад № 3;сад;г. Краснодар;2309055993;230901001;;"
BAD = "Школа без номера;школа;Заречье;;;;"


@pytest.fixture
def organiser() -> Any:
    return world.member(world.organisation("КНМЦ"), Role.ORGANISER)


def read(*lines: Any, by: Any, at: datetime, name: Any = "список.csv") -> Any:
    data = "\n".join([HEAD, *lines]).encode("cp1251")
    return actions.read_list(ImportBatch(), data=data, name=name, by=by, at=at)


def listed() -> Any:
    found = Organisation.objects.exclude(short_name="КНМЦ").order_by("number")
    return list(found.values_list("number", "short_name", "kind", "municipality__name", "phone"))


def test_reading_writes_nothing_into_the_registry(organiser: Any, at: datetime) -> None:
    batch = read(SEVEN, COURT, BAD, by=organiser, at=at)
    assert listed() == []
    assert batch.counts == {"new": 2, "bad": 1}
    assert [(row["line"], row["verdict"]) for row in batch.rows] == [(2, "new"), (3, "new"), (4, "bad")]
    assert batch.rows[2]["reasons"] == [
        "Столбец «Муниципалитет»: «Заречье» не найден. Впишите название, как на сайте.",
        "Нечем отличить организацию от других: заполните ИНН и КПП, или ОГРН.",
    ]
    assert (batch.file.name, batch.file.media_type) == ("список.csv", "text/csv")


def test_confirming_writes_the_good_rows(organiser: Any, at: datetime) -> None:
    batch = read(SEVEN, COURT, BAD, by=organiser, at=at)
    assert actions.apply_list(batch, by=organiser, at=at) == {"new": 2, "bad": 1}
    assert listed() == [
        ("23-0001", "МБОУ СОШ № 7", "school", "Выселковский район", ""),
        ("23-0002", "Детский сад № 3", "kindergarten", "город Краснодар", ""),
    ]
    with pytest.raises(Refusal, match="уже внесён"):
        actions.apply_list(batch, by=organiser, at=at)


def test_a_second_import_updates_instead_of_doubling(organiser: Any, at: datetime) -> None:
    actions.apply_list(read(SEVEN, COURT, by=organiser, at=at), by=organiser, at=at)
    again = read(SEVEN + "8-86157-0-00-00", COURT, by=organiser, at=at)
    assert again.counts == {"update": 1, "same": 1}
    assert (again.rows[0]["changes"], again.rows[0]["number"]) == (["phone"], "23-0001")
    assert actions.apply_list(again, by=organiser, at=at) == {"update": 1, "same": 1, "bad": 0}
    assert [row[-1] for row in listed()] == ["8-86157-0-00-00", ""]
    third = read(SEVEN, COURT, by=organiser, at=at)
    assert third.counts == {"same": 2}


def test_one_known_by_ogrn_alone_gets_its_other_numbers(organiser: Any, at: datetime) -> None:
    world.organisation("Школа", ogrn="1062340003010")
    batch = read(SEVEN, by=organiser, at=at)
    assert (batch.counts, batch.rows[0]["changes"]) == (
        {"update": 1},
        ["inn", "kpp", "municipality", "name", "short_name"],
    )
    actions.apply_list(batch, by=organiser, at=at)
    assert Organisation.objects.get(ogrn="1062340003010").inn == "2340018182"


def test_what_changed_meanwhile_is_judged_anew(organiser: Any, at: datetime) -> None:
    first = read(SEVEN, by=organiser, at=at)
    second = read(SEVEN, by=organiser, at=at)
    actions.apply_list(first, by=organiser, at=at)
    assert actions.apply_list(second, by=organiser, at=at) == {"same": 1, "bad": 0}
    assert len(listed()) == 1


def test_one_refused_row_takes_all_back(organiser: Any, at: datetime) -> None:
    world.organisation("По ИНН", inn="2340018182", kpp="234001001")
    world.organisation("По ОГРН", ogrn="1062340003010")
    batch = read(COURT, SEVEN, by=organiser, at=at)
    before = listed()
    with pytest.raises(Refusal, match=r"^Строка 3: .* Ничего не внесено: исправьте строку\.$"):
        actions.apply_list(batch, by=organiser, at=at)
    assert listed() == before
    batch.refresh_from_db()
    assert batch.applied_at is None


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Файл пустой."),
        (b"PK\x03\x04", "Файл повреждён"),
        ("Имя;Возраст\nА;5".encode(), "В файле не нашлись столбцы: «Краткое наименование», «Вид»"),
        (HEAD.encode(), "Под названиями столбцов нет ни одной строки."),
    ],
)
def test_a_file_that_is_no_list_is_refused_in_words(
    organiser: Any, at: datetime, data: Any, said: Any
) -> None:
    with pytest.raises(Refusal) as no:
        actions.read_list(ImportBatch(), data=data, name="x.csv", by=organiser, at=at)
    assert no.value.text.startswith(said)
    assert no.value.field == "file"
    assert list(ImportBatch.objects.all()) == []


@pytest.mark.parametrize("role", [Role.HEAD, Role.COORDINATOR, Role.APPROVER])
def test_others_may_not_import(organiser: Any, at: datetime, role: Any) -> None:
    stranger = world.member(world.organisation(), role)
    with pytest.raises(PermissionDenied):
        read(SEVEN, by=stranger, at=at)
    batch = read(SEVEN, by=organiser, at=at)
    with pytest.raises(PermissionDenied):
        actions.apply_list(batch, by=stranger, at=at)
    assert list(queries.batches_visible_to(stranger)) == []
    assert list(queries.batches_visible_to(organiser)) == [batch]


def sheet_of(data: Any, index: Any = 0) -> Any:
    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(index).to_python()


def test_bad_rows_go_back_with_their_reasons(organiser: Any, at: datetime) -> None:
    batch = read(SEVEN, "=1+1;школа;Заречье;;;;", by=organiser, at=at)
    head, line = sheet_of(papers.bad_rows(batch))
    assert head[:3] == ["Строка", "Что исправить", "Столбец 1"]
    assert (line[0], line[2]) == (3, "=1+1")
    assert line[1].splitlines()[0].startswith("Столбец «Муниципалитет»: «Заречье» не найден.")


def test_the_template_can_be_read_back(organiser: Any, at: datetime) -> None:
    with pytest.raises(Refusal, match="столбцы") as no:
        actions.read_list(
            ImportBatch(), data=papers.bad_rows(ImportBatch(rows=[])), name="x", by=organiser, at=at
        )
    assert no.value.field == "file"
    batch = actions.read_list(ImportBatch(), data=papers.template(), name="образец.xlsx", by=organiser, at=at)
    assert (batch.rows[0]["verdict"], batch.rows[0]["reasons"]) == ("new", [])
    assert len(sheet_of(papers.template(), 1)) == 10


def test_the_registry_goes_out_and_comes_back_the_same(organiser: Any, at: datetime) -> None:
    actions.apply_list(read(SEVEN, COURT, by=organiser, at=at), by=organiser, at=at)
    data = papers.registry(Organisation.objects.exclude(short_name="КНМЦ"))
    batch = actions.read_list(ImportBatch(), data=data, name="реестр.xlsx", by=organiser, at=at)
    assert batch.counts == {"same": 2}


# ── The founder ─────────────────────────────────────────────────────────────

FOUNDED = "Название;Тип;Район;ИНН;КПП;Учредитель"


def founded(founder: str, *, by: Any, at: datetime) -> Any:
    line = f"МБОУ СОШ № 7;школа;Выселковский район;2340018182;234001001;{founder}"
    data = f"{FOUNDED}\n{line}".encode("cp1251")
    return actions.read_list(ImportBatch(), data=data, name="список.csv", by=by, at=at)


@pytest.mark.parametrize("cell", ["2309055993", "1062340003010", "управление  ОБРАЗОВАНИЯ", "О-77777"])
def test_a_founder_is_known_by_a_number_or_by_a_name_of_its_own(
    organiser: Any, at: datetime, cell: str
) -> None:
    office = world.organisation(
        "Управление образования", inn="2309055993", ogrn="1062340003010", number="О-77777"
    )
    actions.apply_list(founded(cell, by=organiser, at=at), by=organiser, at=at)
    assert Organisation.objects.get(inn="2340018182").founder == office
    assert founded("", by=organiser, at=at).counts == {"same": 1}
    data = papers.registry(Organisation.objects.filter(inn="2340018182").select_related("founder"))
    back = actions.read_list(ImportBatch(), data=data, name="реестр.xlsx", by=organiser, at=at)
    assert back.counts == {"same": 1}


def test_a_founder_may_change_by_a_list(organiser: Any, at: datetime) -> None:
    first, second = world.organisation("Первое управление"), world.organisation("Второе управление")
    actions.apply_list(founded(first.short_name, by=organiser, at=at), by=organiser, at=at)
    again = founded(second.short_name, by=organiser, at=at)
    assert again.rows[0]["changes"] == ["founder"]
    actions.apply_list(again, by=organiser, at=at)
    assert Organisation.objects.get(inn="2340018182").founder == second


@pytest.mark.parametrize("count", [0, 2])
def test_a_founder_whom_nobody_or_many_answer_to_is_explained(
    organiser: Any, at: datetime, count: int
) -> None:
    for _ in range(count):
        world.organisation("Управление образования")
    batch = founded("Управление образования", by=organiser, at=at)
    reason = (
        "Столбец «Учредитель»: «Управление образования» не нашлось или нашлось несколько. "
        "Впишите ИНН учредителя. Если его нет в реестре, сначала внесите его."
    )
    assert (batch.rows[0]["verdict"], batch.rows[0]["reasons"]) == ("bad", [reason])
