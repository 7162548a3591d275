"""The answer of a test: the verdict follows from curve and bands, and survives a file."""

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from grappe.agglomeration.bands import Bands
from grappe.agglomeration.distance_test import DistanceTest, IndustryTest, Method, Verdict, judged
from grappe.domain.errors import InputRefused

LOW, HIGH = np.array([1.0, 1.0]), np.array([3.0, 3.0])
BANDS = Bands(LOW, HIGH, LOW, HIGH, 0.05, 0.05)


def industry(*curve: float, name: str = "oil") -> IndustryTest:
    return judged(
        industry=name, establishments=5, weight=5.0, curve=np.array(curve), mean=np.array([2.0, 2.0]),
        bands=BANDS, level=0.05, method=Method.SIMULATED, simulations=99, p_localised=0.5, p_dispersed=0.5,
        bandwidth=1.0,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("curve", "verdict"),
    [
        ((2.0, 2.0), Verdict.NEUTRAL),
        ((4.0, 2.0), Verdict.LOCALISED),
        ((2.0, 0.5), Verdict.DISPERSED),
        ((4.0, 0.5), Verdict.LOCALISED),
        ((3.0, 1.0), Verdict.NEUTRAL),
        ((np.nan, 2.0), Verdict.NEUTRAL),
    ],
)
def test_localised_above_somewhere_dispersed_below_somewhere_and_nowhere_localised(curve, verdict):
    assert industry(*curve).verdict is verdict


def test_the_indices_are_the_distance_beyond_the_band():
    above = industry(4.5, 0.5)
    assert above.localisation is not None
    assert above.localisation.tolist() == [4.5 - 3.0, 0.0]
    # What is localised anywhere is not counted as dispersed.
    assert above.dispersion is not None
    assert above.dispersion.tolist() == [0.0, 0.0]
    below = industry(2.0, 0.25)
    assert below.dispersion is not None
    assert below.dispersion.tolist() == [0.0, 1.0 - 0.25]


@pytest.mark.parametrize(
    ("curve", "verdict"),
    [
        ((2.0, 2.0), Verdict.NEUTRAL),
        ((4.0, 2.0), Verdict.UNTESTABLE),
        ((4.0, 0.5), Verdict.UNTESTABLE),
        ((2.0, 0.5), Verdict.DISPERSED),
    ],
)
def test_a_band_above_the_level_asked_acquits_and_convicts_nobody(curve, verdict):
    # 12 % of simulations leave the upper band: the one at 5 % lies farther out, nobody knows how far.
    wide = Bands(LOW, HIGH, LOW, HIGH, low_level=0.05, high_level=0.12)
    one = judged(
        industry="oil", establishments=5, weight=5.0, curve=np.array(curve), mean=np.array([2.0, 2.0]),
        bands=wide, level=0.05,
    )  # fmt: skip
    assert one.verdict is verdict
    assert one.why == ("too_few_simulations" if verdict is Verdict.UNTESTABLE else None)
    assert (one.localisation is None) == (verdict is Verdict.UNTESTABLE)


def test_an_undecided_industry_keeps_its_curve_in_a_file():
    wide = Bands(LOW, HIGH, LOW, HIGH, low_level=0.05, high_level=0.12)
    one = judged(
        industry="oil", establishments=5, weight=5.0, curve=np.array([4.0, 2.0]), mean=np.array([2.0, 2.0]),
        bands=wide, level=0.05,
    )  # fmt: skip
    test = DistanceTest(function="kd", distances=np.array([0.0, 10.0]), industries=(one,))
    (read,) = DistanceTest.from_arrow(test.to_arrow())
    assert (read.verdict, read.why) == (Verdict.UNTESTABLE, "too_few_simulations")
    assert np.array_equal(read.curve, [4.0, 2.0])


def whole() -> DistanceTest:
    untested = IndustryTest(
        industry="wool", establishments=1, weight=1.0, verdict=Verdict.UNTESTABLE, why="one_establishment"
    )
    return DistanceTest(
        function="kd", distances=np.array([0.0, 10.0]), industries=(industry(4.0, np.nan), untested),
        settings={"level": 0.05, "seed": 7, "coverage": "all firms of 2020"},
    )  # fmt: skip


def test_a_test_written_to_a_file_reads_back_the_same(tmp_path):
    pq.write_table(whole().to_arrow(), tmp_path / "kd.parquet")
    read = DistanceTest.from_arrow(pq.read_table(tmp_path / "kd.parquet"))
    assert read.settings == whole().settings
    assert read.summary() == whole().summary()
    assert np.array_equal(read["oil"].curve, [4.0, np.nan], equal_nan=True)
    assert read["wool"].curve is None


def test_any_other_table_is_refused():
    with pytest.raises(InputRefused, match="not_a_test_result"):
        DistanceTest.from_arrow(pa.table({"a": [1]}))


def test_an_industry_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(InputRefused, match="oil"):
        whole()["silk"]
