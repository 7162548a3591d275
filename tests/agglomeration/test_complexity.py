"""Complexity: eigenvectors by the plain definition, standardisation, sign, and what has no index."""

import math
import warnings
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from grappe.agglomeration.complexity import SmallEigenGap, complexity, complexity_indices, density
from grappe.agglomeration.panel import location_quotients, presences, read_panel
from grappe.agglomeration.relatedness import cooccurrence_relatedness

# Films and chips in the city, chips and oil in the port, oil in the hills.
ROWS = pd.DataFrame(
    [
        ("city", "films", 4), ("city", "chips", 4), ("city", "oil", 2),
        ("port", "chips", 2), ("port", "oil", 4), ("hills", "oil", 5),
    ],
    columns=["region", "industry", "value"],
)  # fmt: skip


def slow_indices(present):
    """ECI and PCI from the unsymmetric matrix U^-1 M' D^-1 M, entry by entry, as the definition reads."""
    present = np.asarray(present, int).tolist()
    regions, industries = range(len(present)), range(len(present[0]))
    diversity = [sum(present[r]) for r in regions]
    ubiquity = [sum(present[r][i] for r in regions) for i in industries]
    linked = [
        [sum(row[a] * row[b] / (ubiquity[a] * sum(row)) for row in present) for b in industries]
        for a in industries
    ]
    values, vectors = np.linalg.eig(np.array(linked))
    second = np.argsort(values.real)[-2]
    pci = vectors[:, second].real
    eci = [sum(present[r][i] * pci[i] for i in industries) / diversity[r] for r in regions]
    sign = np.sign(np.corrcoef(diversity, eci)[0, 1])
    mean, spread = np.mean(eci), np.std(eci)
    return sign * (np.array(eci) - mean) / spread, sign * (pci - mean) / spread


def world(seed: int, regions: int, industries: int) -> np.ndarray:
    """Presences in which capable regions have many industries, demanding industries few regions."""
    rng = np.random.default_rng(seed)
    capable, demanding = rng.normal(size=(regions, 1)), rng.normal(size=industries)
    return (capable - demanding + rng.normal(size=(regions, industries)) > 0).astype(np.float32)


def column(table, name: str, key: str) -> dict:
    return {row[key]: row[name] for row in table.to_pyarrow().to_pylist()}


@pytest.mark.parametrize("shape", [(12, 8), (8, 12), (40, 30)])
def test_the_indices_are_those_of_the_plain_definition(shape):
    present = world(7, *shape)
    present = present[present.any(axis=1)][:, present.any(axis=0)]
    eci, pci, _ = complexity_indices(present)
    slow_eci, slow_pci = slow_indices(present)
    assert np.allclose(eci, slow_eci, rtol=1e-9, atol=1e-11)
    assert np.allclose(pci, slow_pci, rtol=1e-9, atol=1e-11)


