"""Start an application, write on it, attach documents: what a cluster does before it submits."""

import hashlib
from datetime import datetime

from django.db import transaction

from grappe.actions.call_record import (
    application_to_change,
    change_application,
    check_may_apply,
    check_state,
    record_application,
)
from grappe.actions.trail import check_unchanged, trace
from grappe.domain.actor import Actor
from grappe.domain.document import media_type_of, plain_name
from grappe.domain.entity import Kind
from grappe.domain.errors import BadChoice, InputRefused, Refused, UnknownThing
from grappe.domain.vocabulary import LANGUAGES
from grappe.policy.application_form import Answers, answer_problems
from grappe.policy.call_states import ApplicationState, CallState
from grappe.store.call_values import amount_of, answers_of, cap_cites, cap_of, form_of, local
from grappe.store.models import Application, ApplicationVersion, Attachment, Call, ClusterRow, Entity

MOST_DOCUMENTS = 40
"""Documents of one application, those replaced included."""


def start_application(
    call: str, cluster: str, *, language: str = "fr", by: Actor, at: datetime
) -> Application:
    """Start the application of a cluster to a call; going on with one that is there is the same.

    Raises
    ------
    UnknownThing
        If there is no such call or cluster.
    Forbidden
        If somebody does not speak for the cluster.
    Refused
        If the call is not open, or the cluster has applied already.
    """
    check_may_apply(cluster, by)
    if language not in LANGUAGES:
        raise BadChoice(name="language", value=language, accepted=", ".join(LANGUAGES))
    if not Entity.objects.filter(id=cluster, kind=str(Kind.CLUSTER)).exists():
        raise UnknownThing(kind="cluster", id=cluster)
    with transaction.atomic():
        row = Call.objects.select_for_update().filter(id=call).first()
        if row is None:
            raise UnknownThing(kind="call", id=call)
        check_open(row, at)
        standing = row.applications.filter(cluster=cluster).exclude(state=str(ApplicationState.WITHDRAWN))
        if (there := standing.first()) is not None:
            if there.state == ApplicationState.DRAFT:
                return there
            raise Refused("applied_already", call=call, cluster=there.cluster_name)
        number = row.applications.filter(cluster=cluster).count()
        made = Application.objects.create(
            id=f"{call}.{cluster}" + (f".{number + 1}" if number else ""),
            call=row,
            cluster=cluster,
            cluster_name=_name_of(cluster),
            language=language,
            started_by=str(by),
            started_at=at,
        )
        trace("start_application", made.id, by, at, version=made.version)
    return made


def save_application(
    application: str, answers: Answers, *, by: Actor, at: datetime, seen: int | None = None
) -> Application:
    """Save answers as a new version; earlier ones stay. An answer left out is as before.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody does not speak for its cluster.
    Refused
        If it was submitted, the deadline has passed, or somebody else changed it.
    InputRefused
        With every answer that cannot be taken.
    """
    with transaction.atomic():
        row = application_to_change(application, by)
        check_writable(row, at)
        check_unchanged(row.id, row.version, seen, row.started_at)
        merged = {**answers_of(row), **{id: text.strip() for id, text in answers.items()}}
        merged = {id: text for id, text in merged.items() if text}
        problems = answer_problems(
            form_of(row.call), merged, row.cluster_name, cap=cap_of(row.call), cap_cites=cap_cites(row.call)
        )
        if problems:
            raise InputRefused(
                "application_refused", application=row.cluster_name, count=len(problems), problems=problems
            )
        last = row.versions.order_by("-number").first()
        ApplicationVersion.objects.create(
            application=row, number=last.number + 1 if last else 1, answers=merged, by=str(by), at=at
        )
        row.amount = amount_of(merged)
        record_application("save_application", row, by, at)
    return row


def attach_document(
    application: str,
    document: str,
    name: str,
    content: bytes,
    *,
    by: Actor,
    at: datetime,
) -> Attachment:
    """Hand in a document; one of the same kind that was there is replaced, and stays on record.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody does not speak for its cluster.
    Refused
        If the application was submitted or the deadline has passed; if the document is empty, too
        large, not of a kind that is taken, or one too many.
    BadChoice
        If the scheme asks for no such document.
    """
    with transaction.atomic():
        row = application_to_change(application, by)
        check_writable(row, at)
        papers = [one.id for one in form_of(row.call).papers]
        if document not in papers:
            raise BadChoice(name="document", value=document, accepted=", ".join(papers))
        media_type = media_type_of(name, content)
        if row.attachments.count() >= MOST_DOCUMENTS:
            raise Refused("too_many_documents", most=MOST_DOCUMENTS)
        row.attachments.filter(document=document, replaced_at__isnull=True).update(replaced_at=at)
        made = Attachment.objects.create(
            application=row,
            document=document,
            name=plain_name(name),
            media_type=media_type,
            size=len(content),
            sha256=hashlib.sha256(content).hexdigest(),
            content=content,
            by=str(by),
            at=at,
        )
        record_application("attach_document", row, by, at, document=document, sha256=made.sha256)
    return made


def reopen_application(application: str, *, by: Actor, at: datetime) -> Application:
    """Take a submitted application back to write on, as long as the deadline has not passed.

    Raises
    ------
    UnknownThing, Forbidden
        If there is no such application, or somebody does not speak for its cluster.
    Refused
        If the deadline has passed, or it was not submitted.
    """
    with transaction.atomic():
        row = application_to_change(application, by)
        check_open(row.call, at)
        change_application(row, ApplicationState.DRAFT)
        row.submitted_at = None
        record_application("reopen_application", row, by, at)
    return row


def check_open(call: Call, at: datetime) -> None:
    """Refuse what comes before a call opens or after its deadline, to the second.

    Raises
    ------
    Refused
        With the deadline.
    """
    check_state(call, CallState.PUBLISHED)
    if at < call.opens_at:
        raise Refused("call_not_open_yet", call=call.id, opens=local(call, call.opens_at))
    if at >= call.closes_at:
        raise Refused("deadline_passed", call=call.id, closes=local(call, call.closes_at))


def check_writable(application: Application, at: datetime) -> None:
    """Refuse to change an application that is no draft any more.

    The call is looked at first: once it is closed, the state of an application says what was decided on
    it, which its cluster is not told yet.

    Raises
    ------
    Refused
        With the deadline, or its state.
    """
    check_open(application.call, at)
    if application.state != ApplicationState.DRAFT:
        raise Refused(
            "application_not_draft", application=application.cluster_name, present=application.state
        )


def _name_of(cluster: str) -> str:
    row = ClusterRow.objects.filter(entity=cluster).order_by("-valid_from").first()
    return (row.name if row is not None else None) or cluster
