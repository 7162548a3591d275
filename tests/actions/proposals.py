"""A small call for proposals in a store, made by the actions that officers, clusters and reviewers call."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from grappe.actions.admit_applications import Ruling, admit_applications
from grappe.actions.create_call import CallTerms, create_call
from grappe.actions.publish_call import appoint_reviewer, close_call, publish_call
from grappe.actions.review_application import give_review
from grappe.actions.save_application import attach_document, save_application, start_application
from grappe.actions.submit_application import submit_application
from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from grappe.policy.scoring import Criterion
from grappe.store.models import Application, Call
from tests.actions.accounts import account, grant
from tests.actions.stored import load
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

OPENS = datetime(2017, 3, 1, 8, tzinfo=UTC)
DEADLINE = datetime(2017, 6, 14, 16, tzinfo=UTC)
"""Four in the afternoon in London, an hour later in Casablanca in that year."""
BEFORE, AFTER = DEADLINE - timedelta(seconds=1), DEADLINE + timedelta(days=1)
GRID = (
    Criterion("team", {"en": "Team", "fr": "Équipe", "ar": "الفريق"}, Decimal(5)),
    Criterion("plan", {"en": "Plan", "fr": "Projet", "ar": "المشروع"}, Decimal(5), Decimal(2)),
)
"""Fifteen points at most: 5 + 2 x 5."""
PDF = b"%PDF-1.7 a plan"
ANSWERS = {"project": "A shared laboratory", "objectives": "Ten new members", "amount": "600000"}


def terms(**changes: Any) -> CallTerms:
    """Terms of a call of a million dirhams, unless told otherwise."""
    given = {
        "scheme": "ma-contract-programme",
        "country": "MA",
        "title": {"fr": "Appel des vergers", "en": "Call of the orchards", "ar": "دعوة البساتين"},
        "opens_at": OPENS,
        "closes_at": DEADLINE,
        "zone": "Africa/Casablanca",
        "currency": "MAD",
        "grid": GRID,
        "budget": Decimal(1_000_000),
        "cap": Decimal(2_000_000),
    }
    return CallTerms(**(given | changes))


def people() -> dict[str, Actor]:
    """An officer, two managers, two reviewers, and an officer of every country who may review as well."""
    both = account("anyone", Role.OFFICER)
    grant(both.account, Role.REVIEWER, "orchards")
    return {
        "officer": account("officer", Role.OFFICER, "MA"),
        "oak": account("oak", Role.MANAGER, "ma-oak"),
        "elm": account("elm", Role.MANAGER, "dz-elm"),
        "anyone": both,
        "first": account("first", Role.REVIEWER, "orchards"),
        "second": account("second", Role.REVIEWER, "orchards"),
    }


def world(folder: Path) -> dict[str, Actor]:
    """The census of the orchard, and the people."""
    load(write_world(folder, ORCHARD))
    return people()


def published(who: dict[str, Actor], **changes: Any) -> Call:
    """A call that everybody reads, with two reviewers."""
    create_call("orchards", terms(**changes), by=who["officer"], at=OPENS - timedelta(days=9))
    for one in ("first", "second"):
        appoint_reviewer("orchards", who[one].account, by=who["officer"], at=OPENS)
    return publish_call("orchards", by=who["officer"], at=OPENS)


def submitted(who: dict[str, Actor], name: str, cluster: str, **answers: str) -> Application:
    """An application handed in a second before the deadline."""
    row = start_application("orchards", cluster, by=who[name], at=OPENS)
    save_application(row.id, ANSWERS | answers, by=who[name], at=BEFORE)
    for paper in ("application",):
        attach_document(row.id, paper, "plan.pdf", PDF, by=who[name], at=BEFORE)
    return submit_application(row.id, by=who[name], at=BEFORE)


def under_review(who: dict[str, Actor]) -> Call:
    """The call closed, all applications admitted, Elm though it is abroad."""
    close_call("orchards", by=who["officer"], at=AFTER)
    abroad = Application.objects.filter(cluster="dz-elm").values_list("id", flat=True)
    ruling = Ruling(True, "The treaty of the orchards.")
    return admit_applications("orchards", dict.fromkeys(abroad, ruling), by=who["officer"], at=AFTER)


def reviewed(
    who: dict[str, Actor], application: str, first: tuple[int, int], second: tuple[int, int]
) -> None:
    """The opinions of both reviewers: points for the team and for the plan."""
    for name, (team, plan) in (("first", first), ("second", second)):
        points = {"team": Decimal(team), "plan": Decimal(plan)}
        give_review(application, points, by=who[name], at=AFTER)
