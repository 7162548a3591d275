"""What every page is given, and what it reads from its address."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from grappe.domain.errors import BadChoice
from grappe.queries import navigation
from grappe.queries.moment import Moment, moment

Row = TypeVar("Row")
PAGE = 100


def show(request: HttpRequest, template: str, when: Moment, **context: Any) -> HttpResponse:
    """A page with what all pages need: the moment it speaks of, titles of sources, its own query."""
    common = {
        "when": when,
        "cards": navigation.source_cards(),
        "here": Here(request),
    }
    return render(request, template, common | context)


def when_of(request: HttpRequest) -> Moment:
    """The moment that the address asks of.

    Raises
    ------
    BadChoice
        If `on` or `known` is not a date.
    """
    return moment(request.GET.get("on") or None, request.GET.get("known") or None)


def given(request: HttpRequest) -> dict[str, list[str]]:
    """Query parameters as lists."""
    return {name: request.GET.getlist(name) for name in request.GET}


def one_of(request: HttpRequest, name: str, accepted: Iterable[str]) -> str | None:
    """A parameter with a closed list; nothing if it is left out or empty.

    Raises
    ------
    BadChoice
        If the value is not in the list.
    """
    value = request.GET.get(name, "").strip()
    choices = {choice.casefold(): choice for choice in accepted}
    if value and value.casefold() not in choices:
        raise BadChoice(name=name, value=value, accepted=", ".join(choices.values()))
    return choices.get(value.casefold())


def page_number(request: HttpRequest) -> int:
    """Which page of a long list is asked.

    Raises
    ------
    BadChoice
        If it is not a whole number of 1 or more.
    """
    text = request.GET.get("page") or "1"
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise BadChoice(name="page", value=text, accepted="1, 2, 3…")
    return int(text)


@dataclass(frozen=True)
class Part(Generic[Row]):
    """A part of a long list: its rows, how many there are in all, and which page this is."""

    rows: Sequence[Row]
    total: int
    page: int
    pages: int


def part_of(rows: Sequence[Row], page: int) -> Part[Row]:
    """One page of a list, a hundred rows at most; a page past the end is the last one."""
    pages = max(1, -(-len(rows) // PAGE))
    page = min(page, pages)
    return Part(rows[(page - 1) * PAGE : page * PAGE], len(rows), page, pages)


class Here:
    """The address of the page, and the addresses that differ from it by a parameter."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = request

    @cached_property
    def query(self) -> str:
        """Parameters without the page number, as they are written after the question mark."""
        return self.with_(page=None).removeprefix("?")

    def with_(self, **changes: str | int | None) -> str:
        """The query with some parameters set, or removed where they are none."""
        kept = [
            (name, value)
            for name, values in self._request.GET.lists()
            if name not in changes
            for value in values
            if value
        ]
        kept += [(name, str(value)) for name, value in changes.items() if value is not None]
        return f"?{urlencode(kept)}"

    def values(self, name: str) -> list[str]:
        """Values of a parameter."""
        return self._request.GET.getlist(name)
