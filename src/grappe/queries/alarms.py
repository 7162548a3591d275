"""What may stop a cluster from lasting? Alarms of the clusters of the census and of those under contract."""

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts
from grappe.census.links import links
from grappe.domain.actor import Actor
from grappe.domain.dates import PartialDate
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice
from grappe.domain.interval import Interval
from grappe.domain.roles import Grant
from grappe.domain.statement import Statement
from grappe.policy.alarms import AlarmRule, ClusterFacts, ContractEnd, Known, Question, alarms
from grappe.policy.contract_rights import Part
from grappe.policy.contract_states import ALIVE
from grappe.policy.indicators import Counted
from grappe.policy.reported import INCOMES
from grappe.present.contracts import alarm_plain
from grappe.present.plain import Plain, caption
from grappe.queries.clusters import list_clusters
from grappe.queries.contracts import NOBODY, contracts_with_rows, parts_by
from grappe.queries.eligibility import cites_of
from grappe.queries.existence import check_exists
from grappe.queries.facts import all_facts
from grappe.queries.filters import cluster_filter
from grappe.queries.ledger import state_of_store
from grappe.queries.moment import Moment
from grappe.store.contract_values import latest_values, state_of
from grappe.store.grants import held_by
from grappe.store.models import Contract

GONE = ("merged", "dissolved")


def list_alarms(
    when: Moment,
    *,
    cluster: str | None = None,
    country: str | None = None,
    rule: str | None = None,
    raised: str | None = None,
    by: Actor | None = None,
) -> list[Plain]:
    """Alarms per cluster, by name: of those in the tables of the source, and of those under contract.

    What only the two sides of a contract may read counts for them alone: somebody else then gets "cannot
    tell" where they get an answer.

    Parameters
    ----------
    cluster : one cluster alone
    country : clusters of one country alone
    rule : one alarm alone
    raised : ``yes``, ``no`` or ``cannot_tell``, those alone

    Raises
    ------
    BadChoice
        If `rule` or `raised` is another word.
    UnknownThing
        If there is no such cluster.
    """
    for name, value, accepted in (
        ("rule", rule, tuple(AlarmRule)),
        ("raised", raised, tuple(_ANSWERS)),
    ):
        if value is not None and value not in accepted:
            raise BadChoice(name=name, value=value, accepted=", ".join(accepted))
    on = when.on.end - timedelta(days=1)
    held = held_by(by or NOBODY)
    found = [
        {
            "cluster": id,
            "name": name,
            "country": where,
            "on": on.isoformat(),
            "alarms": [
                alarm_plain(one)
                for one in alarms(facts, on)
                if (rule is None or one.rule == rule) and (raised is None or one.raised is _ANSWERS[raised])
            ],
        }
        for id, name, where, facts in _clusters(when, held, on, cluster)
        if country is None or where == country
    ]
    return [one for one in found if one["alarms"] or cluster is not None]


_ANSWERS: Mapping[str, bool | None] = {"yes": True, "no": False, "cannot_tell": None}


def _clusters(
    when: Moment, held: Iterable[Grant], on: date, cluster: str | None
) -> list[tuple[str, str | None, str | None, ClusterFacts]]:
    known = _census_facts(when, state_of_store())
    rows: dict[str, list[Contract]] = {}
    for row in contracts_with_rows():
        rows.setdefault(row.cluster or row.cluster_name, []).append(row)
    if cluster is not None:
        if cluster not in rows:
            cluster = check_exists(cluster).id
        ids = [cluster]
    else:
        listed = [one["id"] for one in list_clusters(cluster_filter({}), when)]
        alive = [one for one in listed if known[one][1] not in GONE]
        ids = list(dict.fromkeys((*alive, *sorted(rows))))
    held = tuple(held)
    return [
        (
            id,
            known[id][0] if id in known else rows[id][0].cluster_name,
            known[id][3] if id in known else rows[id][0].country,
            _with_contracts(known[id][2] if id in known else ClusterFacts(), rows.get(id, []), held, on),
        )
        for id in ids
    ]


