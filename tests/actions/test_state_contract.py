"""What a signed contract says in the census, and where it says nothing."""

from datetime import UTC, datetime

import pytest

from grappe.actions.end_contract import leave_contract
from grappe.actions.sign_contract import sign_contract
from grappe.domain.statement import Statement
from grappe.policy.lateness import Side
from grappe.store import models
from grappe.store.codec import unpack_statement
from tests.actions.accounts import quick_passwords  # noqa: F401 - a fixture
from tests.actions.agreements import SIGNED, day, drafted, running
from tests.actions.agreements import world as orchard
from tests.actions.stored import load
from tests.worlds import write_world

LAW = """
kind: organisation
source: web
as_of: 2019-03
entities:
  ma-ministry-industry:
    name: {value: Ministry, key: law, printed: Ministry}
== law.yml
kind: instrument
source: web
as_of: 2019-03
entities:
  ma-pol-contrat-programme:
    name: {value: Programme contract, key: law, printed: Programme contract}
    authority: {value: ma-ministry-industry, key: law, printed: Ministry}
== dataset.yml
id: law
title: {fr: Droit, en: Law, ar: قانون}
as_of: 2019-03
licence: CC0
sources:
  web: {kind: website, title: A site, date: 2019, cited_by: key}
"""


@pytest.fixture
def who(store, tmp_path, quick_passwords):  # noqa: F811 - the fixture
    return orchard(tmp_path)


@pytest.fixture
def law(who, tmp_path):
    """The instrument of the scheme, with the authority that signs."""
    load(write_world(tmp_path / "law", LAW))


def stated() -> dict[str, Statement]:
    rows = models.Statement.objects.filter(entity_id="ma-oak", standing=True)
    found = [unpack_statement(*one) for one in rows.values_list("id", "entity_id", "field", "content")]
    return {one.field: one for one in found if one.field in ("recognition", "contracted")}


def test_the_second_signature_states_the_contract_with_itself_as_the_source(who, law):
    drafted(who)
    sign_contract("orchards-oak", Side.STATE, by=who["officer"], at=SIGNED)
    assert stated() == {}
    sign_contract("orchards-oak", Side.BENEFICIARY, by=who["oak"], at=SIGNED)
    found = stated()
    assert found["recognition"].value == "contracted"
    assert dict(found["recognition"].attributes) == {"by": "ma-ministry-industry"}
    assert found["recognition"].source == "contract-orchards-oak"
    assert found["contracted"].value == "2016-01-01"
    # The trail names a role and no person.
    assert set(models.Decision.objects.filter(at=SIGNED).values_list("by", flat=True)) == {"manager"}


def test_a_contract_that_is_over_ends_there_too(who, law):
    running(who)
    leave_contract("orchards-oak", "We stand alone.", by=who["oak"], at=day("2017-05-02"))
    found = stated()["recognition"]
    assert (found.valid_from, found.valid_to) == ("2016-01-01", "2017-05-02")


def test_nothing_is_stated_of_a_draft_that_ends(who, law):
    drafted(who)
    leave_contract("orchards-oak", "We stand alone.", by=who["oak"], at=datetime(2016, 1, 2, tzinfo=UTC))
    assert stated() == {}


def test_nothing_is_stated_where_the_census_names_no_authority(who):
    running(who)
    assert stated() == {}
