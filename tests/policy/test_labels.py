"""The register of labels, the rehearsal of the excellence label, projects and start-ups."""

from datetime import date
from decimal import Decimal

import pytest

from grappe.domain.errors import InputRefused, Refused
from grappe.policy import scheme
from grappe.policy.label_register import (
    LABEL_RULES,
    Giver,
    LabelKind,
    Receiver,
    Standing,
    awaiting_another,
    check_label,
    label_state,
)
from grappe.policy.label_rehearsal import OwnAnswer, answer_problems, rehearsal
from grappe.policy.label_scale import read_scale, shipped_scale
from grappe.policy.profile import Fact
from grappe.policy.project_stages import (
    BENEFITS,
    SUPPORT_STEPS,
    CaseContent,
    Dimension,
    ProjectContent,
    Stage,
    SupportStep,
    case_problems,
    project_problems,
)

TODAY = date(2020, 6, 1)
GOLD = [one.id for one in scheme("eu-excellence-gold").indicator_sets[0].indicators]


def rehearsed(answers: dict[str, int], on: date = TODAY, evidence: str = "minutes", **facts):
    return rehearsal(
        {id: OwnAnswer(Decimal(points), evidence) for id, points in answers.items()},
        {name: Fact(value) for name, value in facts.items()},
        bronze=scheme("eu-excellence-bronze"),
        silver=scheme("eu-excellence-silver"),
        gold=scheme("eu-excellence-gold"),
        scale=shipped_scale(),
        on=on,
    )


def test_the_study_names_seven_kinds_of_labels_each_with_its_lines():
    assert LABEL_RULES.keys() == set(LabelKind)
    assert len(LabelKind) == 7
    assert all(rule.cites for rule in LABEL_RULES.values())


def test_a_label_has_the_giver_the_receiver_and_the_country_of_its_kind():
    day = date(2019, 1, 1)
    check_label(LabelKind.STARTUP_ACT, Giver.AUTHORITY, Receiver.STARTUP, "TN", day, None)
    with pytest.raises(Refused, match="label_of_another_kind"):
        check_label(LabelKind.STARTUP_ACT, Giver.AUTHORITY, Receiver.CLUSTER, "TN", day, None)
    with pytest.raises(Refused, match="label_of_another_country"):
        check_label(LabelKind.STARTUP_ACT, Giver.AUTHORITY, Receiver.STARTUP, "MA", day, None)
    with pytest.raises(Refused, match="label_ends_before"):
        check_label(LabelKind.CLUSTER_PROJECT, Giver.CLUSTER, Receiver.PROJECT, "MA", day, day)


def test_a_label_is_held_from_its_first_day_until_the_day_before_its_end():
    start, end = date(2019, 1, 1), date(2021, 1, 1)
    days = [date(2018, 12, 31), start, date(2020, 12, 31), end]
    assert [str(label_state(start, end, on)) for on in days] == ["coming", "held", "held", "ended"]
    assert str(label_state(start, None, date(2050, 1, 1))) == "held"


def test_a_cluster_can_be_labelled_by_one_ministry_while_it_awaits_another():
    told = [
        Standing("ministry-agriculture", "labelled"),
        Standing("ministry-industry", "awaiting_label"),
        # Contracted with the one whose label it awaits is a dispute of the source, not two authorities.
        Standing("ministry-industry", "contracted"),
    ]
    assert [(one.received_by, one.awaits) for one in awaiting_another(told)] == [
        ("ministry-agriculture", "ministry-industry")
    ]
    assert awaiting_another([Standing("a", "supported"), Standing("b", "awaiting_label")]) == ()


def test_a_rehearsal_without_answers_has_the_whole_gap():
    found = rehearsed({})
    assert (len(found.items), found.answered, found.score) == (31, 0, 0)
    # Gold needs 80 per cent.
    assert (found.needed, found.gap) == (Decimal("0.8"), Decimal("0.8"))


def test_half_the_points_everywhere_is_half_the_score_and_three_tenths_are_lacking():
    found = rehearsed(dict.fromkeys(GOLD, 2))
    assert (found.score, found.gap) == (Decimal("0.5"), Decimal("0.3"))


def test_the_cheapest_steps_close_the_gap_and_no_more_than_needed():
    # 31 indicators of equal weight: 80 % are 24.8; 24 full ones lack 0.8, so one step to the full suffices.
    found = rehearsed(dict.fromkeys(GOLD[:24], 4))
    (step,) = found.steps
    # Of the seven that are left the cheapest cost one a point; the first of them in the list is taken.
    left = [id for id in GOLD[24:] if shipped_scale().line(id).effort == 1]
    assert (step.indicator, step.effort, step.adds) == (left[0], 1, Decimal(1) / 31)
    assert rehearsed(dict.fromkeys(GOLD, 4)).steps == ()


