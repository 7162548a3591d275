"""How do countries, sectors, forms or clusters compare, and what of the study's own claims?"""

from collections.abc import Sequence
from functools import lru_cache

from grappe.census.claims import examine
from grappe.census.comparison import check_number, compare_entities, compare_groups, levels_of
from grappe.census.facts import Facts
from grappe.census.legal_forms import legal_forms, without_form
from grappe.census.row import ClusterRow, rows
from grappe.census.urban_map import RADII, THRESHOLDS, urban_map
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.domain.vocabulary import vocabulary
from grappe.present.comparisons import (
    claim_plain,
    comparison_plain,
    entities_plain,
    legal_form_plain,
    share_plain,
)
from grappe.present.plain import Plain
from grappe.queries.existence import check_exists
from grappe.queries.facts import facts_about
from grappe.queries.filters import COUNTRIES
from grappe.queries.ledger import state_of_store
from grappe.queries.moment import Moment
from grappe.queries.wide_facts import COMPARISON, wide_facts

WAYS = {
    "countries": "country", "sectors": "sector", "legal_forms": "legal_form", "clusters": "cluster",
    "forms": "form",
}  # fmt: skip
"""Parameters by which a comparison is asked for, with what each compares."""


def compare(when: Moment, **asked: Sequence[str]) -> Plain:
    """Two to six things side by side: exactly one of the parameters of `WAYS`.

    Raises
    ------
    BadChoice
        If none or several are given, a code is not in its list, or there are not two to six.
    UnknownThing
        If there is no such cluster or form.
    """
    given = {name: list(values) for name, values in asked.items() if values}
    if len(given) != 1 or given.keys() - WAYS.keys():
        raise BadChoice(name="compare", value=", ".join(given) or "-", accepted=", ".join(WAYS))
    name, values = next(iter(given.items()))
    by = WAYS[name]
    if by in ("cluster", "form"):
        return _entities(when, by, check_number(values, name))
    lists = {
        "country": COUNTRIES,
        "sector": tuple(vocabulary("sector")),
        "legal_form": tuple(vocabulary("legal_form")),
    }
    codes = [value.upper() if by == "country" else value for value in values]
    for code in codes:
        if code not in lists[by]:
            raise BadChoice(name=name, value=code, accepted=", ".join(lists[by]))
    return _groups(when, by, check_number(codes, name), state_of_store())


def list_claims(when: Moment) -> list[Plain]:
    """The claims of the study, each with its verdict and evidence."""
    return _claims(when, state_of_store())


def matrix_of_forms(when: Moment) -> Plain:
    """The matrix of legal forms, and the constituted clusters of which no form is told."""
    facts = wide_facts(when, COMPARISON)
    known = [row for row in _rows(when, state_of_store()) if row.listed and row.state == "constituted"]
    return {
        "on": when.on.text,
        "clusters": len(known),
        "forms": [legal_form_plain(facts, form) for form in legal_forms(facts, known, when.on)],
        "unknown": [{"id": row.id, "name": row.name} for row in without_form(facts, known)],
    }


def urban_plain(when: Moment) -> list[Plain]:
    """Clusters against large cities, by seats and territories, for several thresholds and distances."""
    return _urban(when, state_of_store())


@lru_cache(maxsize=4)
def _urban(when: Moment, store: tuple[str, int, int]) -> list[Plain]:
    facts = wide_facts(when, COMPARISON)
    listed = [row for row in _rows(when, store) if row.listed]
    return [
        {
            "by": by,
            "large": large,
            "near_km": near,
            "population_share": found.population_share,
            "verdict": found.verdict,
            "groups": {
                one.group: share_plain(one.share) | {"unknown": list(one.unknown)} for one in found.groups
            },
        }
        for by in ("place", "territory")
        for large in THRESHOLDS
        for near in RADII
        for found in (urban_map(facts, listed, when.on, by=by, large=large, near_km=near),)
    ]


@lru_cache(maxsize=16)
def _groups(when: Moment, by: str, codes: tuple[str, ...], store: tuple[str, int, int]) -> Plain:
    listed = [row for row in _rows(when, store) if row.listed]
    found = compare_groups(wide_facts(when, COMPARISON), listed, when.on, by, codes)
    return comparison_plain(found, when.on.text)


@lru_cache(maxsize=4)
def _claims(when: Moment, store: tuple[str, int, int]) -> list[Plain]:
    found = examine(wide_facts(when, COMPARISON), _rows(when, store), when.on)
    return [claim_plain(one) for one in found]


@lru_cache(maxsize=4)
def _rows(when: Moment, store: tuple[str, int, int]) -> list[ClusterRow]:
    return rows(wide_facts(when, COMPARISON), when.on)


def _entities(when: Moment, by: str, ids: Sequence[str]) -> Plain:
    for one in ids:
        if check_exists(one).kind != by:
            raise UnknownThing("unknown_entity", id=one, close="")
    facts: Facts = facts_about(ids)
    subjects, fields = compare_entities(facts, when.on, ids, Kind(by))
    levels = {one: levels_of(facts, when.on, one) for one in subjects} if by == "cluster" else {}
    return entities_plain(facts, by, subjects, fields, levels, when.on.text)
