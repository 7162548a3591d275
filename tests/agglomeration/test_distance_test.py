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
        bands=BANDS, method=Method.SIMULATED, simulations=99, p_localised=0.5, p_dispersed=0.5, bandwidth=1.0,
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
