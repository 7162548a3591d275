"""Labels granted and ended, projects, start-ups and assessments saved, and all that is refused."""

from datetime import date
from decimal import Decimal

import pytest

from grappe.actions.grant_label import LabelContent, end_label, grant_label
from grappe.actions.save_project import save_project, save_start_up_case
from grappe.actions.save_self_assessment import save_self_assessment
from grappe.domain.errors import BadChoice, Forbidden, InputRefused, Refused, UnknownThing
from grappe.policy.label_register import LabelKind
from grappe.policy.label_rehearsal import OwnAnswer
from grappe.policy.project_stages import CaseContent, ProjectContent, Stage, SupportStep
from grappe.queries.labels import list_labels, list_projects, list_start_ups
from grappe.queries.rehearsals import rehearsal_of
from grappe.store.models import CollaborativeProject, LabelGrant, SelfAssessment, StartUpCase
from tests.actions.accounts import quick_passwords  # noqa: F401 - a fixture
from tests.actions.agreements import day, running, world

WHOSE = {"cluster": "ma-oak", "cluster_name": "Oak", "country": "MA"}
START = date(2016, 3, 1)


@pytest.fixture
def who(store, tmp_path, quick_passwords):  # noqa: F811 - the fixture
    return world(tmp_path)


def ministry(**changes) -> LabelContent:
    given = {
        "kind": LabelKind.INDUSTRY_MINISTRY, "country": "MA", "giver": "ma-ministry-industry",
        "giver_name": "Ministry", "receiver_name": "Oak", "start": START, "receiver": "ma-oak",
    }  # fmt: skip
    return LabelContent(**(given | changes))


def of_cluster(**changes) -> LabelContent:
    return ministry(
        **{
            "kind": LabelKind.CLUSTER_STARTUP, "giver": "ma-oak", "giver_name": "Oak",
            "receiver_name": "Sprout", "receiver": None,
        } | changes
    )  # fmt: skip


def project(stage: Stage = Stage.ASSEMBLED, **changes) -> ProjectContent:
    given = {"title": "Press", "lead": "Oak", "partners": ("Oak", "Elm"), "stage": stage}
    return ProjectContent(**(given | changes))


def test_a_label_is_granted_by_its_giver_and_ends_with_a_reason(who):
    row = grant_label(ministry(), by=who["officer"], at=day("2016-02-01"))
    assert [one["state"] for one in list_labels(date(2016, 2, 15))] == ["coming"]
    end_label(row.pk, "It left.", end=date(2017, 1, 1), by=who["officer"], at=day("2016-12-20"))
    assert [one["state"] for one in list_labels(date(2016, 12, 31))] == ["held"]
    assert [one["state"] for one in list_labels(date(2017, 1, 1))] == ["ended"]
    with pytest.raises(Refused, match="label_ended"):
        end_label(row.pk, "Again.", by=who["officer"], at=day("2017-02-01"))


def test_a_cluster_labels_a_start_up_and_no_ministry_does_it_for_it(who):
    grant_label(of_cluster(), by=who["oak"], at=day("2016-03-01"))
    with pytest.raises(Forbidden):
        grant_label(of_cluster(receiver_name="Bud"), by=who["officer"], at=day("2016-03-01"))
    with pytest.raises(Forbidden):
        grant_label(of_cluster(receiver_name="Bud"), by=who["elm"], at=day("2016-03-01"))
    with pytest.raises(Forbidden):
        grant_label(ministry(), by=who["oak"], at=day("2016-03-01"))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"giver": "ma-ministry-agriculture"}, "label_of_another_giver"),
        ({"end": START}, "label_ends_before"),
        ({"receiver_name": " "}, "reason_missing"),
    ],
)
def test_a_label_that_its_rule_does_not_allow_is_refused(who, changes, code):
    with pytest.raises(Refused, match=code):
        grant_label(ministry(**changes), by=who["officer"], at=day("2016-03-01"))
    assert not LabelGrant.objects.exists()


def test_nobody_holds_one_label_of_one_giver_twice(who):
    grant_label(ministry(), by=who["officer"], at=day("2016-03-01"))
    with pytest.raises(Refused, match="label_held"):
        grant_label(ministry(), by=who["officer"], at=day("2016-04-01"))


def test_a_label_may_name_its_contract_if_there_is_one(who):
    with pytest.raises(UnknownThing):
        grant_label(ministry(contract="nothing"), by=who["officer"], at=day("2016-03-01"))
    contract = running(who)
    grant_label(ministry(contract=contract.id), by=who["officer"], at=day("2016-03-01"))
    assert LabelGrant.objects.get().contract_id == contract.id


def test_the_second_of_two_officers_who_end_a_label_is_told(who):
    row = grant_label(ministry(), by=who["officer"], at=day("2016-03-01"))
    end_label(row.pk, "It left.", end=date(2030, 1, 1), by=who["officer"], at=day("2016-04-01"), seen=1)
    with pytest.raises(Refused, match="changed_meanwhile") as told:
        end_label(row.pk, "It left.", by=who["second"], at=day("2016-04-02"), seen=1)
    assert told.value.params["changes"] == "end_label"


