"""How much of the study the rules read, with floors: `tests.bench.reading` prints the figures."""

import pytest
from tests.bench.reading import Score, read_study, scores

from grappe.census import Census

FLOORS = {
    "tables": (0.98, 0.98),
    "sheets: head and figures": (0.95, 0.97),
    "sheets: cooperation": (0.90, 0.85),
    "sheets: links": (0.55, 0.80),
    "sheets: named members": (0.80, 0.95),
    "sheets: words to codes": (0.65, 0.85),
    "footnotes: potential clusters": (0.92, 0.95),
    "text: poles": (0.50, 0.90),
    "text: clusters": (0.58, 0.88),
    "text: links": (0.14, 0.85),
}
"""Lowest recall and precision of each group that a change of the rules may leave."""


@pytest.fixture(scope="module")
def measured(study: list[str], maghreb: Census) -> dict[str, Score]:
    """Scores of all groups."""
    return scores(read_study(study, maghreb), maghreb)


@pytest.mark.parametrize("group", FLOORS)
def test_recall_and_precision_stay_above_their_floors(measured: dict[str, Score], group: str):
    recall, precision = FLOORS[group]
    assert measured[group].recall >= recall
    assert measured[group].precision >= precision


def test_the_rules_name_no_cluster_of_the_study(maghreb: Census):
    from importlib.resources import files

    from grappe.domain.fold import fold

    folder = files("grappe.census.reading")
    texts = [fold(p.read_text("utf-8")) for p in (folder / "rules").iterdir()]
    texts += [fold(p.read_text("utf-8")) for p in folder.iterdir() if p.name.endswith(".py")]
    telling = {fold(row.acronym) for row in maghreb.clusters() if row.acronym} - {
        "solaire",
        "cluster solaire",
        "ces",  # also « these » in French
    }
    found = {word for word in telling for text in texts if f" {word} " in f" {text} "}
    assert found == set()
