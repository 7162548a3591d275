"""The whole life of a contract in the browser: a cluster in English, two reviewers, an officer in French.

The call is opened, answered and closed by actions; from the reviewers' opinions on, everything is played on
pages. The contract begins years ago, so that its periods are over on any day on which this runs.
"""

import shutil
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from grappe.domain.roles import Role
from tests.actions import proposals
from tests.actions.accounts import account
from tests.actions.stored import load, store_in, tables_alone
from tests.browser.access import sound
from tests.browser.conftest import apart, serving
from tests.browser.people import entering, send
from tests.queries.conftest import ORCHARD
from tests.worlds import write_world

CONTRACT = "orchards.ma-oak"
LANGUAGES = {"officer": "fr", "deputy": "fr", "oak": "en", "first": "en", "second": "ar"}
PDF = b"%PDF-1.7 the list of projects"


@pytest.fixture
def ministry(tmp_path: Path, tmp_path_factory, django_db_blocker) -> Iterator[str]:
    """An atlas of the orchard with a call that was closed: one application is with two reviewers."""
    data = tmp_path / "data"
    data.mkdir()

    def fill() -> None:
        shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), data / "grappe.sqlite3")
        with store_in(data / "grappe.sqlite3"):
            load(write_world(tmp_path, ORCHARD))
            who = proposals.people()
            account("deputy", Role.OFFICER, "MA")
            proposals.published(who, budget=Decimal(2_000_000))
            proposals.submitted(who, "oak", "ma-oak", amount="1500000")
            proposals.under_review(who)

    with django_db_blocker.unblock():
        apart(fill)
    with serving(data) as address:
        yield address


@pytest.fixture
def enter(ministry: str, chromium: Browser) -> Iterator:
    """Signs somebody in, in their language: ``enter("oak")``; ``script=False`` for a browser without."""
    with entering(ministry, chromium, lambda name: LANGUAGES[name]) as enter:
        yield enter


def do(page: Page, deed: str, **fields: str) -> None:
    """Open the form of a deed, fill it in and send it."""
    form = page.locator(f"details:has(#do-{deed})")
    if form.get_attribute("open") is None:
        form.locator("summary").click()
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    form.locator("button[type=submit]").click()
    page.wait_for_load_state()


def of(language: str, rest: str = "") -> str:
    """Address of the contract."""
    return f"/{language}/contracts/{CONTRACT}/{rest}"


def opinion(page: Page, language: str, points: dict[str, str], comment: str) -> None:
    """Read the application and give points and a comment."""
    page.goto(f"/{language}/calls/orchards/review/")
    page.locator("main .grants a").first.click()
    for criterion, given in points.items():
        page.fill(f"#points-{criterion}", given)
    page.fill("#comment-plan", comment)
    send(page, "button[value=opinion]")
    page.wait_for_url("**/review/")


