"""Make the demonstration of the policy desk: three calls, twelve contracts over eight years, all invented."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path

import orjson
from django.db import transaction

from grappe.actions.create_account import create_account
from grappe.actions.draft_contract import draft_contract
from grappe.actions.end_contract import end_contract, leave_contract, terminate_contract
from grappe.actions.grant_label import LabelContent, end_label, grant_label
from grappe.actions.keep_apart import check_takes_inventions
from grappe.actions.load_dataset import load_dataset
from grappe.actions.make_demo_event import DemoAccount
from grappe.actions.merge_contracts import Merged, MergerOutcome, MergerVerdict, merge_contracts
from grappe.actions.order_audit import order_audit, record_audit
from grappe.actions.pay_tranche import pay_tranche
from grappe.actions.propose_renewal import decide_renewal, propose_renewal
from grappe.actions.save_project import save_project, save_start_up_case
from grappe.actions.save_report import attach_proof, save_report, submit_report
from grappe.actions.save_self_assessment import save_self_assessment
from grappe.actions.set_publication_clause import set_publication_clause
from grappe.actions.sign_contract import sign_contract
from grappe.actions.verify_report import return_report, verify_report
from grappe.domain.actor import Actor
from grappe.policy.audit_states import AuditState
from grappe.policy.award import Award
from grappe.policy.contract_clauses import Clauses
from grappe.policy.contract_rights import Clause
from grappe.policy.label_register import LabelKind
from grappe.policy.label_rehearsal import OwnAnswer
from grappe.policy.lateness import Side
from grappe.policy.made_up_portfolio import MadeUpContract, Story, calls_of, made_up_portfolio
from grappe.policy.project_stages import CaseContent, ProjectContent, Stage, SupportStep
from grappe.store.contract_values import indicators_of
from grappe.store.models import Call, Contract, ContractReport, FictionalData

DATASET = "fiction-policy"
SCHEME = "ma-contract-programme"
COUNTRY, CURRENCY = "MA", "MAD"
WATERMARK = "Démonstration · Demonstration · عرض توضيحي : Contrats fictifs"
PROOF = b"%PDF-1.4 invented proof of a demonstration"
_CARD = """\
id: {dataset}
title: {{fr: Portefeuille fictif de contrats, en: Fictional portfolio of contracts, ar: حافظة عقود خيالية}}
as_of: {day}
licence: CC0-1.0
notice:
  fr: "Tout est inventé : clusters, personnes, montants."
  en: "Everything is invented: clusters, people, amounts."
  ar: "كل ما هنا خيالي: العناقيد والأشخاص والمبالغ."
sources:
  fiction:
    kind: study
    title: Jeu de démonstration, entièrement inventé
    date: {day}
    cited_by: key
