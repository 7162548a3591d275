"""Save a cluster's own assessment on the indicators of the excellence label; each saving stays."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from grappe.actions.save_project import check_same, check_speaks
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.errors import InputRefused, UnknownThing
from grappe.policy.label_rehearsal import OwnAnswer, answer_problems, asked_facts, fact_problems
from grappe.policy.label_scale import PointScale, shipped_scale
from grappe.policy.scheme_files import scheme as scheme_of_id
from grappe.store.models import Entity, SelfAssessment
from grappe.store.scheme_folders import scheme_folders

PATHS = ("eu-excellence-bronze", "eu-excellence-silver", "eu-excellence-gold")
GOLD = PATHS[-1]


def save_self_assessment(
    cluster: str,
    answers: Mapping[str, OwnAnswer],
    facts: Mapping[str, bool | int] | None = None,
    *,
    cluster_name: str,
    country: str,
    scale: PointScale | None = None,
    by: Actor,
    at: datetime,
    seen: int | None = None,
) -> SelfAssessment:
    """Save an assessment; an indicator left out is unanswered.

    Parameters
    ----------
    answers : by id of indicator, points on the scale and what shows them
    facts : for the checklists of bronze and silver, such as ``benchmark_interviews``
    scale : point scale, by default the one that comes with the package

    Raises
    ------
    UnknownThing
        If the census has no such cluster.
    Forbidden
        If somebody does not speak for it.
    InputRefused
        With every answer that cannot be: below zero, above the maximum, of no indicator; and every fact
        below zero, or that no checklist asks for.
    Refused
        If somebody else saved one since number `seen`.
    """
    if not Entity.objects.filter(id=cluster).exists():
        raise UnknownThing(kind="cluster", id=cluster)
    check_speaks(cluster, by)
    used = scale or shipped_scale()
    paths = [scheme_of_id(one, scheme_folders()) for one in PATHS]
    problems = answer_problems(answers, paths[-1], used, cluster_name)
    problems += fact_problems(facts or {}, asked_facts(*paths), cluster_name)
    if problems:
        raise InputRefused("content_refused", id=cluster, count=len(problems), problems=problems)
    with transaction.atomic():
        last = SelfAssessment.objects.select_for_update().filter(cluster=cluster).last()
        subject = f"assessment-{cluster}"
        if last is not None:
            check_same(subject, last.cluster, cluster, last.saving, seen)
        row = SelfAssessment.objects.create(
            cluster=cluster,
            cluster_name=cluster_name,
            country=country,
            saving=last.saving + 1 if last else 1,
            scale=used.id,
            answers={
                id: {"points": str(one.points), "evidence": one.evidence.strip()}
                for id, one in answers.items()
            },
            facts=dict(facts or {}),
            by=str(by),
            at=at,
        )
        trace("save_self_assessment", subject, by, at, version=row.saving)
    return row