def test_three_regions_by_hand():
    # city {films, chips}, port {chips, oil}, hills {oil}. Between regions, D^-1 M U^-1 M' is
    #   city  (1 + 1/2)/2   (1/2)/2        0
    #   port  (1/2)/2       (1/2 + 1/2)/2  (1/2)/2
    #   hills 0             1/2            1/2
    # with eigenvalues 1 and those of l^2 - 3/4 l + 1/16 = 0: (3 + sqrt 5)/8 and (3 - sqrt 5)/8.
    found = complexity(ROWS)
    assert found.eigenvalues == pytest.approx([1, (3 + math.sqrt(5)) / 8, (3 - math.sqrt(5)) / 8], rel=1e-12)
    gap = 2 * math.sqrt(5) / (3 + math.sqrt(5))
    assert found.eigen_gap == pytest.approx(gap, rel=1e-12)
    # From the third line, port = 2 (l - 1/2) hills; from the first, city = port/4 / (l - 3/4).
    second = (3 + math.sqrt(5)) / 8
    hills = -1.0
    port = 2 * (second - 0.5) * hills
    city = port / 4 / (second - 0.75)
    mean = (city + port + hills) / 3
    spread = math.sqrt(((city - mean) ** 2 + (port - mean) ** 2 + (hills - mean) ** 2) / 3)
    expected = {name: (x - mean) / spread for name, x in (("city", city), ("port", port), ("hills", hills))}
    assert column(found.regions, "eci", "region") == pytest.approx(expected, rel=1e-9)
    assert column(found.regions, "diversity", "region") == {"city": 2, "port": 2, "hills": 1}
    assert column(found.industries, "ubiquity", "industry") == {"films": 1, "chips": 2, "oil": 2}


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(4, 12), st.integers(4, 12))
def test_the_index_of_a_region_is_the_mean_of_its_industries(seed, regions, industries):
    present = world(seed, regions, industries)
    eci, pci, eigenvalues = complexity_indices(present)
    assume(not np.isnan(eci).all() and eigenvalues[1] - eigenvalues[2] > 1e-6)
    for r in range(regions):
        if present[r].any():
            assert eci[r] == pytest.approx(np.mean(pci[present[r] > 0]), abs=1e-7)
    defined = eci[~np.isnan(eci)]
    assert defined.mean() == pytest.approx(0, abs=1e-9)
    assert defined.std() == pytest.approx(1)


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_more_diverse_regions_score_higher_on_the_whole(seed):
    present = world(seed, 10, 8)
    eci, _, _ = complexity_indices(present)
    defined = ~np.isnan(eci)
    assume(defined.any())
    assert np.corrcoef(eci[defined], present[defined].sum(axis=1))[0, 1] >= -1e-9


def test_lanczos_iterations_find_what_the_whole_spectrum_holds(monkeypatch):
    present = world(3, 120, 60)
    whole = complexity_indices(present)
    monkeypatch.setattr(import_module("grappe.agglomeration.complexity"), "WHOLE_SPECTRUM", 10)
    for found, expected in zip(complexity_indices(present), whole, strict=True):
        assert np.allclose(found, expected, rtol=1e-9, atol=1e-10, equal_nan=True)


@given(arrays(np.float32, (5, 4), elements=st.sampled_from([0.0, 1.0])), st.booleans())
def test_density_is_the_share_of_relatedness_at_hand(present, diagonal):
    phi = cooccurrence_relatedness(present, "proximity")
    found = density(present, phi, diagonal=diagonal)
    for r in range(5):
        for a in range(4):
            near = [(b, phi[a, b]) for b in range(4) if (diagonal or b != a) and not math.isnan(phi[a, b])]
            around = sum(p for _, p in near)
            if around:
                expected = sum(p for b, p in near if present[r, b]) / around
                assert found[r, a] == pytest.approx(expected, rel=1e-12, abs=1e-15)
            else:
                assert math.isnan(found[r, a])


def test_density_in_the_table_of_cells():
    cells = complexity(ROWS).cells.to_pyarrow().to_pylist()
    assert len(cells) == 3 * 3
    (port,) = [row for row in cells if (row["region"], row["industry"]) == ("port", "films")]
    # Films are related to themselves (1) and to chips (1 of 2 regions); the port has chips only.
    assert port["density"] == pytest.approx(0.5 / (1 + 0.5))
    assert (port["lq"], port["present"]) == (0.0, False)
    own = complexity(ROWS, diagonal=False).cells.to_pyarrow().to_pylist()
    (port,) = [row for row in own if (row["region"], row["industry"]) == ("port", "films")]
    assert port["density"] == pytest.approx(0.5 / 0.5)


def test_what_has_no_presence_has_no_index_and_leaves_the_others_as_they_are():
    extra = pd.DataFrame({"region": ["desert"], "industry": ["silk"], "value": [0]})
    found, alone = complexity(pd.concat([ROWS, extra])), complexity(ROWS)
    regions = column(found.regions, "eci", "region")
    assert regions.pop("desert") is None
    assert regions == pytest.approx(column(alone.regions, "eci", "region"))
    assert column(found.regions, "why", "region") == {
        "city": None, "port": None, "hills": None, "desert": "no_presence",
    }  # fmt: skip
    assert column(found.industries, "why", "industry")["silk"] == "no_presence"
    assert column(found.industries, "pci", "industry")["silk"] is None
    silk = [row for row in found.cells.to_pyarrow().to_pylist() if row["industry"] == "silk"]
    assert {(row["lq"], row["density"]) for row in silk} == {(None, None)}


