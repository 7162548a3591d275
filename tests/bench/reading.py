"""How much of the study the rules read, against the data set entered by hand: recall and precision by kind.

Run with ``python -m tests.bench.reading``; the study is looked for as in the tests. A statement is
right when entity, field, value and what is counted are those of a statement entered by hand that cites
one of the same lines. The data set was entered by people who read for meaning: what they inferred
(an activity in other words, a partnership in a subordinate clause) counts as missed here.
"""

import os
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from grappe.census import Census
from grappe.census import open as open_census
from grappe.census.proof import read_lines
from grappe.census.reading import Mention, Reading, document_of, name_index, read
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value
from tests.census.reading.altered import alter

SOURCE = "ipemed-2019"

GROUPS: Mapping[str, tuple[Part, Kind, frozenset[str]]] = {
    "tables": (
        Part.TABLE, Kind.CLUSTER,
        frozenset(
            ["name", "acronym", "listed", "state", "sector", "partner_north", "partner_south",
             "anchoring", "place"]
        ),
    ),
    "sheets: head and figures": (
        Part.SHEET, Kind.CLUSTER,
        frozenset(
            [
                "name", "acronym", "country", "website", "created", "labelled", "contracted", "president",
                "acting_president", "vice_president", "director", "facilitator",
                "secretary", "project_officer",
                "sector", "place", "territory", "liaison_office", "members_total", "members_count", "jobs",
            ]
        ),
    ),
    "sheets: cooperation": (Part.SHEET, Kind.CLUSTER, frozenset({"cooperation_country"})),
    "sheets: links": (Part.SHEET, Kind.LINK, frozenset({"ends"})),
    "sheets: named members": (Part.SHEET, Kind.CLUSTER, frozenset({"member"})),
    "sheets: words to codes": (
        Part.SHEET, Kind.CLUSTER,
        frozenset(["industry", "niche", "activity", "facility", "obstacle", "member_category"]),
    ),
    "footnotes: potential clusters": (
        Part.FOOTNOTE, Kind.CLUSTER,
        frozenset(["name", "craft", "place", "state", "creative", "sector", "industry"]),
    ),
    "text: poles": (Part.TEXT, Kind.FORM, frozenset(["name", "acronym", "form_kind", "place", "speciality"])),
    "text: clusters": (Part.TEXT, Kind.CLUSTER, frozenset(["name", "acronym", "state", "place"])),
    "text: links": (Part.TEXT, Kind.LINK, frozenset({"ends"})),
}  # fmt: skip
"""What is compared: a part of the study, a kind of entity, and fields."""

Fact = tuple[str, str, str, str]


@dataclass(frozen=True, slots=True)
class Score:
    """Statements entered by hand, statements read, and those of each that the other has."""

    expected: int
    read: int
    met: int
    right: int

    @property
    def recall(self) -> float:
        """Share of what was entered by hand that was read."""
        return self.met / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """Share of what was read that was entered by hand."""
        return self.right / self.read if self.read else 1.0


def study_lines() -> list[str] | None:
    """Lines of the study where a copy is at hand; nothing otherwise."""
    given = os.environ.get("GRAPPE_STUDY")
    beside = Path(__file__).resolve().parents[3] / "shared" / "study" / "clusters-au-maghreb-2019.txt"
    path = Path(given) if given else beside
    return read_lines(path) if path.is_file() else None


def read_study(lines: Sequence[str], census: Census) -> Reading:
    """The study as the rules read it, with the names of the census at hand."""
    return read(document_of(lines, "study"), name_index(census.facts), SOURCE)


def scores(reading: Reading, census: Census) -> dict[str, Score]:
    """Recall and precision of every group."""
    return {name: score(reading, census, *group) for name, group in GROUPS.items()}


def score(reading: Reading, census: Census, part: Part, kind: Kind, fields: frozenset[str]) -> Score:
    """Recall and precision of some fields of one kind of entity in one part of the study."""
    expected = dict(_entered(census, part, kind, fields))
    found = dict(_read(reading, census, part, kind, fields))
    met = sum(
        any(_near(lines, found[fact]) for _ in [0]) for fact, lines in expected.items() if fact in found
    )
    everywhere = {fact for fact, _ in _entered(census, None, kind, fields)}
    right = sum(fact in everywhere for fact in found)
    return Score(len(expected), len(found), met, right)


def missed(reading: Reading, census: Census, name: str) -> tuple[list[str], list[str]]:
    """Facts entered by hand that were not read, and facts read that were not entered."""
    part, kind, fields = GROUPS[name]
    expected = dict(_entered(census, part, kind, fields))
    found = dict(_read(reading, census, part, kind, fields))
    everywhere = {fact for fact, _ in _entered(census, None, kind, fields)}
    return (
        [f"{sorted(lines)} {fact}" for fact, lines in expected.items() if fact not in found],
        [f"{sorted(lines)} {fact}" for fact, lines in found.items() if fact not in everywhere],
    )


def _near(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one & other)


def _entered(
    census: Census, part: Part | None, kind: Kind, fields: frozenset[str]
) -> Iterable[tuple[Fact, frozenset[int]]]:
    gathered: dict[Fact, set[int]] = {}
    kinds = {e.id: e.kind for e in census.dataset.entities}
    ends = _ends(census) if kind is Kind.LINK else {}
    for s in census.dataset.statements:
        if s.source != SOURCE or kinds[s.entity] is not kind or (part is not None and s.part is not part):
            continue
        if kind is Kind.LINK:
            if s.field == "kind" and s.entity in ends:
                gathered.setdefault(("", "ends", *ends[s.entity]), set()).update(s.lines)
        elif s.field in fields or (part is None and s.field == "alias" and "name" in fields):
            # Another wording of the name is right too.
            name = "name" if s.field == "alias" else s.field
            fact = (
                s.entity,
                name,
                _value(s.value),
                str(s.attributes.get("of", s.attributes.get("level", ""))),
            )
            gathered.setdefault(fact, set()).update(s.lines)
    return [(fact, frozenset(lines)) for fact, lines in gathered.items()]