"""


@dataclass(frozen=True, slots=True)
class PolicyDemo:
    """What the demonstration holds; `made` tells whether it was made now or stood there before."""

    title: str
    calls: tuple[str, ...]
    contracts: int
    reports: int
    made: bool


def make_demo_policy(
    folder: Path, *, accounts: Sequence[DemoAccount] = (), by: Actor, at: datetime
) -> PolicyDemo:
    """Fill an empty database with the demonstration; where it stands already, nothing changes.

    The contracts go through the actions that officers and clusters call, each on its day, so that no
    state of the demonstration could not have come about.

    Raises
    ------
    Refused
        If the database holds facts.
    """
    check_takes_inventions()
    made = not Contract.objects.filter(call__startswith="fiction-").exists()
    portfolio = made_up_portfolio(at.date())
    if made:
        with transaction.atomic():
            _make(folder, portfolio, accounts, by, at)
    return PolicyDemo(
        title=WATERMARK,
        calls=calls_of(portfolio),
        contracts=Contract.objects.count(),
        reports=ContractReport.objects.exclude(state="due").count(),
        made=made,
    )


def _make(
    folder: Path,
    portfolio: Sequence[MadeUpContract],
    accounts: Sequence[DemoAccount],
    by: Actor,
    at: datetime,
) -> None:
    fiction = FictionalData.objects.first()
    if fiction is None:
        FictionalData.objects.create(title=WATERMARK, made_at=at, datasets=[DATASET])
    else:
        fiction.datasets = [*fiction.datasets, DATASET]
        fiction.save()
    load_dataset(_write_dataset(folder / DATASET, portfolio, at.date()), by=by, at=at)
    for one in accounts:
        create_account(
            one.address, name=one.name, password=one.password, role=one.role, scope=one.scope, by=by, at=at
        )
    for number, call in enumerate(calls_of(portfolio), start=1):
        _call(call, number, next(one.start for one in portfolio if one.call == call), by)
    lives = {one.story: _Life(one, by, at) for one in portfolio}
    for life in lives.values():
        life.begin()
    _merge(lives[Story.ABSORBED], lives[Story.ABSORBS], by, at)
    for life in lives.values():
        life.live()
    _around(portfolio, by, at)


class _Life:
    """A contract of the demonstration that goes on day by day, never beyond the day of the demonstration."""

    def __init__(self, plan: MadeUpContract, by: Actor, at: datetime) -> None:
        self.plan, self.by, self.at = plan, by, at
        self.id = f"{plan.call}-{plan.cluster.removeprefix('fiction-')}"

    def begin(self) -> None:
        """Draft it and sign it, for both sides unless the story says otherwise."""
        plan = self.plan
        before = _noon(plan.start - timedelta(days=40))
        award = Award(
            id=self.id,
            scheme=SCHEME,
            call=plan.call,
            application=None,
            cluster=plan.cluster,
            cluster_name=plan.name,
            country=COUNTRY,
            amount=plan.amount,
            currency=CURRENCY,
            decided_on=before.date(),
        )
        draft_contract(
            award,
            start=plan.start,
            clauses=_clauses(plan),
            sector=plan.sector,
            region=plan.region,
            by=self.by,
            at=before,
        )
        sign_contract(self.id, Side.STATE, by=self.by, at=before + timedelta(days=20))
        if plan.story is not Story.UNSIGNED:
            sign_contract(self.id, Side.BENEFICIARY, by=self.by, at=before + timedelta(days=30))

    def live(self) -> None:
        """Play the story."""
        _STORIES[self.plan.story](self)

    def pay(self, number: int, late: int = 0) -> None:
        """Pay a tranche some days after it was due, if that day has come."""
        tranche = Contract.objects.get(id=self.id).tranches.get(number=number)
        if tranche.due_on is None:
            return
        when = tranche.due_on + timedelta(days=late)
        if _noon(when) <= self.at:
            pay_tranche(self.id, number, amount=tranche.amount, by=self.by, at=_noon(when))

    def report(self, number: int, growth: int, late: int = 0, *, returned: bool = False) -> None:
        """Report on a period and have it verified, some days after it was over, if that day has come."""
        contract = Contract.objects.get(id=self.id)
        report = contract.reports.get(number=number)
        when = _noon(report.end + timedelta(days=30 + late))
        if when + timedelta(days=30) > self.at:
            return
        save_report(self.id, number, _values(contract, self.plan, number, growth), by=self.by, at=when)
        for indicator in ("collaborative_rd_projects", "startups_created"):
            attach_proof(
                self.id, number, indicator, "preuve-fictive.pdf", PROOF,
                by=self.by, at=when,
            )  # fmt: skip
        submit_report(self.id, number, by=self.by, at=when)
        if returned:
            return_report(
                self.id, number, "Motif fictif : pièce illisible.", by=self.by, at=when + timedelta(days=7)
            )
            submit_report(self.id, number, by=self.by, at=when + timedelta(days=12))
        verify_report(self.id, number, by=self.by, at=when + timedelta(days=20))

    def year(self, number: int, growth: int, late: int = 0, paid_late: int = 0) -> None:
        """A year: the tranche that opens it, then its report."""
        self.pay(number, paid_late)
        self.report(number, growth, late, returned=number == 2)

    def renew(self, amount: int, days_before: int = 30, shares: tuple[str, ...] = ()) -> bool:
        """Renew it some days before its term, if that day has come."""
        end = Contract.objects.get(id=self.id).end
        when = _noon(end - timedelta(days=days_before))
        if when > self.at:
            return False
        clauses = Clauses(shares=tuple(Decimal(one) for one in shares))
        propose_renewal(self.id, Decimal(amount), clauses, by=self.by, at=when)
        decide_renewal(self.id, True, "Motif fictif : résultats suffisants.", by=self.by, at=when)
        return True

    def audit(self, result: AuditState, days_before: int = 90) -> None:
        """Order an audit some days before its term, with its result a month later."""
        when = _noon(Contract.objects.get(id=self.id).end - timedelta(days=days_before))
        order_audit(
            self.id, "Motif fictif : fin des cinq ans.", auditor="Cabinet fictif", by=self.by, at=when
        )
        done = when + timedelta(days=30)
        record_audit(self.id, result, "Conclusions fictives.", by=self.by, at=done)

    def end(self) -> None:
        """End it at its term, once everything is decided."""
        when = _noon(Contract.objects.get(id=self.id).end + timedelta(days=100))
        if when <= self.at:
            end_contract(self.id, by=self.by, at=when)


def _two_renewals(life: _Life) -> None:
    for number in (1, 2, 3):
        life.year(number, 2 * number, paid_late=15 * number)
    life.renew(800_000)
    for number in (4, 5):
        life.year(number, 2 * number)
    life.audit(AuditState.POSITIVE)
    life.renew(600_000, shares=("0.5", "0.3", "0.2"))
    for number in (6, 7, 8):
        life.year(number, 2 * number)
    set_publication_clause(life.id, Clause.RESULTS, by=life.by, at=life.at)


def _audit_refused(life: _Life) -> None:
    for number in (1, 2, 3):
        life.year(number, number, late=20)
    life.renew(700_000)
    life.year(4, 1, late=60)
    life.audit(AuditState.NEGATIVE)
    end = _noon(Contract.objects.get(id=life.id).end - timedelta(days=40))
    propose_renewal(life.id, Decimal(1), _HALVES, by=life.by, at=end)
    decide_renewal(life.id, False, "Motif fictif : audit négatif.", by=life.by, at=end)
    life.end()


def _ended(life: _Life) -> None:
    for number in (1, 2, 3):
        life.year(number, 3 * number)
    life.end()


def _left(life: _Life) -> None:
    life.year(1, 4)
    when = _noon(date(life.plan.start.year + 1, 9, 1))
    leave_contract(life.id, "Motif fictif : ressources propres suffisantes.", by=life.by, at=when)


def _one_renewal(life: _Life) -> None:
    for number in (1, 2, 3):
        life.year(number, 2 * number, paid_late=10)
    life.renew(900_000)
    for number in (4, 5):
        life.year(number, 2 * number)


def _absorbed(life: _Life) -> None:
    """Nothing more: the merger ended it."""


def _terminated(life: _Life) -> None:
    life.pay(1)
    when = _noon(date(life.plan.start.year + 1, 10, 1))
    terminate_contract(life.id, "Motif fictif : aucun rapport remis.", by=life.by, at=when)


def _running(life: _Life) -> None:
    for number in (1, 2):
        life.year(number, 2 * number)


def _late(life: _Life) -> None:
    """The first report came; the second tranche was never paid, the second report is not there."""
    life.pay(1, 45)
    life.report(1, 1, late=50)


def _under_audit(life: _Life) -> None:
    life.year(1, 0)
    order_audit(life.id, "Motif fictif : comptes à vérifier.", by=life.by, at=life.at - timedelta(days=10))


def _unsigned(life: _Life) -> None:
    """Nothing yet: the cluster has still to sign."""


_HALVES = Clauses(shares=(Decimal("0.5"), Decimal("0.5")))
_STORIES = {
    Story.TWO_RENEWALS: _two_renewals,
    Story.AUDIT_REFUSED: _audit_refused,
    Story.ENDED: _ended,
    Story.LEFT: _left,
    Story.ONE_RENEWAL: _one_renewal,
    Story.ABSORBED: _absorbed,
    Story.ABSORBS: _one_renewal,
    Story.TERMINATED: _terminated,
    Story.RUNNING: _running,
    Story.LATE: _late,
    Story.UNDER_AUDIT: _under_audit,
    Story.UNSIGNED: _unsigned,
}
"""How each story is played; total over `Story`."""


def _merge(absorbed: _Life, absorbs: _Life, by: Actor, at: datetime) -> None:
    when = _noon(absorbed.plan.start + timedelta(days=300))
    merge_contracts(
        {
            absorbs.id: MergerVerdict(MergerOutcome.CONTINUES, "Motif fictif : le plus grand des deux."),
            absorbed.id: MergerVerdict(MergerOutcome.ABSORBED, "Motif fictif : travail repris.", absorbs.id),
        },
        Merged(f"{absorbs.plan.name} et de la Robotique", absorbs.plan.cluster),
        by=by,
        at=min(when, at),
    )


def _clauses(plan: MadeUpContract) -> Clauses:
    known: dict[str, dict[int, Decimal]] = {
        "member_firms": {0: Decimal(plan.members)} | {year: Decimal(year) / 10 for year in (1, 2, 3)},
        "collaborative_rd_projects": {year: Decimal(2) for year in (1, 2, 3)},
        "startups_created": {year: Decimal(1) for year in (1, 2, 3)},
        "self_financing_rate": {1: Decimal("0.2"), 2: Decimal("0.3"), 3: Decimal("0.4")},
    }
    return Clauses(indicator_version="later", denominator="total_income", targets=known)


def _values(contract: Contract, plan: MadeUpContract, number: int, growth: int) -> dict[str, Decimal | None]:
    total = Decimal(900_000)
    own = total * min(12 + 7 * number, 60) / 100
    indicators = indicators_of(contract)
    assert indicators is not None
    return {
        "member_firms": Decimal(plan.members + growth),
        "collaborative_rd_projects": Decimal(1 + number % 3),
        "startups_created": Decimal(number % 3),
        "own_income": own,
        "public_income": total - own,
        "donor_income": Decimal(0),
        "total_income": total,
    }


def _call(id: str, number: int, start: date, by: Actor) -> None:
    """A call that was announced before its contracts began, as a row: its applications are not played."""
    opens = _noon(start - timedelta(days=240))
    Call.objects.create(
        id=id,
        scheme=SCHEME,
        country=COUNTRY,
        title={
            "fr": f"Appel à projets fictif n° {number}",
            "en": f"Fictional call for projects no. {number}",
            "ar": f"طلب اقتراح مشاريع خيالي رقم {number}",
        },
        zone="Africa/Casablanca",
        opens_at=opens,
        closes_at=opens + timedelta(days=90),
        budget=Decimal(8_000_000),
        currency=CURRENCY,
        grid=[
            {
                "id": "project",
                "title": {"fr": "Projet", "en": "Project", "ar": "المشروع"},
                "maximum": "20",
                "weight": "1",
            }
        ],
        state="announced",
        created_by=str(by),
        created_at=opens - timedelta(days=30),
        announced_at=opens + timedelta(days=180),
    )


def _around(portfolio: Sequence[MadeUpContract], by: Actor, at: datetime) -> None:
    """Labels, projects, a start-up and an assessment beside the contracts."""
    first, second = portfolio[0], portfolio[1]
    granted = _noon(first.start + timedelta(days=60))
    for one in portfolio[:3]:
        label = grant_label(
            LabelContent(
                LabelKind.INDUSTRY_MINISTRY, COUNTRY, "ma-ministry-industry", "Ministère (démonstration)",
                one.name, granted.date(), one.cluster,
            ),
            by=by,
            at=granted,
        )  # fmt: skip
        if one is second:
            end_label(label.pk, "Motif fictif : audit négatif.", by=by, at=at - timedelta(days=200))
    project = LabelContent(
        LabelKind.CLUSTER_PROJECT,
        COUNTRY,
        first.cluster,
        first.name,
        "Serre connectée fictive",
        granted.date(),
    )
    grant_label(project, by=by, at=granted)
    startup = grant_label(
        LabelContent(
            LabelKind.CLUSTER_STARTUP, COUNTRY, first.cluster, first.name, "Jeune pousse fictive",
            granted.date(),
        ),
        by=by,
        at=granted,
    )  # fmt: skip
    content = ProjectContent(
        title="Serre connectée fictive",
        lead="Entreprise fictive A",
        partners=("Entreprise fictive A", "Entreprise fictive B"),
        laboratory="Laboratoire fictif",
        funder="Fonds fictif",
        label=first.name,
        amount=Decimal(450_000),
        currency=CURRENCY,
        stage=Stage.ASSEMBLED,
    )
    stages = (Stage.ASSEMBLED, Stage.LABELLED, Stage.FUNDED, Stage.UNDER_WAY, Stage.DONE)
    for number, stage in enumerate(stages):
        result = "Prototype fictif." if stage is Stage.DONE else ""
        save_project(
            "fiction-project",
            ProjectContent(
                content.title, content.lead, content.partners, stage, content.laboratory, content.funder,
                content.label, content.amount, content.currency, result,
            ),
            cluster=first.cluster, cluster_name=first.name, country=COUNTRY,
            by=by,
            at=granted + timedelta(days=120 * number),
        )  # fmt: skip
    steps = ("diagnosis", "application_file", "suitable_finance", "fairs")
    case = CaseContent(
        "Jeune pousse fictive",
        steps=tuple(
            SupportStep(step, (granted + timedelta(days=30 * n)).date()) for n, step in enumerate(steps)
        ),
        fairs=("Salon fictif",),
        sought=Decimal(300_000),
        obtained=Decimal(180_000),
        currency=CURRENCY,
        funder="Fonds fictif",
        benefits=("guarantee_fund",),
    )
    save_start_up_case(
        "fiction-case",
        case,
        cluster=first.cluster,
        cluster_name=first.name,
        country=COUNTRY,
        label=startup.pk,
        by=by,
        at=granted + timedelta(days=150),
    )
    answers = {
        id: OwnAnswer(Decimal(points), "Pièce fictive")
        for id, points in (("committed_participation", 3), ("strategy_document", 4), ("services", 2))
    }
    save_self_assessment(
        first.cluster, answers, {"benchmark_interviews": 1, "platform_profile": True},
        cluster_name=first.name, country=COUNTRY, by=by, at=at,
    )  # fmt: skip


def _write_dataset(folder: Path, portfolio: Sequence[MadeUpContract], day: date) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.yml").write_text(_CARD.format(dataset=DATASET, day=day.isoformat()), "utf-8")
    rows = []
    for one in portfolio:
        values: dict[str, object] = {
            "name": one.name,
            "country": COUNTRY,
            "listed": True,
            "state": "constituted",
            "sector": one.sector,
        }
        rows += [_row(one.cluster, field, value, day) for field, value in values.items()]
    (folder / "statements.jsonl").write_bytes(b"\n".join(orjson.dumps(row) for row in rows) + b"\n")
    return folder


def _row(entity: str, field: str, value: object, day: date) -> dict[str, object]:
    return {
        "entity": entity,
        "kind": "cluster",
        "field": field,
        "value": value,
        "source": "fiction",
        "as_of": day.isoformat(),
        "key": entity,
        "printed": str(value),
    }


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=UTC)
