"""Grant a label, or end it."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from grappe.actions.contract_record import reason
from grappe.actions.trail import check_unchanged, trace
from grappe.domain.actor import Actor
from grappe.domain.errors import Refused, UnknownThing
from grappe.domain.roles import check_may
from grappe.policy.label_register import LABEL_RULES, Giver, LabelKind, check_label, right_to_give
from grappe.store.grants import held_by
from grappe.store.models import Contract, LabelGrant


@dataclass(frozen=True, slots=True)
class LabelContent:
    """A label as it is granted: from whom, to whom, from and until when (`end`: the first day without).

    `giver` and `receiver` are ids of the census, or of the giver's own choosing where the census does
    not know them; the names are what people read.
    """

    kind: LabelKind
    country: str
    giver: str
    giver_name: str
    receiver_name: str
    start: date
    receiver: str | None = None
    end: date | None = None
    why: str = ""
    contract: str | None = None


def grant_label(label: LabelContent, *, by: Actor, at: datetime) -> LabelGrant:
    """Grant a label by the rules of its kind.

    Raises
    ------
    Forbidden
        If somebody does not act for the giver: an officer for an authority, a manager for a cluster.
    Refused
        If giver, receiver, country or days are not those of the kind, the receiver holds it already,
        or a name is missing.
    UnknownThing
        If it names a contract that does not exist.
    """
    rule = LABEL_RULES[label.kind]
    check_may_give(rule.giver, label.giver, label.country, by)
    check_label(label.kind, rule.giver, rule.receiver, label.country, label.start, label.end)
    if rule.authority is not None and label.giver != rule.authority:
        raise Refused(
            "label_of_another_giver",
            label=label.kind,
            giver=label.giver,
            accepted=rule.authority,
            cites=", ".join(one.short for one in rule.cites),
        )
    receiver_name = reason(label.receiver_name, label.kind)
    with transaction.atomic():
        contract = _contract(label.contract)
        held = LabelGrant.objects.select_for_update().filter(
            kind=str(label.kind), giver=label.giver, receiver_name=receiver_name, end__isnull=True
        )
        if held.exists():
            raise Refused("label_held", label=label.kind, receiver=receiver_name)
        row = LabelGrant.objects.create(
            kind=str(label.kind),
            giver=label.giver,
            giver_name=reason(label.giver_name, label.kind),
            receiver=label.receiver,
            receiver_name=receiver_name,
            receiver_kind=str(rule.receiver),
            start=label.start,
            end=label.end,
            why=label.why.strip(),
            country=label.country,
            contract=contract,
            by=str(by),
            at=at,
        )
        trace("grant_label", subject(row), by, at, version=row.version, kind=row.kind)
    return row


def end_label(
    label: int, why: str, *, end: date | None = None, by: Actor, at: datetime, seen: int | None = None
) -> LabelGrant:
    """End a label that is held, with a reason; `end` is the first day without it, by default that of `at`.

    Raises
    ------
    UnknownThing
        If there is no such label.
    Forbidden
        As `grant_label`.
    Refused
        If it has ended, would end before it starts, there is no reason, or somebody else changed it.
    """
    last = end or at.date()
    with transaction.atomic():
        row = LabelGrant.objects.select_for_update().filter(pk=label).first()
        if row is None:
            raise UnknownThing(kind="label", id=label)
        rule = LABEL_RULES[LabelKind(row.kind)]
        check_may_give(rule.giver, row.giver, row.country, by)
        check_unchanged(subject(row), row.version, seen, row.at)
        if row.end is not None and row.end <= at.date():
            raise Refused("label_ended", label=row.kind, receiver=row.receiver_name, on=row.end)
        if last < row.start:
            raise Refused("label_ends_before", start=row.start, end=last)
        row.end = last
        row.ended_why = reason(why, row.receiver_name)
        row.version += 1
        row.save()
        trace("end_label", subject(row), by, at, version=row.version)
    return row


def subject(label: LabelGrant) -> str:
    """How the trace names a label."""
    return f"label-{label.pk}"


def check_may_give(giver: Giver, id: str, country: str, by: Actor) -> None:
    """Refuse somebody who does not act for the giver of a label.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    capability, scope = right_to_give(giver, id, country)
    check_may(held_by(by), capability, scope)


def _contract(id: str | None) -> Contract | None:
    if id is None:
        return None
    row = Contract.objects.filter(id=id).first()
    if row is None:
        raise UnknownThing(kind="contract", id=id)
    return row