def test_answers_without_evidence_count_and_are_marked():
    found = rehearsed({GOLD[0]: 3, GOLD[1]: 0}, evidence=" ")
    assert found.unproven == (GOLD[0],)


def test_the_three_paths_are_three_different_checklists():
    found = rehearsed(
        dict.fromkeys(GOLD, 4),
        benchmark_interviews=1,
        platform_profile=True,
    )
    bronze, silver, gold = found.paths
    assert (bronze.label, bronze.met) == ("eu-excellence-bronze", True)
    assert (silver.label, silver.met) == ("eu-excellence-silver", False)
    assert {one.rule: one.met for one in gold.findings} == {"score": True, "assessed": True, "platform": True}


def test_before_november_2019_bronze_asked_for_no_listing_on_the_platform():
    bronze = rehearsed({}, on=date(2019, 10, 31), benchmark_interviews=1).paths[0]
    assert (bronze.met, [one.rule for one in bronze.findings]) == (True, ["interview"])


def test_points_are_between_zero_and_the_maximum_of_the_scale():
    wrong = {
        GOLD[0]: OwnAnswer(Decimal(-1)),
        GOLD[1]: OwnAnswer(Decimal(5)),
        "charm": OwnAnswer(Decimal(1)),
        GOLD[2]: OwnAnswer(Decimal("Infinity")),
    }
    problems = answer_problems(wrong, scheme("eu-excellence-gold"), shipped_scale(), "Oak")
    assert [one.code for one in problems] == [
        "value_negative", "points_over_maximum", "no_such_indicator", "value_no_number",
    ]  # fmt: skip


def test_a_scale_says_that_the_scale_of_the_label_is_not_public():
    scale = shipped_scale()
    assert scale.source == "editors"
    assert set(scale.note) == {"en", "fr", "ar"}
    assert set(scale.lines) <= set(GOLD)


def test_another_scale_takes_the_place_of_the_shipped_one(tmp_path):
    path = tmp_path / "mine.yml"
    path.write_text("id: mine\nsource: us\nmaximum: 10\nindicators: {press: {weight: 3}}\n", "utf-8")
    scale = read_scale(path)
    assert (scale.line("press").weight, scale.line("services").weight) == (3, 1)
    assert scale.line("press").maximum == 10


@pytest.mark.parametrize(
    "text",
    ["maximum: 0", "maximum: ten", "effort: 4", "- a list", "{unclosed", "indicators: {press: {weight: -1}}"],
)
def test_a_scale_that_makes_no_sense_is_refused_whole(tmp_path, text):
    path = tmp_path / "mine.yml"
    path.write_text(text, "utf-8")
    with pytest.raises(InputRefused):
        read_scale(path)


def project(**changes) -> ProjectContent:
    given = {"title": "A vehicle", "lead": "Oak", "partners": ("Oak", "Elm"), "stage": Stage.ASSEMBLED}
    return ProjectContent(**(given | changes))


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({"partners": ("Oak",)}, ["too_few_partners"]),
        ({"partners": ("Oak",), "laboratory": "Lab"}, []),
        ({"partners": ("Oak", "Oak")}, ["too_few_partners"]),
        ({"lead": "Ash"}, ["lead_no_partner"]),
        ({"title": " ", "lead": ""}, ["title_missing", "lead_missing"]),
        ({"amount": Decimal(-1), "currency": "MAD"}, ["amount_negative"]),
        ({"amount": Decimal(1)}, ["currency_missing"]),
        ({"start": TODAY, "end": TODAY}, ["ends_before_start"]),
    ],
)
def test_a_collaborative_project_has_two_partners_or_one_and_a_laboratory(changes, codes):
    assert [one.code for one in project_problems(project(**changes), "p")] == codes


def test_support_has_three_dimensions_and_its_steps_lie_in_the_past():
    assert SUPPORT_STEPS.keys() == set(Dimension)
    case = CaseContent(
        "Sprout",
        steps=(
            SupportStep("diagnosis", TODAY),
            SupportStep("magic", TODAY),
            SupportStep("fairs", date(2021, 1, 1)),
        ),
        benefits=("startup_act", "sunshine"),
        obtained=Decimal(-5),
        currency="TND",
    )
    assert [one.code for one in case_problems(case, "s", TODAY)] == [
        "no_such_step", "step_in_future", "no_such_benefit", "amount_negative",
    ]  # fmt: skip
    assert all(BENEFITS.values())
