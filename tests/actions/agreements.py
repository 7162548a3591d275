"""Small contracts in a store, made by the actions that officers and clusters call."""

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from grappe.actions.draft_contract import draft_contract
from grappe.actions.save_report import attach_proof, save_report, submit_report
from grappe.actions.sign_contract import sign_contract
from grappe.actions.verify_report import verify_report
from grappe.domain.actor import Actor
from grappe.domain.roles import Role
from grappe.policy.award import Award
from grappe.policy.contract_clauses import Clauses
from grappe.policy.lateness import Side
from grappe.store.models import Contract
from tests.actions.accounts import account
from tests.actions.stored import load
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

START = date(2016, 1, 1)
DECIDED = datetime(2015, 11, 2, 9, tzinfo=UTC)
SIGNED = datetime(2015, 12, 15, 9, tzinfo=UTC)
PDF = b"%PDF-1.7 a proof"
CLAUSES = Clauses(
    indicator_version="later",
    denominator="total_income",
    targets={
        "member_firms": {0: Decimal(20), 1: Decimal("0.10"), 2: Decimal("0.25")},
        "collaborative_rd_projects": {1: Decimal(2), 2: Decimal(3)},
        "self_financing_rate": {1: Decimal("0.2"), 3: Decimal("0.4")},
    },
)
"""Twenty firms at the start, a tenth and then a quarter more; a fifth, then two fifths of own income."""
YEAR = {
    "member_firms": Decimal(22),
    "collaborative_rd_projects": Decimal(2),
    "own_income": Decimal(300_000),
    "total_income": Decimal(1_200_000),
}
"""22 / 20 - 1 = 10 %; 300,000 / 1,200,000 = 25 %."""


def day(text: str) -> datetime:
    """Nine in the morning of a day."""
    return datetime.fromisoformat(f"{text}T09:00+00:00")


def award(**changes: Any) -> Award:
    """An award of a million and a half to the cluster of the oaks."""
    given = {
        "id": "orchards-oak",
        "scheme": "ma-contract-programme",
        "call": "orchards",
        "application": "orchards.ma-oak",
        "cluster": "ma-oak",
        "cluster_name": "Oak",
        "country": "MA",
        "amount": Decimal(1_500_000),
        "currency": "MAD",
        "decided_on": DECIDED.date(),
    }
    return Award(**(given | changes))


def world(folder: Path) -> dict[str, Actor]:
    """The census of the orchard; an officer of each country, and two managers."""
    load(write_world(folder, ORCHARD))
    return {
        "officer": account("officer", Role.OFFICER, "MA"),
        "second": account("second", Role.OFFICER, "MA"),
        "abroad": account("abroad", Role.OFFICER, "TN"),
        "oak": account("oak", Role.MANAGER, "ma-oak"),
        "elm": account("elm", Role.MANAGER, "dz-elm"),
    }


def drafted(who: dict[str, Actor], clauses: Clauses = CLAUSES, **changes: Any) -> Contract:
    """A contract that nobody has signed."""
    start = changes.pop("start", START)
    return draft_contract(award(**changes), start=start, clauses=clauses, by=who["officer"], at=DECIDED)


def running(who: dict[str, Actor], clauses: Clauses = CLAUSES, **changes: Any) -> Contract:
    """A contract that both sides have signed."""
    row = drafted(who, clauses, **changes)
    sign_contract(row.id, Side.STATE, by=who["officer"], at=SIGNED)
    signer = who["oak"] if row.cluster == "ma-oak" else Actor("root", "operator")
    return sign_contract(row.id, Side.BENEFICIARY, by=signer, at=SIGNED)


def reported(who: dict[str, Actor], number: int, on: str, **values: int) -> None:
    """A report with its proofs, submitted and verified on one day."""
    told = {**YEAR, **{name: Decimal(value) for name, value in values.items()}}
    save_report("orchards-oak", number, told, by=who["oak"], at=day(on))
    attach_proof(
        "orchards-oak", number, "collaborative_rd_projects", "list.pdf", PDF,
        by=who["oak"], at=day(on),
    )  # fmt: skip
    submit_report("orchards-oak", number, by=who["oak"], at=day(on))
    verify_report("orchards-oak", number, by=who["officer"], at=day(on))
