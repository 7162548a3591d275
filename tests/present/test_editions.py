"""Words of editions and comparisons are total; the drawing of flows has the heights of its counts."""

import re

from grappe.census.claims import SCOPES, claims
from grappe.census.comparison import ASPECTS, FLAGS
from grappe.census.edition_changes import Outcome, Unplaced
from grappe.census.legal_forms import ASPECTS as FORM_ASPECTS
from grappe.census.life_events import EventKind
from grappe.domain.vocabulary import vocabulary
from grappe.present import comparisons, editions
from grappe.present.flow_diagram import WIDTH, Flow, flow_diagram


def test_every_code_has_a_word():
    assert set(editions.EVENT_WORDS) == set(EventKind)
    assert set(editions.OUTCOME_WORDS) == set(Outcome)
    assert set(editions.STANDING_WORDS) == set(Unplaced)
    assert set(comparisons.SCOPE_WORDS) == set(SCOPES)
    assert set(comparisons.ASPECT_WORDS) == set(FORM_ASPECTS)
    assert {*ASPECTS, *FLAGS} <= set(comparisons.PART_WORDS)


def test_the_order_holds_every_place_a_cluster_can_stand():
    assert set(editions.ORDER) == {*Unplaced, *vocabulary("state"), "planned", "merged", "dissolved"}


def test_every_claim_is_worded():
    for claim in claims():
        assert all(claim.words.values())


FLOWS = [Flow("a", "b", 3), Flow("a", "c", 1), Flow("d", "b", 1)]


def test_a_node_is_as_tall_as_what_flows_through_it():
    drawn = flow_diagram(FLOWS, "abcd", str)
    tall = [float(h) for h in re.findall(r'height="([0-9.]+)"', drawn)]
    # a: 4, d: 1; b: 4, c: 1, in one unit.
    assert [round(h / tall[1]) for h in tall] == [4, 1, 4, 1]
    assert drawn.count("<path") == len(FLOWS)


def test_mirrored_it_runs_the_other_way():
    one, other = (flow_diagram(FLOWS, "abcd", str, mirrored=m) for m in (False, True))
    across = [float(x) for x in re.findall(r'<rect class="flows__node" x="([0-9.]+)"', one)]
    mirrored = [float(x) for x in re.findall(r'<rect class="flows__node" x="([0-9.]+)"', other)]
    assert mirrored == [WIDTH - x - 14 for x in across]


def test_words_are_escaped():
    assert "<b>" not in flow_diagram(FLOWS, "abcd", lambda code: f"<b>{code}")