def _with_contracts(
    facts: ClusterFacts, rows: list[Contract], held: tuple[Grant, ...], on: date
) -> ClusterFacts:
    """What contracts tell beside the census, as far as somebody may read them."""
    signed = [row for row in rows if row.signed_by_state_on and row.signed_by_cluster_on]
    if not signed:
        return facts
    ends = tuple(
        ContractEnd(
            row.id,
            min(row.end, row.over_on) if row.over_on else row.end,
            over=state_of(row) not in ALIVE or row.end <= on,
            renewed=any(
                one.state == "granted" and one.phase == _last_phase(row) for one in row.renewals.all()
            )
            and row.end > on,
        )
        for row in signed
    )
    running = [row for row in signed if state_of(row) in ALIVE and row.start <= on < row.end]
    incomes = facts.incomes
    questions: list[Question] = []
    members = list(facts.members)
    for row in signed:
        if Part.REPORTS not in parts_by(row, held):
            continue
        for report in row.reports.all():
            if report.state == "verified" and report.end <= on:
                told = latest_values(report)
                if any(name in told for name in INCOMES):
                    incomes = Known({name: told[name] for name in INCOMES if name in told}, report.end)
                if "member_firms" in told:
                    number = float(told["member_firms"])
                    members.append(_count(report.end.isoformat(), number))
            if report.due_on <= on and state_of(row) in ALIVE:
                questions.append(Question(f"{row.id}/{report.number}", report.due_on, report.submitted_on))
    paid = next(
        (
            row
            for row in running
            if Part.TERMS in parts_by(row, held)
            if any(one.paid_on is not None and one.paid_on <= on for one in row.tranches.all())
        ),
        None,
    )
    other = Known(paid.scheme, on) if paid is not None else facts.other_funding
    return ClusterFacts(
        incomes=incomes,
        other_funding=other,
        contracts=ends,
        facilitator=facts.facilitator,
        website=facts.website,
        host_website=facts.host_website,
        hosted=facts.hosted,
        own_budget=facts.own_budget,
        spoken=facts.spoken,
        questions=tuple(questions),
        members=tuple(members),
    )


def _last_phase(row: Contract) -> str | None:
    phases = list(row.phases.all())
    return phases[-1].phase if phases else None


def _count(text: str, number: float) -> Counted:
    return Counted(PartialDate(text), Interval(number, number))


@lru_cache(maxsize=4)
def _census_facts(
    when: Moment, state: object
) -> Mapping[str, tuple[str | None, str | None, ClusterFacts, str | None]]:
    """Name, life, facts and country of every cluster at a moment; read again when the store changes."""
    facts = all_facts(when.known)
    return {
        one: (
            caption(facts, one),
            _first(facts, one, "life", when.on),
            _facts_of(facts, one, when.on),
            _first(facts, one, "country", when.on),
        )
        for one in facts.of_kind(Kind.CLUSTER)
    }


def _first(facts: Facts, cluster: str, name: str, on: PartialDate) -> str | None:
    return next((str(shown.statement.value) for shown in shown_field(facts, cluster, name, on)), None)


def _facts_of(facts: Facts, cluster: str, on: PartialDate) -> ClusterFacts:
    facilitator = _known(facts, cluster, "facilitator", on)
    website = _known(facts, cluster, "website", on)
    hosts = [link.other_end(cluster) for link in links(facts, on, cluster) if link.kind == "hosting"]
    if facilitator is not None and _is_body(facts, str(facilitator.value)):
        # A body that facilitates a cluster hosts it: its pole, or the association it came from.
        hosts.append(str(facilitator.value))
    host = next((found for one in hosts if (found := _known(facts, one, "website", on))), None)
    return ClusterFacts(
        facilitator=Known(True, facilitator.as_of, facilitator.cites) if facilitator else None,
        website=website,
        host_website=host,
        hosted=bool(hosts),
        spoken=_spoken(facts, cluster, on),
        members=tuple(_counts(facts, cluster, on)),
    )


def _is_body(facts: Facts, entity: str) -> bool:
    known = facts.entities.get(entity)
    return known is not None and known.kind in (Kind.ORGANISATION, Kind.FORM)


def _known(facts: Facts, entity: str, name: str, on: PartialDate) -> Known | None:
    """A fact by the latest day on which a source speaks of it."""
    if facts.entities[entity].kind not in (Kind.CLUSTER, Kind.ORGANISATION, Kind.FORM):
        return None
    try:
        shown = shown_field(facts, entity, name, on)
    except KeyError:
        return None
    if not shown or shown[0].statement.redacted:
        return None
    statement = shown[0].statement
    return Known(statement.value, _day_of(statement), cites_of(shown[0].statements))


def _day_of(statement: Statement) -> date:
    """Last day that the date of a statement can mean."""
    return PartialDate(statement.as_of).end - timedelta(days=1)


def _spoken(facts: Facts, cluster: str, on: PartialDate) -> Known | None:
    """The latest statement that a person of the cluster made: an interview or a declaration."""
    own = [
        one
        for one in facts.statements(cluster)
        if facts.sources[one.source].kind in ("interview", "declaration") and not one.redacted
    ]
    last = max(own, key=lambda one: PartialDate(one.as_of).end, default=None)
    return Known(last.field, _day_of(last), cites_of([last])) if last is not None else None


def _counts(facts: Facts, cluster: str, on: PartialDate) -> list[Counted]:
    """Dated totals of its members, observed ones alone: a target is no count."""
    found = []
    for one in facts.statements(cluster, "members_total"):
        if one.attributes.get("modality") != "observed" or one.attributes.get("perimeter") != "members":
            continue
        spoken = str(one.attributes.get("period") or one.valid_from or one.as_of)
        found.append(Counted(PartialDate(spoken.split("/")[0]), one.interval, cites_of([one])))
    return found