@pytest.mark.parametrize(
    "rows",
    [
        [("n", "oil", 5)],
        [("n", "oil", 5), ("s", "oil", 5)],
        [("n", "oil", 5), ("n", "wool", 5)],
        # The same structure everywhere.
        [("n", "oil", 5), ("n", "wool", 5), ("s", "oil", 50), ("s", "wool", 50)],
    ],
)
def test_where_nothing_sets_regions_apart_there_is_no_index(rows):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = complexity(pd.DataFrame(rows, columns=["region", "industry", "value"]))
    assert set(column(found.regions, "eci", "region").values()) == {None}
    assert set(column(found.regions, "why", "region").values()) == {"no_second_dimension"}
    assert math.isnan(found.eigen_gap)


def test_blocks_without_any_industry_in_common_are_warned_of():
    apart = pd.DataFrame([("n", "oil", 5), ("s", "wool", 5)], columns=["region", "industry", "value"])
    with pytest.warns(SmallEigenGap, match="blocks"):
        complexity(apart)


def test_a_small_eigen_gap_is_warned_of_and_a_wide_one_is_not():
    # On a ring where each region shares an industry with each neighbour, eigenvalues come in pairs.
    ring = pd.DataFrame(
        [(r, i, 1) for r in range(7) for i in (r, (r + 1) % 7)], columns=["region", "industry", "value"]
    )
    with pytest.warns(SmallEigenGap, match="close"):
        found = complexity(ring)
    assert found.eigen_gap == pytest.approx(0, abs=1e-9)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        complexity(ROWS)


def test_where_diversity_is_the_same_everywhere_the_first_region_is_positive():
    # Two industries each, in a chain: oil-wool, wool-silk, silk-tin.
    chain = np.array([[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 1]], np.float32)
    eci, _, _ = complexity_indices(chain)
    assert eci[0] > 0
    assert eci[1] == pytest.approx(0, abs=1e-9)


def test_columns_keep_the_names_and_types_of_the_caller():
    renamed = ROWS.rename(columns={"region": "wilaya", "industry": "nace", "value": "jobs"})
    found = complexity(renamed, region="wilaya", industry="nace", value="jobs")
    assert found.regions.columns == ("wilaya", "eci", "diversity", "why")
    assert found.industries.columns == ("nace", "pci", "ubiquity", "why")
    assert found.cells.columns == ("wilaya", "nace", "lq", "present", "density")


def test_world_trade_has_the_capable_countries_on_top(shared_data):
    table = pd.read_csv(
        shared_data("trade_complexity/world_trade_sitc_avg_1998_2000.csv.gz"), dtype={"product": str}
    )
    panel = read_panel(table, region="country", industry="product")
    present = presences(location_quotients(panel.values))
    eci, pci, _ = complexity_indices(present)
    # 226 countries and 785 products: the symmetric form against the plain one.
    held = present[present.any(axis=1)][:, present.any(axis=0)].astype(float)
    linked = (held.T / held.sum(axis=0)[:, None]) @ (held / held.sum(axis=1)[:, None])
    residual = linked @ pci[present.any(axis=0)]
    second = complexity_indices(present)[2][1]
    # An eigenvector up to the shift, which belongs to the first eigenvalue.
    raw = pci[present.any(axis=0)]
    shift = np.polyfit(np.ones_like(raw), residual - second * raw, 0)[0]
    assert np.allclose(residual - second * raw, shift, atol=1e-9)
    from_the_top = np.array(panel.regions)[np.argsort(-np.nan_to_num(eci))]
    rank = {name: place for place, name in enumerate(from_the_top)}
    assert max(rank["jpn"], rank["deu"], rank["che"]) < min(rank["mrt"], rank["ago"], rank["lby"])
