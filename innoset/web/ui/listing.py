"""Lists: filtered, sorted, paged, and drawn by one template."""

from collections.abc import Iterator
from typing import Any, ClassVar, Generic, TypeVar

import django_filters
import django_tables2 as tables
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.forms.boundfield import BoundField
from django.http import HttpRequest

from innoset.foundation.russian import counted
from innoset.web.ui.forms import polish

M = TypeVar("M", bound=Model)


class Table(tables.Table):  # type: ignore[misc]  # django_tables2 has no types
    """A table of the house: `attrs={"td": {"class": "num"}}` for figures, `"low"` to leave phones."""

    class Meta:
        template_name = "ui/table.html"
        attrs: ClassVar[dict[str, Any]] = {"class": "table"}


class Tick(tables.TemplateColumn):  # type: ignore[misc]  # django_tables2 has no types
    """A tick before each row; the ticks belong to the form of the bar under the list."""

    def __init__(
        self, *, name: str = "chosen", accessor: str = "pk", label: str = "Выбрать", **kwargs: Any
    ) -> None:
        kwargs = {
            "template_name": "ui/tick.html",
            "orderable": False,
            "verbose_name": "Выбор",
            "accessor": accessor,
            "extra_context": {"name": name, "label": label},
            "attrs": {"td": {"class": "tick"}, "th": {"class": "tick"}},
            **kwargs,
        }
        super().__init__(**kwargs)


class Listing(Generic[M]):
    """A list as one person sees it now: what they asked for, how it is sorted, which page it is.

    `Listing(request, queryset, filterset=F, table=T)`; in the template `<c-listing :listing=listing />`.
    Without a table the rows are in `listing.rows`, to be drawn as cards.
    """

    page_param: str = "page"

    def __init__(
        self,
        request: HttpRequest,
        queryset: QuerySet[M],
        *,
        filterset: type[django_filters.FilterSet] | None = None,
        table: type[tables.Table] | None = None,
        per_page: int = 50,
        words: tuple[str, str, str] = ("строка", "строки", "строк"),
        exclude: tuple[str, ...] = (),
    ) -> None:
        self.filterset = filterset(request.GET, queryset, request=request) if filterset else None
        self.words = words
        found = self.filterset.qs if self.filterset is not None else queryset
        if self.filterset is not None:
            _polish(self.filterset)
        self.table = table(found, exclude=exclude) if table else None
        if self.table is not None:
            tables.RequestConfig(request, paginate=False).configure(self.table)
            found = _sorted_for_certain(self.table)
        elif not found.ordered:
            found = found.order_by("pk")
        self.page: Page[M] = Paginator(found, per_page).get_page(request.GET.get(self.page_param))
        if self.table is not None:
            self.table.data.data = self.page.object_list

    @property
    def rows(self) -> Any:
        """Return the things on this page."""
        return self.page.object_list

    @property
    def count(self) -> int:
        """Return how many things were found on all pages."""
        return self.page.paginator.count

    @property
    def found(self) -> str:
        """Say how many were found, and which of them are shown."""
        total = counted(self.count, *self.words)
        if self.page.paginator.num_pages == 1:
            return total
        return f"{total}, показаны {self.page.start_index()}–{self.page.end_index()}"

    @property
    def fields(self) -> list[BoundField]:
        """Return the controls of the filter."""
        return list(self.filterset.form) if self.filterset is not None else []

    @property
    def filtered(self) -> bool:
        """Tell whether the person asked for a part of the list."""
        return (
            any(self.filterset.data.get(name) for name in self.filterset.form.fields)
            if self.filterset
            else False
        )


def _polish(filterset: Any) -> None:
    form = filterset.form
    form.label_suffix, form.use_required_attribute = "", False
    for name, field in form.fields.items():
        polish(name, field)


def _sorted_for_certain(table: Any) -> Any:
    """Return the table's rows with the key as the last thing to sort by, so that pages never overlap."""
    data = table.data.data
    order = tuple(data.query.order_by) or tuple(data.model._meta.ordering or ())
    return data.order_by(*order, "pk")


def pages_around(page: Page[Any], reach: int = 2) -> Iterator[int | None]:
    """Yield the page numbers worth a link; None stands for a gap."""
    previous = 0
    for number in page.paginator.page_range:
        if number in (1, page.paginator.num_pages) or abs(number - page.number) <= reach:
            if number - previous > 1:
                yield None
            yield number
            previous = number
