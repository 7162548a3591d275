"""What is a contract drafted from: the award of an application, and what its scheme leaves open."""

from datetime import date

from grappe.domain.actor import Actor
from grappe.domain.errors import Refused
from grappe.domain.roles import Capability
from grappe.policy.award import Award
from grappe.policy.call_states import ApplicationState, CallState
from grappe.policy.contract_clauses import WORKING
from grappe.policy.contract_rights import check_acts_for
from grappe.policy.contract_schedule import reading_of
from grappe.policy.lateness import Side
from grappe.policy.scheme_files import scheme as scheme_of_id
from grappe.present.contracts import tidy
from grappe.present.plain import Plain
from grappe.present.policies import cites_plain
from grappe.queries.applications import find_application
from grappe.store.call_values import award_of
from grappe.store.grants import held_by
from grappe.store.models import ClusterRow, Contract
from grappe.store.scheme_folders import scheme_folders


def contract_of(application: str) -> str | None:
    """The contract that was drafted from an application."""
    return Contract.objects.filter(award=application).values_list("id", flat=True).first()


def award_to_draft(application: str, by: Actor) -> Award:
    """The award of an application that was selected and announced.

    Raises
    ------
    UnknownThing
        If there is no such application.
    Forbidden
        If somebody does not sign for its State.
    Refused
        If the results are not announced, or it was not selected.
    """
    row = find_application(application)
    check_acts_for(Side.STATE, held_by(by), Capability.SIGN, row.cluster, row.call.country)
    if row.call.state != CallState.ANNOUNCED:
        accepted = str(CallState.ANNOUNCED)
        raise Refused("call_not_now", call=row.call_id, present=row.call.state, accepted=accepted)
    if row.state != ApplicationState.SELECTED:
        raise Refused("not_selected", cluster=row.cluster_name)
    return award_of(row, row.call)


def draft_page(award: Award, start: date | None, version: str | None) -> Plain:
    """What the form of a draft asks for: indicators in force that day, commitments, what is left open."""
    scheme = scheme_of_id(award.scheme, scheme_folders())
    reading = reading_of(scheme, award.reading)
    phase = reading.phases[0]
    versions = [
        one
        for one in scheme.indicator_sets
        if start is None or scheme.holds(start, one.validity) is not False
    ]
    chosen = next((one for one in versions if one.version == version), versions[0] if versions else None)
    return {
        "award": award.id,
        "scheme": award.scheme,
        "call": award.call,
        "cluster": award.cluster,
        "cluster_name": award.cluster_name,
        "amount": tidy(award.amount),
        "currency": award.currency,
        "decided_on": award.decided_on.isoformat(),
        "known": award.cluster is not None and ClusterRow.objects.filter(entity=award.cluster).exists(),
        "reading": {"id": reading.id, "name": dict(reading.name), "cites": cites_plain(reading.cites)},
        "phase": {
            "id": phase.id,
            "name": dict(phase.name),
            "months": phase.months,
            "degressive": phase.degressive,
            "cites": cites_plain(phase.cites),
        },
        "versions": [
            {
                "version": one.version,
                "name": dict(one.name),
                "cites": cites_plain(one.cites),
                "sure": start is not None and scheme.holds(start, one.validity) is True,
            }
            for one in versions
        ],
        "indicators": None
        if chosen is None
        else {
            "version": chosen.version,
            "count": chosen.count,
            "cites": cites_plain(chosen.cites),
            "items": [
                {
                    "id": one.id,
                    "name": dict(one.name),
                    "unit": one.unit,
                    "formula": one.formula,
                    "cites": cites_plain(one.cites),
                }
                for one in chosen.indicators
            ],
        },
        "rates": any(one.formula == "own_share" for one in chosen.indicators) if chosen else False,
        "commitments": [
            {"id": one.id, "side": str(one.side), "name": dict(one.name), "cites": cites_plain(one.cites)}
            for one in scheme.commitments
        ],
        "open": [
            {"id": one.id, "name": dict(one.name), "cites": cites_plain(one.cites)}
            for one in scheme.open_parameters()
        ],
        "working": dict(WORKING),
    }
