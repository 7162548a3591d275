"""How much of the study the rules read, with floors: `tests.bench.reading` prints the figures."""

import pytest
from tests.bench.reading import SOURCE, Score, altered_scores, read_study, scores, unknown_scores
from tests.census.reading.altered import alter

from grappe.census import Census

FLOORS = {
    "tables": (0.98, 0.98),
    "sheets: head and figures": (0.95, 0.97),
    "sheets: cooperation": (0.90, 0.85),
    "sheets: links": (0.80, 0.86),
    "sheets: named members": (0.80, 0.95),
    "sheets: words to codes": (0.80, 0.86),
    "footnotes: potential clusters": (0.92, 0.95),
    "text: poles": (0.75, 0.90),
    "text: clusters": (0.75, 0.93),
    "text: links": (0.42, 0.90),
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


ALTERED = {
    "tables": (0.95, 0.95),
    "sheets: head and figures": (0.92, 0.94),
    "sheets: cooperation": (0.88, 0.85),
    "sheets: links": (0.74, 0.82),
    "sheets: named members": (0.78, 0.93),
    "sheets: words to codes": (0.76, 0.83),
    "footnotes: potential clusters": (0.92, 0.95),
    "text: poles": (0.70, 0.88),
    "text: clusters": (0.72, 0.90),
    "text: links": (0.38, 0.85),
}
"""The same for a copy with other names, numbers and order, missing rows and labels of another language."""

UNKNOWN = {
    "tables": (0.92, 0.92),
    "sheets: head and figures": (0.93, 0.95),
    "sheets: links": (0.64, 0.78),
    "sheets: words to codes": (0.78, 0.85),
    "footnotes: potential clusters": (0.92, 0.95),
    "text: poles": (0.68, 0.85),
    "text: clusters": (0.70, 0.90),
    "text: links": (0.30, 0.85),
}
"""The same when no name is known beforehand, as in a study of another region."""


@pytest.mark.parametrize(("seed", "language"), [(1, "en"), (2, "ar")])
def test_an_altered_copy_is_read_as_well(study: list[str], maghreb: Census, seed: int, language: str):
    found = altered_scores(study, maghreb, seed, language)
    low = {
        group: (found[group].recall, found[group].precision)
        for group, (recall, precision) in ALTERED.items()
        if found[group].recall < recall or found[group].precision < precision
    }
    assert low == {}


def test_a_study_of_which_no_name_is_known_is_read_too(study: list[str], maghreb: Census):
    found = unknown_scores(study, maghreb)
    low = {
        group: (found[group].recall, found[group].precision)
        for group, (recall, precision) in UNKNOWN.items()
        if found[group].recall < recall or found[group].precision < precision
    }
    assert low == {}


def test_an_altered_copy_keeps_no_name_of_a_cluster_and_moves_the_truth_along(
    study: list[str], maghreb: Census
):
    texts, truth = alter(study, maghreb, SOURCE, 1, "ar")
    acronyms = {row.acronym for row in maghreb.clusters() if row.acronym and len(row.acronym) > 3}
    text = " ".join(texts)
    assert {one for one in acronyms if f" {one} " in text} <= {"Cluster Solaire", "Solaire"}
    assert sum(one != other for one, other in zip(texts, study, strict=False)) > 200
    assert len(texts) < len(study)
    president = next(s for s in truth.dataset.statements if s.field == "president" and s.source == SOURCE)
    assert president.printed is None or "ÉSIDENT" in texts[president.lines[0] - 1].upper()


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
