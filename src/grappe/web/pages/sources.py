"""Sources, what was taken from each, and one citation."""

from django.http import HttpRequest, HttpResponse

from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice
from grappe.domain.field import declaration
from grappe.queries import navigation, overview, sheets
from grappe.web.pages.render import page_number, show, when_of


def sources(request: HttpRequest) -> HttpResponse:
    """Documents cited, with how many statements each supports."""
    return show(
        request,
        "sources.html",
        when_of(request),
        sources=overview.list_sources(),
        datasets=overview.datasets(),
    )


def source(request: HttpRequest, source: str) -> HttpResponse:
    """One source, and what was taken from it line by line.

    Raises
    ------
    BadChoice
        If the line asked is not a number.
    """
    line = request.GET.get("line") or None
    if line is not None and not (line.isascii() and line.isdigit()):
        raise BadChoice(name="line", value=line, accepted="1, 2, 3…")
    found = navigation.source(source)
    part = navigation.statements_of_source(source, int(line) if line else None, page_number(request))
    return show(
        request,
        "source.html",
        when_of(request),
        source=found,
        line=line,
        part=part,
        named=navigation.named(row["entity"] for row in part.rows),
    )


def statement(request: HttpRequest, statement: str) -> HttpResponse:
    """One fact: what is said, by which source, where it stands, what was decided about it."""
    found = sheets.statement(statement)
    value = found["value"]
    ids = {found["entity"], *(value if isinstance(value, list) else [str(value)])}
    return show(
        request,
        "statement.html",
        when_of(request),
        statement=found,
        field=declaration(Kind(found["entity_kind"])).fields[found["field"]],
        named=navigation.named(ids | ({found["by"]} if isinstance(found.get("by"), str) else set())),
    )
