"""Which schemes are there, and what does each say?"""

from collections.abc import Mapping
from datetime import date

from grappe.policy.scheme import Scheme
from grappe.policy.scheme_files import scheme as one_scheme
from grappe.policy.scheme_files import schemes as every_scheme
from grappe.present.plain import Plain
from grappe.present.policies import scheme_line, scheme_plain
from grappe.store.scheme_folders import scheme_folders


def schemes() -> Mapping[str, Scheme]:
    """All schemes by id.

    Raises
    ------
    InputRefused
        If a file of a scheme has a mistake.
    """
    return every_scheme(scheme_folders())


def scheme(id: str) -> Scheme:
    """One scheme.

    Raises
    ------
    UnknownThing
        If there is no such scheme.
    """
    return one_scheme(id, scheme_folders())


def schemes_of(country: str, by: date) -> list[Scheme]:
    """Schemes of a country that began by a day, in order of time; last those whose first day is not told."""
    found = [one for one in schemes().values() if one.country == country and first_day(one) <= by]
    return sorted(found, key=lambda one: (first_day(one) == date.min, first_day(one), one.id))


def first_day(one: Scheme) -> date:
    """The earliest day on which a scheme can have begun; the first of all days where nothing bounds it."""
    start = one.validity.start
    return start.span(one.parameters)[0] if start else date.min


def list_schemes() -> list[Plain]:
    """Schemes as lines, by country and id."""
    return [scheme_line(one) for one in sorted(schemes().values(), key=lambda one: (one.country, one.id))]


def show_scheme(id: str) -> Plain:
    """Everything that is said of a scheme.

    Raises
    ------
    UnknownThing
        If there is no such scheme.
    """
    return scheme_plain(scheme(id))
