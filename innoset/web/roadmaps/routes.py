"""The addresses of a roadmap, the same at every door."""

from django.urls import URLPattern, path

from innoset.web.roadmaps import files, items, pages
from innoset.web.roadmaps.frame import Find, Page, at_door


def routes_of(start: str, name: str, find: Find, *, has_lines: bool = True) -> list[URLPattern]:
    """Return the addresses under `start`, which holds the number; their names begin with `name`."""
    every: list[tuple[str, Page, str]] = [
        ("", pages.page, ""),
        ("history/", pages.history, "history"),
        ("return/", pages.send_back, "return"),
        ("steps/<slug:name>/", pages.step, "step"),
        ("items/new/", items.new, "new"),
        ("items/<int:item>/", items.edit, "item"),
        ("items/<int:item>/mark/", items.mark, "mark"),
        ("items/<int:item>/drop/", items.drop, "drop"),
        ("roadmap.xlsx", files.xlsx, "xlsx"),
        ("roadmap.docx", files.docx, "docx"),
        ("tables/", files.load, "load"),
        ("tables/<int:table>/", files.table, "table"),
        ("tables/<int:table>/file/", files.original, "original"),
    ]
    if has_lines:
        every.append(("lines/", pages.lines, "lines"))
    return [
        path(f"{start}{part}", at_door(view, find), name=f"{name}_{label}" if label else name)
        for part, view, label in every
    ]
