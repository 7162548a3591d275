"""The menu: every page of it exists, and one entry at most says "you are here"."""

import pytest
from django.urls import reverse

from grappe.web.menu import MENU, menu

PAGES = [name for _, pages in MENU for name, _ in pages]


def address(name: str) -> str:
    return reverse(name, args=("en",))


def here(path: str) -> list[str]:
    return [page.title for section in menu(path, address) for page in section.pages if page.here]


@pytest.mark.parametrize("name", PAGES)
def test_each_page_marks_itself_and_no_other(name: str) -> None:
    titles = {page: title for _, pages in MENU for page, title in pages}
    assert here(address(name)) == [titles[name]]


def test_no_page_stands_twice() -> None:
    assert len(PAGES) == len(set(PAGES))


def test_a_page_below_one_of_the_menu_marks_that_one() -> None:
    assert here("/en/clusters/ma-ce3m/") == ["Clusters"]


def test_a_page_outside_the_menu_marks_nothing() -> None:
    assert here("/en/search/") == []
