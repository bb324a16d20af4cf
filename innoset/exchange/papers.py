"""Tables that go out: the template of a list, its bad rows with reasons, the registry."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

from innoset.exchange.models import ImportBatch
from innoset.exchange.pure.columns import COLUMNS
from innoset.exchange.pure.rows import KIND_WORDS
from innoset.exchange.queries import founder_mark
from innoset.network.models import Municipality, Organisation
from innoset.network.states import KIND_LABELS, OrganisationKind

WIDEST = 60
_EXAMPLE = (
    "Муниципальное бюджетное общеобразовательное учреждение средняя общеобразовательная школа № 7",
    "МБОУ СОШ № 7",
    "школа",
    "Выселковский район",
    "2399000072",
    "239901001",
    "1022300000073",
    "",
    "станица Заречная, улица Школьная, 1",
    "school7@innoset.example",
    "+7 000 000-00-00",
    "https://school7.example",
    "Берёзкина Ольга Викторовна",
    "Директор",
)


def template() -> bytes:
    """Return an empty list with our columns, an example row and the words to choose from."""
    titles = [column.title for column in COLUMNS]
    kinds = [(KIND_LABELS[kind], ", ".join(words)) for kind, words in KIND_WORDS.items()]
    places = [(place.name,) for place in Municipality.objects.filter(valid_to=None)]
    return book(
        ("Организации", titles, [_EXAMPLE]),
        ("Виды", ["Вид", "Как ещё можно написать"], kinds),
        ("Муниципалитеты", ["Название"], places),
    )


def bad_rows(batch: ImportBatch) -> bytes:
    """Return the rows that were not taken, each with its line and the reasons."""
    bad = [row for row in batch.rows if row["verdict"] == "bad"]
    widest = max((len(row["cells"]) for row in bad), default=0)
    titles = ["Строка", "Что исправить", *(f"Столбец {place}" for place in range(1, widest + 1))]
    lines = [(row["line"], "\n".join(row["reasons"]), *row["cells"]) for row in bad]
    return book(("Не принято", titles, lines))


def registry(organisations: Iterable[Organisation]) -> bytes:
    """Return organisations with the columns of the import, so that the file can come back mended."""
    titles = ["Номер", *(column.title for column in COLUMNS)]
    lines = [(one.number, *(_cell(one, column.name) for column in COLUMNS)) for one in organisations]
    return book(("Организации", titles, lines))


def _cell(organisation: Organisation, name: str) -> str:
    if name == "kind":
        return KIND_LABELS[OrganisationKind(organisation.kind)]
    if name == "founder":
        return founder_mark(organisation.founder)
    return str(getattr(organisation, name))


def book(*sheets: tuple[str, Sequence[str], Iterable[Sequence[Any]]]) -> bytes:
    """Return an XLSX file; every text stays text, so that nothing in it can turn into a formula."""
    # Imported here: only downloads need it.
    import xlsxwriter  # reason: reads a large library

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        bold = made.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        plain = made.add_format({"text_wrap": True, "valign": "top"})
        for title, head, lines in sheets:
            sheet = made.add_worksheet(title)
            sheet.freeze_panes(1, 0)
            for place, name in enumerate(head):
                sheet.write_string(0, place, name, bold)
                sheet.set_column(place, place, min(WIDEST, max(14, len(name) + 2)))
            for number, line in enumerate(lines, start=1):
                for place, cell in enumerate(line):
                    write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                    write(number, place, cell, plain)
    return target.getvalue()
