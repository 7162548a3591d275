"""The profile of a cluster, read from what a census tells of it; how each fact is read is said here alone.

A condition of law is rarely a field of a census. Where a fact is told from others, the reading is ours,
is named in `Fact.read_as`, and can only say yes: what a source does not tell stays unknown.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from math import inf
from types import MappingProxyType

import yaml

from grappe.domain.interval import Interval
from grappe.policy.cite import Cite
from grappe.policy.profile import Fact, FactValue, Profile


@dataclass(frozen=True, slots=True)
class Told:
    """One thing told of a cluster: a value with its citations; `by` is an authority, if there is one."""

    value: FactValue
    cites: tuple[Cite, ...] = ()
    by: str | None = None


Telling = Mapping[str, Sequence[Told]]
"""What is told of a cluster, by field of the census; `partner_abroad` stands for counted links abroad."""

PLAIN = ("country", "sector", "legal_form")
"""Fields that are facts as they stand."""
RECOGNISED = ("contracted", "labelled")
"""Standings towards an authority that are a recognition; support or a place in a programme is none."""
_RESEARCH = ("research",)
_VALUE_CHAIN = ("subcontracting_promotion", "competitiveness", "local_integration")


def profile_of(telling: Telling) -> Profile:
    """Facts of a cluster that conditions may look at; what is unknown is left out.

    Examples
    --------
    >>> found = profile_of({"sector": [Told("2")], "partner_north": [Told(True)]})
    >>> sorted(found)
    ['international_visibility', 'kind', 'sector']
    >>> found["international_visibility"].read_as
    'partners_abroad'
    """
    found: dict[str, Fact] = {"kind": Fact("cluster")}
    for name in PLAIN:
        if told := telling.get(name):
            found[name] = Fact(told[0].value, told[0].cites)
    if members := telling.get("members_total"):
        found["members"] = Fact(members[0].value, members[0].cites)
    if creative := [one for one in telling.get("creative", ()) if one.value is True]:
        found["creative"] = Fact(True, _cites(creative))
    found |= _members(telling)
    found |= _recognition(telling)
    found |= _projects(telling)
    abroad = [
        one
        for name in ("partner_north", "partner_south", "partner_abroad")
        for one in telling.get(name, ())
        if one.value is True
    ]
    if abroad:
        found["international_visibility"] = Fact(True, _cites(abroad), "partners_abroad")
    if chain := _named(telling, "activity", _VALUE_CHAIN):
        found["supports_subcontracting"] = Fact(True, _cites(chain), "value_chain_activities")
    return MappingProxyType(found)


def kind_of_member(category: str) -> str | None:
    """Kind of actor of a category of members: ``business``, ``knowledge``, ``public``, or none of them.

    Examples
    --------
    >>> kind_of_member("universities"), kind_of_member("chambers")
    ('knowledge', None)
    """
    return _kinds().get(category)


def _members(telling: Telling) -> dict[str, Fact]:
    """Kinds among the categories named: at least so many, as a source need not name all."""
    by_kind: dict[str, list[Told]] = {}
    for one in (*telling.get("members_count", ()), *telling.get("member_category", ())):
        kind = kind_of_member(str(one.value))
        if kind is not None:
            by_kind.setdefault(kind, []).append(one)
    if not by_kind:
        return {}
    cites = _cites(one for rows in by_kind.values() for one in rows)
    found = {"member_kinds": Fact(Interval(len(by_kind), inf), cites, "kinds_of_members")}
    if "public" in by_kind:
        found["public_link"] = Fact(True, _cites(by_kind["public"]), "public_members")
    return found


def _recognition(telling: Telling) -> dict[str, Fact]:
    told = telling.get("recognition", ())
    if not told:
        return {}
    codes = tuple(dict.fromkeys(f"{one.value}:{one.by}" for one in told if one.by))
    found = {"recognition": Fact(codes, _cites(told))}
    if held := [one for one in told if one.value in RECOGNISED]:
        found["recognised"] = Fact(True, _cites(held), "recognised_by_programme")
    return found


def _projects(telling: Telling) -> dict[str, Fact]:
    """Collaborative projects beside research: their R&D content is not told, only that both are there."""
    projects = _named(telling, "activity", ("collaborative_projects",))
    projects += _named(telling, "result", ("collaborative_projects",))
    research = _named(telling, "activity", _RESEARCH)
    research += [
        one
        for name in ("members_count", "member_category")
        for one in telling.get(name, ())
        if kind_of_member(str(one.value)) == "knowledge"
    ]
    if not projects or not research:
        return {}
    return {"collaborative_rd": Fact(True, _cites((*projects, *research)), "projects_and_research")}


def _named(telling: Telling, field: str, codes: Iterable[str]) -> list[Told]:
    wanted = frozenset(codes)
    return [one for one in telling.get(field, ()) if one.value in wanted]


def _cites(told: Iterable[Told]) -> tuple[Cite, ...]:
    return tuple(dict.fromkeys(cite for one in told for cite in one.cites))


@cache
def _kinds() -> Mapping[str, str | None]:
    read = yaml.load((files("grappe.policy") / "member_kinds.yml").read_text("utf-8"), yaml.CSafeLoader)
    return MappingProxyType(
        {code: None if kind == "none" else kind for kind, codes in read.items() for code in codes}
    )
