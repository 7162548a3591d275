"""Which labels are there, who holds them, and how do the projects and start-ups of clusters stand?"""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal

from grappe.census.disputes import shown_field
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice, UnknownThing
from grappe.policy.label_register import LABEL_RULES, LabelKind, Standing, awaiting_another
from grappe.policy.project_stages import SUPPORT_CITES, SUPPORT_STEPS
from grappe.present.contracts import day, tidy
from grappe.present.plain import Plain, caption
from grappe.present.policies import cites_plain
from grappe.queries.contracts import label_line
from grappe.queries.eligibility import cites_of
from grappe.queries.facts import all_facts
from grappe.queries.moment import Moment
from grappe.store.models import CollaborativeProject, LabelGrant, StartUpCase


def label_register() -> list[Plain]:
    """The seven kinds of labels: giver, receiver, right, country, citations."""
    return [
        {
            "kind": str(kind),
            "giver": str(rule.giver),
            "receiver": str(rule.receiver),
            "right": rule.right,
            "authority": rule.authority,
            "country": rule.country,
            "scheme": rule.scheme,
            "cites": cites_plain(rule.cites),
        }
        for kind, rule in LABEL_RULES.items()
    ]


def list_labels(
    on: date, *, kind: str | None = None, country: str | None = None, receiver: str | None = None
) -> list[Plain]:
    """Labels granted, by first day, each as it stands on a day.

    Raises
    ------
    BadChoice
        If there is no such kind.
    """
    if kind is not None and kind not in tuple(LabelKind):
        raise BadChoice(name="kind", value=kind, accepted=", ".join(LabelKind))
    wanted = {"kind": kind, "country": country, "receiver": receiver}
    rows = LabelGrant.objects.filter(**{name: value for name, value in wanted.items() if value is not None})
    return [label_line(row, on) for row in rows]


def label(number: int, on: date) -> Plain:
    """One label, as it stands on a day.

    Raises
    ------
    UnknownThing
        If there is no such label.
    """
    row = LabelGrant.objects.filter(pk=number).first()
    if row is None:
        raise UnknownThing(kind="label", id=number)
    return label_line(row, on)


def awaiting_labels(when: Moment) -> list[Plain]:
    """Clusters of the census under one authority's contract or label while awaiting another's."""
    facts = all_facts(when.known)
    found: list[Plain] = []
    for cluster in facts.of_kind(Kind.CLUSTER):
        standings = [
            Standing(
                str(shown.statement.attributes.get("by")),
                str(shown.statement.value),
                cites_of(shown.statements),
            )
            for shown in shown_field(facts, cluster, "recognition", when.on)
        ]
        found += [
            {
                "cluster": cluster,
                "name": caption(facts, cluster),
                "received_by": one.received_by,
                "standing": one.standing,
                "awaits": one.awaits,
                "cites": cites_plain(one.cites),
            }
            for one in awaiting_another(standings)
        ]
    return found


def labels(when: Moment, *, kind: str | None = None, country: str | None = None) -> Plain:
    """The register of kinds, the labels granted, and who awaits another's label.

    Raises
    ------
    BadChoice
        If there is no such kind.
    """
    on = when.on.end - timedelta(days=1)
    return {
        "on": on.isoformat(),
        "register": label_register(),
        "labels": list_labels(on, kind=kind, country=country),
        "awaiting": awaiting_labels(when),
    }


def list_projects(*, cluster: str | None = None) -> list[Plain]:
    """Collaborative projects by key, each as it was saved last."""
    rows = CollaborativeProject.objects.all()
    if cluster is not None:
        rows = rows.filter(cluster=cluster)
    last = {row.key: row for row in rows.order_by("key", "saving")}
    return [_project(row) for row in last.values()]


def project_savings(key: str) -> list[Plain]:
    """Every saving of a project, the first one first, with who saved it when; none if there is none."""
    rows = CollaborativeProject.objects.filter(key=key).order_by("saving")
    return [_project(row) | {"by": row.by, "at": row.at.isoformat()} for row in rows]


def case_savings(key: str) -> list[Plain]:
    """Every saving of the support to a start-up, as `project_savings`."""
    rows = StartUpCase.objects.select_related("label").filter(key=key).order_by("saving")
    return [_case(row) | {"by": row.by, "at": row.at.isoformat()} for row in rows]


def _project(row: CollaborativeProject) -> Plain:
    return {
        "key": row.key,
        "title": row.title,
        "cluster": row.cluster,
        "cluster_name": row.cluster_name,
        "country": row.country,
        "lead": row.lead,
        "partners": row.partners,
        "laboratory": row.laboratory or None,
        "funder": row.funder or None,
        "label": row.label or None,
        "amount": tidy(row.amount),
        "currency": row.currency or None,
        "stage": row.stage,
        "result": row.result or None,
        "start": day(row.start),
        "end": day(row.end),
        "contract": row.contract_id,
        "saving": row.saving,
    }


def list_start_ups(*, cluster: str | None = None) -> list[Plain]:
    """Start-ups that clusters support, by key, each as it was saved last."""
    return [_case(row) for row in _cases(cluster)]


def start_up_figures(*, cluster: str | None = None) -> list[Plain]:
    """Figures per cluster: start-ups, by dimension of support, at fairs, labelled, money per currency."""
    groups: dict[tuple[str | None, str], list[StartUpCase]] = defaultdict(list)
    for row in _cases(cluster):
        groups[row.cluster, row.cluster_name].append(row)
    return [
        {
            "cluster": id,
            "cluster_name": name,
            "start_ups": len(rows),
            **{
                str(dimension): sum(any(one["step"] in steps for one in row.steps) for row in rows)
                for dimension, steps in SUPPORT_STEPS.items()
            },
            "at_fairs": sum(bool(row.fairs) for row in rows),
            "labelled": sum(row.label_id is not None for row in rows),
            "with_benefits": sum(bool(row.benefits) for row in rows),
            "money": _money(rows),
            "cites": cites_plain(SUPPORT_CITES),
        }
        for (id, name), rows in sorted(groups.items(), key=lambda pair: pair[0][1])
    ]


def _cases(cluster: str | None) -> list[StartUpCase]:
    rows = StartUpCase.objects.select_related("label")
    if cluster is not None:
        rows = rows.filter(cluster=cluster)
    return list({row.key: row for row in rows.order_by("key", "saving")}.values())


def _case(row: StartUpCase) -> Plain:
    return {
        "key": row.key,
        "startup": row.startup,
        "cluster": row.cluster,
        "cluster_name": row.cluster_name,
        "country": row.country,
        "steps": row.steps,
        "fairs": row.fairs,
        "sought": tidy(row.sought),
        "obtained": tidy(row.obtained),
        "currency": row.currency or None,
        "funder": row.funder or None,
        "label": row.label.kind if row.label else None,
        "label_id": row.label_id,
        "benefits": row.benefits,
        "saving": row.saving,
    }


def _money(rows: list[StartUpCase]) -> list[Plain]:
    currencies = sorted({row.currency for row in rows if row.currency})
    return [
        {
            "currency": currency,
            "sought": tidy(
                sum((row.sought or Decimal() for row in rows if row.currency == currency), Decimal())
            ),
            "obtained": tidy(
                sum((row.obtained or Decimal() for row in rows if row.currency == currency), Decimal())
            ),
        }
        for currency in currencies
    ]