def test_a_contract_from_its_call_to_the_exit(enter):
    officer, oak = enter("officer"), enter("oak")

    # Two reviewers, one in Arabic; the officer decides and announces in French.
    opinion(enter("first"), "en", {"team": "4", "plan": "4"}, "A laboratory that its members need.")
    arabic = enter("second")
    opinion(arabic, "ar", {"team": "4", "plan": "5"}, "مشروع جيد ومفيد للفلاحين")
    assert arabic.locator("html").get_attribute("dir") == "rtl"
    officer.goto("/fr/calls/orchards/desk/decide/")
    officer.check(f"[name='verdict-{CONTRACT}'][value=selected]")
    officer.fill(f"[name='amount-{CONTRACT}']", "1500000")
    officer.fill(f"[name='reasons-{CONTRACT}']", "Les deux avis sont favorables.")
    send(officer, "form.form button[type=submit]")
    officer.wait_for_url("**/desk/")
    send(officer, "button[name=state][value=announced]")

    # The contract is drafted from the award: a wrong form says why and keeps what was typed.
    officer.goto("/fr/calls/orchards/desk/")
    officer.click("main a[href*='/new_contract/']")
    assert "l. 377" in officer.locator("main").inner_text()
    officer.fill("#start", "2018-01-01")
    officer.check("[name=indicator_version][value=later]")
    send(officer, "button[value=lay_out]")
    assert officer.input_value("#start") == "2018-01-01"
    officer.select_option("#denominator", "total_income")
    officer.fill("#target-member_firms-0", "20")
    officer.fill("#target-member_firms-1", "10")
    officer.fill("#target-collaborative_rd_projects-1", "2")
    officer.fill("#target-self_financing_rate-1", "20")
    officer.fill("#shares", "50; 30; 30")
    sound(officer)
    send(officer, "button[value=draft]")
    assert officer.locator("[role=alert]").is_visible()
    assert officer.input_value("#target-self_financing_rate-1") == "20"
    officer.fill("#shares", "")
    send(officer, "button[value=draft]")
    officer.wait_for_url(f"**{of('fr')}")
    sound(officer)

    # Signed by both: the first tranche of 500,000 falls due, and is paid; another amount is refused.
    send(officer, "#next ~ .grants button[type=submit]")
    oak.goto(of("en"))
    assert "1,500,000" in oak.locator("main").inner_text()
    sound(oak)
    send(oak, "#next ~ .grants button[type=submit]")
    expect(oak.locator("h1 + p .badge")).to_have_text("contract running")
    officer.goto(of("fr"))
    do(officer, "pay-1", amount="400000")
    assert "400" in officer.locator("[role=alert]").inner_text()
    assert officer.locator("#do-pay-1 [name=amount]").input_value() == "400000"
    do(officer, "pay-1", amount="500000")
    expect(officer.locator("#do-pay-1")).to_have_count(0)

    # The cluster reports on the first year, with a proof; half a project is refused.
    oak.goto(of("en", "reports/1/"))
    values = {"member_firms": "24", "collaborative_rd_projects": "2.5", "own_income": "300000",
              "total_income": "1200000"}  # fmt: skip
    for name, value in values.items():
        oak.fill(f"#v-{name}", value)
    send(oak, "button[value=save]")
    assert "is not a whole number" in oak.locator("[role=alert]").inner_text()
    assert oak.input_value("#v-own_income") == "300000"
    oak.fill("#v-collaborative_rd_projects", "2")
    send(oak, "button[value=save]")
    oak.set_input_files(
        "#file-collaborative_rd_projects",
        {"name": "projects.pdf", "mimeType": "application/pdf", "buffer": PDF},
    )
    oak.locator(".proof-form:has(#file-collaborative_rd_projects) button").click()
    oak.wait_for_load_state()
    assert "projects.pdf" in oak.locator("#proofs ~ .proof-form").all_inner_texts()[1]
    sound(oak)
    send(oak, "button[value=submit]")
    expect(oak.locator("#state .badge").first).to_have_text("report submitted")

    # Returned, corrected, verified: 23 / 20 - 1 = 15 %, above the 10 % promised.
    officer.goto(of("fr"))
    officer.click("main .grants a[href$='/reports/1/']")
    sound(officer)
    officer.fill("#return-why", "Une entreprise est comptée deux fois.")
    send(officer, "button[value=return]")
    oak.goto(of("en", "reports/1/"))
    assert "Une entreprise est comptée deux fois." in oak.locator("main").inner_text()
    oak.fill("#v-member_firms", "23")
    send(oak, "button[value=submit]")
    officer.goto(of("fr", "reports/1/"))
    send(officer, "button[value=verify]")
    oak.goto(of("en"))
    row = oak.locator("#targets ~ .tablewrap tbody tr", has_text="Growth in member firms").first
    assert "15 %" in row.inner_text()
    assert "reached" in row.inner_text()
    oak.goto("/en/contracts/cluster/ma-oak/")
    assert "Report on period 2" in oak.locator("main").inner_text()
    sound(oak)

    # The first renewal asks for nothing; it is granted with the rule in sight.
    officer.goto(of("fr", "renewal/"))
    officer.fill("#amount", "900 000")
    send(officer, "button[value=propose]")
    sound(officer)
    officer.fill("#why", "Les membres ont augmenté.")
    send(officer, "button[value=grant]")
    officer.wait_for_url(f"**{of('fr')}#renewals")

    # The second is degressive, and cannot be told without an audit: it is refused, with the line.
    officer.goto(of("fr", "renewal/"))
    officer.fill("#amount", "600000")
    officer.fill("#shares", "50; 30; 20")
    send(officer, "button[value=propose]")
    officer.fill("#why", "Au vu des résultats.")
    send(officer, "button[value=grant]")
    assert "l. 377" in officer.locator("[role=alert]").inner_text()
    assert officer.input_value("#why") == "Au vu des résultats."

    # Two officers at once: the second is told what changed, and by whom, and what was typed stays.
    deputy = enter("deputy")
    deputy.goto(of("fr"))
    officer.goto(of("fr"))
    do(officer, "order_audit", why="Fin des cinq premières années.", auditor="Cabinet")
    do(deputy, "suspend", why="Comptes manquants.")
    told = deputy.locator("[role=alert]").inner_text()
    assert "officer" in told
    assert "audit" in told
    assert deputy.locator("body").inner_text().count("Comptes manquants.") == 0
    # The link to a form that is folded away opens it.
    officer.click("main .grants a[href='#do-record_audit']")
    officer.check("#do-record_audit [name=result][value=positive]")
    do(officer, "record_audit", summary="Comptes en ordre.")
    officer.goto(of("fr", "renewal/"))
    officer.fill("#why", "Audit positif.")
    send(officer, "button[value=grant]")
    officer.goto(of("fr"))
    paid = officer.locator("#money ~ .tablewrap").first.inner_text()
    # 600,000 by falling parts: 300,000, 180,000, 120,000.
    for part in ("300\u202f000", "180\u202f000", "120\u202f000"):
        assert part in paid
    sound(officer)

    # The portfolio of the officer adds the three phases up; without a script the cluster leaves.
    officer.goto("/fr/contracts/")
    assert "3\u202f000\u202f000" in officer.locator("main").inner_text()
    sound(officer)
    plain = enter("oak", script=False)
    plain.goto(of("en"))
    do(plain, "leave", why="Its own income is enough.")
    page = plain.locator("main").inner_text()
    assert "left by the cluster" in page
    assert "may answer a later call" in page
