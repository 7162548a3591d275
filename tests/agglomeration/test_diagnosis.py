"""A diagnosis of tiny tables whose arithmetic is in sight."""

import pandas as pd
import pytest

from grappe.agglomeration.activities import Activity
from grappe.agglomeration.diagnosis import OPTION_WEIGHTS, STRENGTH_WEIGHTS, diagnose
from grappe.agglomeration.matching import DeclaredCluster
from grappe.domain.errors import InputRefused


def table(rows: dict[str, dict[str, float]]) -> pd.DataFrame:
    cells = [(region, code, value) for region, row in rows.items() for code, value in row.items()]
    return pd.DataFrame(cells, columns=["region", "industry", "value"])


NOW = table(
    {
        "sfax": {"1040": 60, "28": 30, "62": 0, "86": 10},
        "coast": {"1040": 40, "28": 20, "62": 30, "86": 10},
        "capital": {"1040": 5, "28": 5, "62": 60, "86": 30},
        "south": {"1040": 50, "28": 0, "62": 5, "86": 45},
    }
)
BEFORE = table(
    {
        "sfax": {"1040": 40, "28": 30, "62": 0, "86": 10},
        "coast": {"1040": 40, "28": 20, "62": 15, "86": 10},
        "capital": {"1040": 5, "28": 5, "62": 30, "86": 30},
        "south": {"1040": 50, "28": 0, "62": 5, "86": 45},
    }
)


def cluster(name: str, *narrow: str) -> DeclaredCluster:
    return DeclaredCluster(name, name, "TN", "emerging", Activity(narrow=narrow), ())


def test_strengths_are_the_industries_above_the_lowest_quotient():
    found = diagnose(NOW, "sfax")
    quotients = {one.industry: one.quotient for one in found.strengths}
    # 30 of 100 jobs here, 55 of 400 in the whole.
    assert quotients["28"] == pytest.approx((30 / 100) / (55 / 400))
    assert set(quotients) == {"1040", "28"}
    assert all(one.low == one.quotient == one.high and one.sure for one in found.strengths)


def test_the_parts_of_every_score_add_up_and_lie_within_their_weights():
    found = diagnose(NOW, "sfax", earlier=BEFORE)
    for one in (*found.strengths, *found.options):
        assert one.score == pytest.approx(sum(part for _, part in one.parts))
        assert 0 <= one.score <= 1
    for weights in (STRENGTH_WEIGHTS, OPTION_WEIGHTS):
        assert sum(weights.values()) == pytest.approx(1)


def test_growth_has_three_parts_that_add_up():
    found = diagnose(NOW, "sfax", earlier=BEFORE)
    growth = dict(found.growth)["1040"]
    assert (growth.start, growth.end) == (40, 60)
    parts = growth.national_share + growth.industrial_mix + growth.regional_share
    assert parts == pytest.approx(20)
    # The whole went from 335 to 400.
    assert growth.national_share == pytest.approx(40 * (400 / 335 - 1))


def test_without_an_earlier_count_nothing_is_said_of_growth():
    found = diagnose(NOW, "sfax")
    assert found.growth == ()
    assert all("growth" not in dict(one.parts) for one in found.strengths)


def test_options_are_what_the_region_has_less_of_than_the_whole():
    found = diagnose(NOW, "sfax")
    assert {one.industry for one in found.options} <= {"62", "86"}
    assert all(0 <= one.density <= 1 for one in found.options)


def test_declared_clusters_stand_beside_strengths_and_what_lacks_is_told():
    found = diagnose(
        NOW, "sfax", clusters=[cluster("oil", "1040"), cluster("health", "86"), cluster("logistics", "52")]
    )
    beside = {one.industry: one.clusters for one in found.strengths}
    assert beside == {"1040": ("oil",), "28": ()}
    gaps = {(gap.code, gap.industry or gap.beside) for gap in found.gaps}
    assert ("strength_undeclared", "28") in gaps
    assert ("strength_undeclared", "1040") not in gaps
    assert ("cluster_without_strength", "health") in gaps
    assert ("cluster_outside_table", "logistics") in gaps


def test_withheld_cells_give_bounds_and_make_a_strength_unsure():
    wide = NOW.rename(columns={"value": "low"}).assign(high=NOW["value"])
    hidden = (wide["region"] == "sfax") & (wide["industry"] == "28")
    wide.loc[hidden, ["low", "high"]] = [0.0, 60.0]
    found = diagnose(wide, "sfax", value=("low", "high"))
    assert not found.exact
    (mills,) = [one for one in found.strengths if one.industry == "28"]
    assert mills.low < 1 < mills.high
    assert not mills.sure


def test_strong_is_unknown_where_the_edition_asks_for_a_column_that_was_not_given():
    assert {one.strong for one in diagnose(NOW, "sfax").strengths} == {None}
    full = NOW.assign(establishments=NOW["value"])
    found = diagnose(full, "sfax", establishments="establishments")
    assert {one.strong for one in found.strengths} <= {True, False}
    assert [reason.criterion for reason in found.strengths[0].reasons][:1] == ["top_decile"]


def test_an_unknown_region_is_refused_with_those_there_are():
    with pytest.raises(InputRefused) as refused:
        diagnose(NOW, "nowhere")
    assert "sfax" in refused.value.params["accepted"]
