"""Which clusters of the census meet the conditions of a scheme, and who moves if they change?"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts
from grappe.census.links import Link, links, sides
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.errors import UnknownThing
from grappe.domain.statement import Statement
from grappe.policy.applicant import Telling, Told, profile_of
from grappe.policy.cite import STUDY, Cite, CiteKind
from grappe.policy.eligibility import Eligibility, eligible
from grappe.policy.profile import FactValue, Profile
from grappe.policy.scheme import AREAS, Scheme
from grappe.policy.what_if import WhatIf, what_if
from grappe.present.plain import Plain, caption
from grappe.present.policies import eligibility_plain, what_if_plain
from grappe.queries.clusters import list_clusters
from grappe.queries.existence import check_exists
from grappe.queries.facts import all_facts
from grappe.queries.filters import COUNTRIES, cluster_filter
from grappe.queries.ledger import state_of_store
from grappe.queries.moment import Moment
from grappe.queries.schemes import scheme as one_scheme

FIELDS = (
    "country", "sector", "legal_form", "creative", "members_total", "members_count", "member_category",
    "recognition", "activity", "result", "partner_north", "partner_south",
)  # fmt: skip
"""Fields of a cluster that a profile is read from."""
_CODED = ("members_count", "result")
"""Fields whose code stands in `of`, the value being a number."""
GONE = ("merged", "dissolved")


@dataclass(frozen=True, slots=True)
class Known:
    """A cluster by its name, its life and its profile."""

    name: str | None
    life: str | None
    profile: Profile


NOBODY = Known(None, None, {})
"""What is known of an entity that is no cluster."""


@dataclass(frozen=True, slots=True)
class Answers:
    """Answers of a scheme to clusters, and who moves under changed thresholds."""

    scheme: Scheme
    on: date
    changed: Mapping[str, str]
    names: Mapping[str, str | None]
    profiles: Mapping[str, Profile]
    answers: Mapping[str, Eligibility]
    moves: WhatIf | None


def ask(
    id: str, when: Moment, *, clusters: Sequence[str] = (), changed: Mapping[str, str] | None = None
) -> Answers:
    """Ask a scheme of clusters: those named, or all of its country in the tables of the source.

    Raises
    ------
    UnknownThing
        If there is no such scheme, cluster or threshold.
    BadChoice
        If a changed value has the wrong form.
    """
    scheme = one_scheme(id)
    on = when.on.end - timedelta(days=1)
    known = _profiles(when, state_of_store())
    chosen = [_known(one) for one in clusters] or _applicants(scheme, when, known)
    profiles = {one: known.get(one, NOBODY).profile for one in chosen}
    return Answers(
        scheme=scheme,
        on=on,
        changed=dict(changed or {}),
        names={one: known.get(one, NOBODY).name for one in chosen},
        profiles=profiles,
        answers={one: eligible(scheme, profile, on, changed) for one, profile in profiles.items()},
        moves=what_if(scheme, profiles, on, changed) if changed else None,
    )


def eligibility(
    id: str, when: Moment, *, clusters: Sequence[str] = (), changed: Mapping[str, str] | None = None
) -> Plain:
    """The answers of a scheme as a plain dict; ``enters``, ``leaves`` and ``moved`` where something changed.

    Raises
    ------
    UnknownThing, BadChoice
        As `ask`.
    """
    found = ask(id, when, clusters=clusters, changed=changed)
    plain: Plain = {
        "scheme": found.scheme.id,
        "on": found.on.isoformat(),
        "changed": dict(found.changed),
        "clusters": [
            eligibility_plain(one, found.names[one], answer) for one, answer in found.answers.items()
        ],
    }
    if found.moves is not None:
        plain |= what_if_plain(found.moves, found.names)
    return plain


def profile(cluster: str, when: Moment) -> Profile:
    """Facts of one cluster that conditions may look at.

    Raises
    ------
    UnknownThing
        If there is no such cluster.
    """
    return _profiles(when, state_of_store()).get(_known(cluster), NOBODY).profile


def _known(cluster: str) -> str:
    """Id of a cluster, a merged id followed to what it became."""
    row = check_exists(cluster)
    while row.redirect_to is not None:
        row = check_exists(row.redirect_to)
    if row.kind != str(Kind.CLUSTER):
        raise UnknownThing(kind="cluster", id=cluster)
    return row.id


def _applicants(scheme: Scheme, when: Moment, known: Mapping[str, Known]) -> list[str]:
    """Clusters of the source's tables, of the scheme's country if it has one, without those that are gone."""
    country = [] if scheme.country in AREAS else [scheme.country]
    if country and country[0] not in COUNTRIES:
        return []
    rows = list_clusters(cluster_filter({"country": country}), when)
    return [row["id"] for row in rows if known[row["id"]].life not in GONE]


@lru_cache(maxsize=8)
def _profiles(when: Moment, state: object) -> Mapping[str, Known]:
    """What is known of every cluster at a moment; read again after each change of the store."""
    facts = all_facts(when.known)
    return {
        one: Known(
            caption(facts, one),
            next((str(shown.statement.value) for shown in shown_field(facts, one, "life", when.on)), None),
            profile_of(_telling(facts, one, when.on)),
        )
        for one in facts.of_kind(Kind.CLUSTER)
    }


def _telling(facts: Facts, cluster: str, on: PartialDate) -> Telling:
    found: dict[str, list[Told]] = {}
    for name in FIELDS:
        for shown in shown_field(facts, cluster, name, on):
            if name == "members_total" and shown.slot[:2] != ("members", "observed"):
                continue
            for statement in shown.statements:
                told = _told(statement, name, shown.confirmed_by)
                if told is not None:
                    found.setdefault(name, []).append(told)
    around = links(facts, on, cluster)
    for reasons in sides(facts, cluster, around, on).values():
        cites = tuple(dict.fromkeys(cite for reason in reasons for cite in _reason_cites(reason)))
        if reasons:
            found.setdefault("partner_abroad", []).append(Told(True, cites))
    return found


def _told(statement: Statement, name: str, confirming: Iterable[Statement]) -> Told | None:
    value: FactValue
    if name in _CODED:
        value = str(statement.attributes.get("of"))
    elif name == "members_total":
        value = statement.interval
    elif statement.value is None:
        return None
    else:
        value = statement.value if isinstance(statement.value, bool) else str(statement.value)
    by = statement.attributes.get("by")
    return Told(value, cites_of([statement, *confirming]), str(by) if by is not None else None)


def _reason_cites(reason: Link | Statement) -> tuple[Cite, ...]:
    return cites_of(reason.cites if isinstance(reason, Link) else [reason])


def cites_of(statements: Iterable[Statement]) -> tuple[Cite, ...]:
    """Where statements stand: their lines in the study, or the statements themselves."""
    found: dict[Cite, None] = {}
    for one in statements:
        if one.source == STUDY and one.lines:
            found |= {Cite(CiteKind.LINE, lines=(line,), source=STUDY): None for line in one.lines}
        else:
            found[Cite(CiteKind.STATEMENT, statement=one.id)] = None
    return tuple(found)