def _ends(census: Census) -> dict[str, tuple[str, str]]:
    pairs: dict[str, dict[str, str]] = {}
    for link in census.facts.of_kind(Kind.LINK):
        pairs[link] = {
            s.field: str(s.value) for s in census.facts.statements(link) if s.field in ("from", "to")
        }
    return {
        link: (min(p.values()), max(p.values())) for link, p in pairs.items() if len(p) == 2
    }  # fmt: skip


def _read(
    reading: Reading, census: Census, part: Part, kind: Kind, fields: frozenset[str]
) -> Iterable[tuple[Fact, frozenset[int]]]:
    source = census.dataset.card.sources[SOURCE]
    gathered: dict[Fact, set[int]] = {}
    links: dict[str, dict[str, str]] = {}
    for p in reading.proposals:
        if p.kind is not kind or source.part_of(p.lines[0]) is not part:
            continue
        if kind is Kind.LINK:
            if p.field in ("from", "to"):
                pair = links.setdefault(p.entity, {})
                pair[p.field] = str(p.value)
                if len(pair) == 2:
                    fact = ("", "ends", min(pair.values()), max(pair.values()))
                    gathered.setdefault(fact, set()).update(p.lines)
        elif p.field in fields:
            fact = (
                p.entity,
                p.field,
                _value(p.value),
                str(p.attributes.get("of", p.attributes.get("level", ""))),
            )
            gathered.setdefault(fact, set()).update(p.lines)
    return [(fact, frozenset(lines)) for fact, lines in gathered.items()]


def _value(value: Value) -> str:
    if isinstance(value, tuple):
        return "|".join(sorted(value))
    return fold(value) if isinstance(value, str) and "-" not in value else str(value)


def altered_scores(lines: Sequence[str], census: Census, seed: int, language: str) -> dict[str, Score]:
    """Recall and precision on an altered copy, against the equally altered truth."""
    texts, truth = alter(lines, census, SOURCE, seed, language)
    reading = read(document_of(texts, "altered"), name_index(truth.facts), SOURCE)
    return scores(reading, truth)  # type: ignore[arg-type]  # it has what the comparison asks of a census


def unknown_scores(lines: Sequence[str], census: Census) -> dict[str, Score]:
    """Recall and precision when the reader knows no name at all, as for a study of another region.

    Only the comparison knows the census: it says which entity each thing read is, by its name.
    """
    reading = read(document_of(lines, "unknown"), source=SOURCE)
    index = name_index(census.facts)
    said: dict[str, dict[str, str]] = {}
    kinds = {p.entity: p.kind for p in reading.proposals}
    for p in reading.proposals:
        if p.field in ("name", "acronym", "country"):
            said.setdefault(p.entity, {}).setdefault(p.field, str(p.value))
    same: dict[str, str] = {}
    for entity, kind in kinds.items():
        if kind is not Kind.LINK and "name" in said.get(entity, {}):
            own = said[entity]
            match = index.best(Mention(kind, own["name"], own.get("acronym"), own.get("country")))
            same[entity] = match.entity if match else entity
    proposals = tuple(
        replace(
            p,
            entity=same.get(p.entity, p.entity),
            value=tuple(same.get(v, v) for v in p.value) if isinstance(p.value, tuple)
            else same.get(p.value, p.value) if isinstance(p.value, str) else p.value,
        )
        for p in reading.proposals
    )  # fmt: skip
    return scores(replace(reading, proposals=proposals), census)


def _print_altered(lines: Sequence[str], census: Census) -> None:
    for language in ("fr", "en", "ar"):
        found = [altered_scores(lines, census, seed, language) for seed in (1, 2, 3)]
        print(f"\naltered copies, labels in {language}: lowest of three")
        for name in GROUPS:
            recall = min(one[name].recall for one in found)
            precision = min(one[name].precision for one in found)
            print(f"{name:32} recall {recall:6.1%}  precision {precision:6.1%}")


def main() -> None:
    """Print the table of scores, and with the name of a group what was missed and what was wrong."""
    lines = study_lines()
    if lines is None:
        print("the study is not at hand: name its text copy in GRAPPE_STUDY")
        return
    census = open_census("maghreb-2019")
    census.facts  # noqa: B018 - read before the clock starts
    before = time.perf_counter()
    reading = read_study(lines, census)
    seconds = time.perf_counter() - before
    print(f"{len(reading.proposals)} proposals, {len(reading.leftovers)} left over, {seconds:.2f} s")
    for name, one in scores(reading, census).items():
        print(
            f"{name:32} recall {one.recall:6.1%} of {one.expected:4}"
            f"  precision {one.precision:6.1%} of {one.read:4}"
        )
    if "unknown" in sys.argv[1:]:
        print("\nwith no name known beforehand")
        for name, one in unknown_scores(lines, census).items():
            print(f"{name:32} recall {one.recall:6.1%}  precision {one.precision:6.1%}")
    if "altered" in sys.argv[1:]:
        _print_altered(lines, census)
    for name in [one for one in sys.argv[1:] if one in GROUPS]:
        less, more = missed(reading, census, name)
        print(f"\n{name}: missed", *less, f"\n{name}: read and not entered", *more, sep="\n  ")


if __name__ == "__main__":
    main()