def test_a_project_goes_by_its_stages_and_each_saving_stays(who):
    for number, stage in enumerate((Stage.IDEA, Stage.ASSEMBLED, Stage.FUNDED)):
        save_project("press", project(stage), **WHOSE, by=who["oak"], at=day(f"2016-0{number + 1}-01"))
    with pytest.raises(Refused, match="project_cannot"):
        save_project("press", project(Stage.IDEA), **WHOSE, by=who["oak"], at=day("2016-05-01"))
    assert CollaborativeProject.objects.count() == 3
    assert [(one["stage"], one["saving"]) for one in list_projects(cluster="ma-oak")] == [("funded", 3)]


def test_two_people_of_one_cluster_do_not_overwrite_a_project(who):
    save_project("press", project(), **WHOSE, by=who["oak"], at=day("2016-01-01"))
    save_project("press", project(title="Oil press"), **WHOSE, by=who["oak"], at=day("2016-02-01"), seen=1)
    with pytest.raises(Refused, match="changed_meanwhile"):
        save_project(
            "press", project(title="Wine press"), **WHOSE, by=who["oak"], at=day("2016-02-02"), seen=1
        )


def test_a_project_belongs_to_its_cluster(who):
    save_project("press", project(), **WHOSE, by=who["oak"], at=day("2016-01-01"))
    other = {"cluster": "dz-elm", "cluster_name": "Elm", "country": "DZ"}
    with pytest.raises(Refused, match="key_of_another"):
        save_project("press", project(), **other, by=who["elm"], at=day("2016-02-01"))
    with pytest.raises(Forbidden):
        save_project("mill", project(), **WHOSE, by=who["elm"], at=day("2016-02-01"))
    with pytest.raises(BadChoice):
        save_project("Ma Presse", project(), **WHOSE, by=who["oak"], at=day("2016-02-01"))


def test_a_project_that_cannot_be_is_refused_and_nothing_is_saved(who):
    with pytest.raises(InputRefused):
        save_project("press", project(partners=("Oak",)), **WHOSE, by=who["oak"], at=day("2016-01-01"))
    assert not CollaborativeProject.objects.exists()


def test_a_case_of_support_grows_and_names_the_label_of_the_cluster(who):
    label = grant_label(of_cluster(), by=who["oak"], at=day("2016-03-01"))
    first = CaseContent("Sprout", steps=(SupportStep("diagnosis", date(2016, 3, 2)),))
    save_start_up_case("sprout", first, **WHOSE, by=who["oak"], at=day("2016-03-03"))
    more = CaseContent(
        "Sprout", steps=(*first.steps, SupportStep("fairs", date(2016, 4, 1))), fairs=("Fair of the trees",),
        sought=Decimal(100), obtained=Decimal(60), currency="MAD", benefits=("guarantee_fund",),
    )  # fmt: skip
    save_start_up_case("sprout", more, **WHOSE, label=label.pk, by=who["oak"], at=day("2016-04-02"), seen=1)
    (case,) = list_start_ups(cluster="ma-oak")
    assert (len(case["steps"]), case["obtained"], case["label"]) == (2, 60, "cluster_startup")
    future = CaseContent("Sprout", steps=(SupportStep("fairs", date(2020, 1, 1)),))
    with pytest.raises(InputRefused):
        save_start_up_case("sprout", future, **WHOSE, by=who["oak"], at=day("2016-05-02"))
    assert StartUpCase.objects.count() == 2


def test_an_assessment_is_the_cluster_s_own_and_each_saving_stays(who):
    named = {"cluster_name": "Oak", "country": "MA"}
    for points in (1, 4):
        answers = {"press": OwnAnswer(Decimal(points), "clippings")}
        save_self_assessment("ma-oak", answers, **named, by=who["oak"], at=day(f"2016-0{points}-01"))
    assert SelfAssessment.objects.count() == 2
    found = rehearsal_of("ma-oak", date(2016, 5, 1), by=who["oak"])
    # One indicator of 31 in full.
    assert (found["saving"], found["score_percent"], found["answered"]) == (2, 3.2, 1)
    with pytest.raises(Forbidden):
        rehearsal_of("ma-oak", date(2016, 5, 1), by=who["officer"])
    with pytest.raises(Forbidden):
        save_self_assessment("ma-oak", {}, **named, by=who["elm"], at=day("2016-05-01"))
    too_much = {"press": OwnAnswer(Decimal(5))}
    with pytest.raises(InputRefused):
        save_self_assessment("ma-oak", too_much, **named, by=who["oak"], at=day("2016-05-01"))
    with pytest.raises(UnknownThing):
        save_self_assessment("ma-nowhere", {}, **named, by=who["oak"], at=day("2016-05-01"))
