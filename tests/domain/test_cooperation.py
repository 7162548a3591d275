"""What counts as cooperation: kinds, statuses, and co-production that clusters facilitated."""

from itertools import product

import pytest

from grappe.domain.cooperation import PARTNERSHIP_KINDS, REAL, is_cooperation, is_facilitation
from grappe.domain.vocabulary import vocabulary

NEVER = {"listing", "event", "hosting", "initiative", "ownership"}


def test_every_kind_of_link_is_either_cooperation_or_named_as_none():
    assert set(vocabulary("link_kind")) == PARTNERSHIP_KINDS | NEVER
    assert not PARTNERSHIP_KINDS & NEVER


def test_every_status_is_either_real_or_named_as_none():
    assert {*vocabulary("status"), None} == REAL | {"planned", "sought", "announced"}


@pytest.mark.parametrize(("kind", "status"), list(product(sorted(NEVER), vocabulary("status"))))
def test_a_listing_a_fair_or_a_host_never_counts_whatever_its_status(kind, status):
    assert not is_cooperation(kind, status)


@pytest.mark.parametrize("kind", sorted(PARTNERSHIP_KINDS))
def test_a_partner_only_sought_planned_or_announced_never_counts(kind):
    assert [s for s in vocabulary("status") if is_cooperation(kind, s)] == ["active", "done", "ended"]
    assert is_cooperation(kind, None)


@pytest.mark.parametrize(
    ("ends", "facilitated"),
    [
        (("company", "company"), False),
        (("organisation", "company"), False),
        (("cluster", "company"), False),
        (("cluster", "cluster"), True),
        (("cluster", "foreign_cluster"), True),
        (("cluster", None), False),
    ],
)
def test_a_coproduction_printed_between_clusters_is_one_they_facilitated(ends, facilitated):
    assert is_facilitation("coproduction", ends) is facilitated
    assert is_facilitation("coproduction", ends[::-1]) is facilitated
    assert is_cooperation("coproduction", "done", facilitated=facilitated) is not facilitated
