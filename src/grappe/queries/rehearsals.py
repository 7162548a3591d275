"""How does a cluster stand on the way to the excellence label? For those who speak for it alone."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from grappe.domain.actor import Actor
from grappe.domain.errors import UnknownThing
from grappe.domain.roles import Capability, Scope, ScopeKind, check_may
from grappe.policy.label_rehearsal import OwnAnswer, Rehearsal, asked_facts, rehearsal
from grappe.policy.label_scale import PointScale, read_scale, shipped_scale
from grappe.policy.profile import Fact
from grappe.policy.scheme import Condition, Scheme
from grappe.present.contracts import rehearsal_plain
from grappe.present.plain import Plain
from grappe.queries.contracts import NOBODY
from grappe.queries.schemes import scheme
from grappe.store.grants import held_by
from grappe.store.models import AssessmentProof, SelfAssessment

PATHS = ("eu-excellence-bronze", "eu-excellence-silver", "eu-excellence-gold")


def scale_in_use() -> PointScale:
    """The point scale of this installation: that of `GRAPPE_LABEL_SCALE`, or the one of the package.

    Raises
    ------
    InputRefused
        With everything wrong in the file.
    """
    named: str = settings.LABEL_SCALE
    return read_scale(Path(named)) if named else shipped_scale()


def paths() -> tuple[Scheme, Scheme, Scheme]:
    """The schemes of bronze, silver and gold."""
    bronze, silver, gold = (scheme(one) for one in PATHS)
    return bronze, silver, gold


def asked() -> tuple[Condition, ...]:
    """What the checklists ask beside the indicators."""
    return asked_facts(*paths())


def rehearsal_of(
    cluster: str,
    on: date,
    *,
    by: Actor | None = None,
    scale: PointScale | None = None,
    saving: int | None = None,
) -> Plain:
    """The latest assessment of a cluster, or an earlier saving of it, scored.

    Raises
    ------
    Forbidden
        If somebody does not speak for the cluster.
    UnknownThing
        If it has assessed nothing, or not so often.
    """
    check_speaks(cluster, by)
    row = _row(cluster, saving)
    if row is None:
        raise UnknownThing(kind="assessment", id=cluster)
    return _told(cluster, row, on, scale)


def rehearsal_desk(cluster: str, on: date, *, by: Actor | None = None, saving: int | None = None) -> Plain:
    """What the form of a rehearsal shows, before the first saving too: answers, result, savings, documents.

    Raises
    ------
    Forbidden
        If somebody does not speak for the cluster.
    UnknownThing
        If it has not saved so often.
    """
    check_speaks(cluster, by)
    row = _row(cluster, saving)
    if row is None and saving is not None:
        raise UnknownThing(kind="assessment", id=f"{cluster}/{saving}")
    rows = list(SelfAssessment.objects.filter(cluster=cluster).order_by("saving"))
    return _told(cluster, row, on, None) | {
        "facts": dict(row.facts) if row is not None else {},
        "saved_scale": row.scale if row is not None else None,
        "last_saving": rows[-1].saving if rows else 0,
        "savings": [
            {"saving": one.saving, "at": one.at.isoformat(), "by": one.by, "answered": len(one.answers)}
            for one in rows
        ],
    }


def evidence(number: int, by: Actor) -> AssessmentProof:
    """A document of a rehearsal.

    Raises
    ------
    UnknownThing
        If there is no such document.
    Forbidden
        If somebody does not speak for its cluster.
    """
    row = AssessmentProof.objects.filter(pk=number).first()
    if row is None:
        raise UnknownThing(kind="document", id=number)
    check_speaks(row.cluster, by)
    return row


def check_speaks(cluster: str, by: Actor | None) -> None:
    """Refuse somebody who does not speak for a cluster.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    check_may(held_by(by or NOBODY), Capability.SPEAK_FOR_CLUSTER, Scope(ScopeKind.CLUSTER, cluster))


def _row(cluster: str, saving: int | None) -> SelfAssessment | None:
    rows = SelfAssessment.objects.filter(cluster=cluster)
    return (rows if saving is None else rows.filter(saving=saving)).order_by("saving").last()


def _told(cluster: str, row: SelfAssessment | None, on: date, scale: PointScale | None) -> Plain:
    documents: dict[str, list[Plain]] = {}
    for one in AssessmentProof.objects.filter(cluster=cluster).defer("content"):
        line = {"id": one.pk, "name": one.name, "size": one.size}
        documents.setdefault(one.indicator, []).append(line)
    found = _scored(row, {id: [one["name"] for one in rows] for id, rows in documents.items()}, on, scale)
    plain = rehearsal_plain(found)
    for item in plain["items"]:
        item["documents"] = documents.get(item["indicator"], [])
    return {
        "cluster": cluster,
        "name": row.cluster_name if row is not None else None,
        "saving": row.saving if row is not None else 0,
        "saved_at": row.at.isoformat() if row is not None else None,
        "on": on.isoformat(),
    } | plain


def _scored(
    row: SelfAssessment | None, documents: dict[str, list[str]], on: date, scale: PointScale | None
) -> Rehearsal:
    bronze, silver, gold = paths()
    saved = row.answers if row is not None else {}
    answers = {
        # A document shows something as well as words do.
        id: OwnAnswer(Decimal(one["points"]), one["evidence"] or ", ".join(documents.get(id, ())))
        for id, one in saved.items()
    }
    facts = {name: Fact(value) for name, value in row.facts.items()} if row is not None else {}
    return rehearsal(
        answers, facts, bronze=bronze, silver=silver, gold=gold, scale=scale or scale_in_use(), on=on
    )
