"""Attach a document that shows what a cluster answers in its rehearsal of the excellence label."""

import hashlib
from datetime import datetime

from django.db import transaction

from grappe.actions.save_project import check_speaks
from grappe.actions.save_self_assessment import GOLD
from grappe.actions.trail import trace
from grappe.domain.actor import Actor
from grappe.domain.document import media_type_of, plain_name
from grappe.domain.errors import Refused, UnknownThing
from grappe.policy.scheme_files import scheme as scheme_of_id
from grappe.store.models import AssessmentProof, Entity
from grappe.store.scheme_folders import scheme_folders

MOST_EVIDENCE = 60
"""Documents that one cluster may keep here."""


def attach_evidence(
    cluster: str, indicator: str, name: str, content: bytes, *, by: Actor, at: datetime
) -> AssessmentProof:
    """Keep a document beside the answer on an indicator; only those who speak for the cluster read it.

    Raises
    ------
    UnknownThing
        If there is no such cluster or indicator.
    Forbidden
        If somebody does not speak for it.
    Refused
        If the document is empty, too large, of no kind that is taken, or one too many.
    """
    if not Entity.objects.filter(id=cluster, kind="cluster").exists():
        raise UnknownThing(kind="cluster", id=cluster)
    check_speaks(cluster, by)
    gold = scheme_of_id(GOLD, scheme_folders())
    if indicator not in {one.id for version in gold.indicator_sets for one in version.indicators}:
        raise UnknownThing(kind="indicator", id=indicator)
    media_type = media_type_of(name, content)
    with transaction.atomic():
        if AssessmentProof.objects.select_for_update().filter(cluster=cluster).count() >= MOST_EVIDENCE:
            raise Refused("too_many_documents", most=MOST_EVIDENCE)
        row = AssessmentProof.objects.create(
            cluster=cluster,
            indicator=indicator,
            name=plain_name(name),
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            by=str(by),
            at=at,
        )
        trace("attach_evidence", f"evidence-{cluster}", by, at, sha256=row.sha256)
    return row
