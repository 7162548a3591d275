"""The profile of a cluster: each fact by its reading, and nothing that was not told."""

from math import inf
from pathlib import Path

import pytest

from grappe.domain.interval import Interval
from grappe.domain.vocabulary import vocabulary
from grappe.policy.applicant import Told, kind_of_member, profile_of
from grappe.policy.applicant import _kinds as kinds
from grappe.policy.cite import Cite, CiteKind, cite_of
from grappe.policy.labels import awaiting_elsewhere, read_labels

LINE = (Cite(CiteKind.LINE, lines=(7,), source="book"),)


def test_of_an_untold_cluster_only_its_kind_is_known():
    assert {name: fact.value for name, fact in profile_of({}).items()} == {"kind": "cluster"}


def test_every_category_of_members_is_of_a_kind_or_of_none():
    assert kinds().keys() == vocabulary("member_category").keys()


def test_kinds_of_members_are_at_least_those_named():
    told = {
        "members_count": [Told("companies", LINE), Told("universities")],
        "member_category": [Told("smes")],
    }
    found = profile_of(told)["member_kinds"]
    assert (found.value, found.cites, found.read_as) == (Interval(2, inf), LINE, "kinds_of_members")


def test_support_bodies_are_no_kind_of_their_own():
    assert "member_kinds" not in profile_of({"member_category": [Told("chambers"), Told("associations")]})
    assert kind_of_member("chambers") is None


def test_public_members_are_a_visible_link():
    assert profile_of({"member_category": [Told("local_authorities")]})["public_link"].value is True


def test_support_is_no_recognition_and_a_contract_is():
    assert "recognised" not in profile_of({"recognition": [Told("supported", by="dz-dgpme")]})
    found = profile_of({"recognition": [Told("contracted", LINE, "ma-ministry-industry")]})
    assert found["recognised"].value is True
    assert found["recognition"].value == ("contracted:ma-ministry-industry",)


@pytest.mark.parametrize(
    ("told", "known"),
    [
        ({"activity": [Told("collaborative_projects")]}, False),
        ({"activity": [Told("research")]}, False),
        ({"activity": [Told("collaborative_projects"), Told("research")]}, True),
        ({"result": [Told("collaborative_projects")], "member_category": [Told("universities")]}, True),
    ],
)
def test_projects_alone_do_not_prove_research(told, known):
    assert ("collaborative_rd" in profile_of(told)) is known


def test_a_blank_flag_is_unknown():
    assert "international_visibility" not in profile_of({"partner_north": []})
    assert profile_of({"partner_south": [Told(True, LINE)]})["international_visibility"].cites == LINE


def test_no_label_is_awaited_elsewhere_by_the_one_who_gave_it():
    same = [Told("contracted", by="a"), Told("awaiting_label", by="a")]
    assert awaiting_elsewhere(same) is None
    assert awaiting_elsewhere([Told("awaiting_label", by="a")]) is None
    other = awaiting_elsewhere([*same, Told("labelled", LINE, "b")])
    assert (other.seen, other.needed, other.cites) == (("b",), ("a",), LINE)


@pytest.mark.parametrize("text", ["l. 0", "l. 9-3", "l.377", "line 377", "statement abc", ""])
def test_what_is_no_citation_is_none(text):
    assert cite_of(text) is None


def test_labels_with_a_mistake_are_refused(tmp_path: Path):
    from grappe.domain.errors import InputRefused

    path = tmp_path / "labels.yml"
    path.write_text("- {id: a, receiver: tree, cites: [l. 1]}\n", "utf-8")
    with pytest.raises(InputRefused) as refused:
        read_labels(path)
    assert [(one.code, one.line, one.field) for one in refused.value.problems] == [
        ("missing_field", 1, "1.name"),
        ("missing_field", 1, "1.giver"),
        ("bad_code", 1, "1.receiver"),
        ("missing_field", 1, "1.right"),
    ]
