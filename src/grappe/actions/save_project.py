"""Save a collaborative project of a cluster, or the support it gives a start-up; each saving stays."""

from datetime import datetime

from django.db import transaction

from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import BadChoice, InputRefused, Problem, Refused, UnknownThing
from grappe.domain.identifiers import is_identifier
from grappe.domain.roles import Capability, Scope, ScopeKind, check_may
from grappe.domain.transitions import check_follows
from grappe.policy.project_stages import (
    STAGE_MOVES,
    CaseContent,
    ProjectContent,
    Stage,
    case_problems,
    project_problems,
)
from grappe.store.grants import held_by
from grappe.store.models import AuditEvent, CollaborativeProject, Contract, LabelGrant, StartUpCase

LONGEST_KEY = 60


def check_speaks(cluster: str | None, by: Actor) -> None:
    """Refuse somebody who does not speak for a cluster; one outside the census, the operator alone.

    Raises
    ------
    Forbidden
        With what is lacking.
    """
    scopes = (Scope(ScopeKind.CLUSTER, cluster),) if cluster else ()
    check_may(held_by(by), Capability.SPEAK_FOR_CLUSTER, *scopes)


def save_project(
    key: str,
    project: ProjectContent,
    *,
    cluster: str | None,
    cluster_name: str,
    country: str,
    contract: str | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> CollaborativeProject:
    """Save a project as it stands now; earlier savings stay, and stages follow their table.

    Parameters
    ----------
    key : id of the project
    seen : number of the saving on which this one rests; another one meanwhile is refused

    Raises
    ------
    BadChoice
        If the key is no id.
    Forbidden
        If somebody does not speak for the cluster.
    InputRefused
        With everything wrong in the project.
    Refused
        If the stage may not follow the last one, another cluster has that key, or somebody else saved.
    UnknownThing
        If it names a contract that does not exist.
    """
    check_key(key)
    check_speaks(cluster, by)
    _refuse(key, project_problems(project, key))
    with transaction.atomic():
        last = CollaborativeProject.objects.select_for_update().filter(key=key).last()
        if last is not None:
            check_same(key, last.cluster, cluster, last.saving, seen)
            if Stage(last.stage) is not project.stage:
                check_follows(STAGE_MOVES, Stage(last.stage), project.stage, "project_cannot", project=key)
        row = CollaborativeProject.objects.create(
            key=key,
            saving=last.saving + 1 if last else 1,
            title=project.title.strip(),
            cluster=cluster,
            cluster_name=cluster_name,
            country=country,
            lead=project.lead,
            partners=list(dict.fromkeys(project.partners)),
            laboratory=project.laboratory.strip(),
            funder=project.funder.strip(),
            label=project.label.strip(),
            amount=project.amount,
            currency=project.currency,
            stage=str(project.stage),
            result=project.result.strip(),
            start=project.start,
            end=project.end,
            contract=_contract(contract),
            by=str(by),
            at=at,
        )
        trace("save_project", key, by, at, version=row.saving)
    return row


def save_start_up_case(
    key: str,
    case: CaseContent,
    *,
    cluster: str | None,
    cluster_name: str,
    country: str,
    label: int | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> StartUpCase:
    """Save the support that a cluster gives a start-up as it stands now; earlier savings stay.

    Raises
    ------
    BadChoice, Forbidden, InputRefused, Refused
        As `save_project`.
    UnknownThing
        If there is no such label.
    """
    check_key(key)
    check_speaks(cluster, by)
    _refuse(key, case_problems(case, key, at.date()))
    with transaction.atomic():
        last = StartUpCase.objects.select_for_update().filter(key=key).last()
        if last is not None:
            check_same(key, last.cluster, cluster, last.saving, seen)
        given = LabelGrant.objects.filter(pk=label).first() if label is not None else None
        if label is not None and given is None:
            raise UnknownThing(kind="label", id=label)
        row = StartUpCase.objects.create(
            key=key,
            saving=last.saving + 1 if last else 1,
            startup=case.startup.strip(),
            cluster=cluster,
            cluster_name=cluster_name,
            country=country,
            steps=[
                {"step": one.step, "on": one.on.isoformat(), "note": one.note.strip()} for one in case.steps
            ],
            fairs=list(case.fairs),
            sought=case.sought,
            obtained=case.obtained,
            currency=case.currency,
            funder=case.funder.strip(),
            label=given,
            benefits=list(case.benefits),
            by=str(by),
            at=at,
        )
        trace("save_start_up_case", key, by, at, version=row.saving)
    return row


def check_key(key: str) -> None:
    """Refuse what is no id.

    Raises
    ------
    BadChoice
        With the form of one.
    """
    if not is_identifier(key) or len(key) > LONGEST_KEY:
        raise BadChoice(name="key", value=key, accepted="a-z, 0-9, -")


def check_same(key: str, before: str | None, cluster: str | None, saving: int, seen: int | None) -> None:
    """Refuse to save over what is another cluster's, or was saved by somebody else meanwhile.

    Raises
    ------
    Refused
        With what stands in the way.
    """
    if before != cluster:
        raise Refused("key_of_another", id=key)
    if seen is not None and seen != saving:
        last = AuditEvent.objects.filter(subject=key).order_by("id").last()
        raise Refused(
            "changed_meanwhile", id=key, changes=last.verb if last else "", who=last.by if last else ""
        )


def _refuse(key: str, problems: list[Problem]) -> None:
    if problems:
        raise InputRefused("content_refused", id=key, count=len(problems), problems=problems)


def _contract(id: str | None) -> Contract | None:
    if id is None:
        return None
    row = Contract.objects.filter(id=id).first()
    if row is None:
        raise UnknownThing(kind="contract", id=id)
    return row
