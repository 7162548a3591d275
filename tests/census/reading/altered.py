"""Altered copies of the study with the equally altered truth: other names, numbers, order, rows, labels.

Every town, person, acronym and proper word in the name of a cluster becomes an invented word of the
same case, in the study and in the statements entered by hand alike. Words that describe, such as
*textile* or *huile d'olive*, stay: rules read what a cluster does from them.
"""

import random
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from grappe.census import Census
from grappe.census.facts import Facts, facts_of
from grappe.census.reading import document_of
from grappe.census.reading.countries import countries
from grappe.census.reading.rule_files import rules, words_of
from grappe.census.reading.sheets import SheetLines, find_sheets, label_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.statement import Statement

LABELS: Mapping[str, tuple[str, str]] = {
    "sector": ("Business sector", "قطاع النشاط"),
    "niche": ("Niche of excellence", "مجال التميز"),
    "location": ("Location", "الموقع"),
    "members": ("Members", "الأعضاء"),
    "activities": ("Activities of the cluster", "أنشطة العنقود"),
    "cooperation": ("Cooperation between clusters", "التعاون بين العناقيد"),
    "national": ("National level", "المستوى الوطني"),
    "euromed": ("Euro-Mediterranean level", "المستوى الأورومتوسطي"),
    "extra_regional": ("Extra-regional level", "خارج المنطقة"),
}
"""Labels of the rows of a sheet in English and Arabic."""

_LETTER = "[A-Za-zÀ-ÖØ-öø-ÿŒœ]"
_WORD = re.compile(rf"{_LETTER}+(?:\d{_LETTER}*)*|\d+[A-Z]+[A-Za-z\d]*")
"""Letters, with digits in or before them as acronyms have; marks of footnotes are none."""
_SYLLABLES = (
    "ba",
    "do",
    "ku",
    "li",
    "mo",
    "ne",
    "pa",
    "ri",
    "so",
    "tu",
    "va",
    "ze",
    "gra",
    "kel",
    "mon",
    "tar",
)


@dataclass(frozen=True)
class AlteredDataset:
    """Statements and sources of the altered truth, as the comparison reads them."""

    statements: Sequence[Statement]
    entities: Sequence[object]
    card: object


@dataclass(frozen=True)
class AlteredCensus:
    """The altered truth."""

    dataset: AlteredDataset

    @cached_property
    def facts(self) -> Facts:
        """Facts of the altered statements."""
        return facts_of(self.dataset.entities, self.dataset.statements, self.dataset.card.sources)


def alter(
    lines: Sequence[str], census: Census, source: str, seed: int, language: str = "fr", dropped: float = 0.1
) -> tuple[list[str], AlteredCensus]:
    """A copy of a study and of what was entered of it.

    Parameters
    ----------
    lines : sequence of str
        The study.
    census : Census
        What was entered by hand.
    source : str
        Id of the study among its sources.
    seed : int
        The same seed, the same copy.
    language : str
        Language of the labels of sheets: ``fr``, ``en`` or ``ar``.
    dropped : float
        Share of the rows of sheets that are missing.
    """
    chance = random.Random(seed)
    renamed = _invented(census, chance)
    tables = _table_rows(census, source)
    texts, origin = _shuffled(list(lines), tables, chance, dropped)
    numbers = _numbers(texts, origin, chance)
    texts = [_with_numbers(text, numbers.get(old, {})) for text, old in zip(texts, origin, strict=True)]
    plain = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
    texts = [_words(_labelled(text.translate(plain), language), renamed) for text in texts]
    moved = {old: new for new, old in enumerate(origin, 1)}
    statements = [
        changed
        for s in census.dataset.statements
        if (changed := _statement(s, source, moved, numbers, renamed)) is not None
    ]
    card = census.dataset.card
    study = card.sources[source]
    parts = tuple((new, new, study.part_of(old)) for new, old in enumerate(origin, 1))
    sources = {**card.sources, source: replace(study, parts=parts)}
    dataset = AlteredDataset(statements, census.dataset.entities, replace(card, sources=sources))
    return texts, AlteredCensus(dataset)


def _invented(census: Census, chance: random.Random) -> dict[str, str]:
    """An invented word for every proper word, by the word as it is folded."""
    kinds = {e.id: e.kind for e in census.dataset.entities}
    kept = _describing(census)
    found: dict[str, str] = {}
    taken: set[str] = set()
    for s in census.dataset.statements:
        proper = (
            (kinds[s.entity] in (Kind.PLACE, Kind.PERSON) and s.field in ("name", "alias"))
            or (kinds[s.entity] is Kind.CLUSTER and s.field in ("name", "alias", "acronym"))
        ) and "country" not in s.entity  # fmt: skip
        if not proper or not isinstance(s.value, str):
            continue
        for match in _WORD.finditer(s.value):
            word = match.group()
            acronym = sum(c.isupper() for c in word) >= 2 and len(word) <= 9
            key = fold(word)
            if countries(word):
                continue
            if (
                len(key) < 3
                or " " in key
                or key in found
                or key in kept
                or not (acronym or word[0].isupper())
            ):
                continue
            while (made := _made_up(key, chance)) in taken or made in kept:
                pass
            taken.add(made)
            found[key] = made
    return found


def _made_up(word: str, chance: random.Random) -> str:
    made = "".join(chance.choice(_SYLLABLES) for _ in range(max(2, len(word) // 2)))
    return made[: max(4, len(word))]


def _describing(census: Census) -> frozenset[str]:
    """Words that are no names: those of the rules, and those printed in small letters."""
    words: set[str] = set(words_of("names", "generic"))
    for name in ("lexicon", "sectors", "text", "sheet", "organisations", "countries", "places", "relations"):
        words |= set(_all_words(rules(name)))
    for s in census.dataset.statements:
        if isinstance(s.value, str) and s.field in ("name", "alias", "craft"):
            words |= {fold(m.group()) for m in _WORD.finditer(s.value) if m.group()[0].islower()}
        if s.printed and s.field not in ("name", "alias", "acronym", "website", "place"):
            words |= {fold(m.group()) for m in _WORD.finditer(s.printed) if m.group()[0].islower()}
    return frozenset(words)


def _all_words(content: object) -> Iterable[str]:
    if isinstance(content, dict):
        for key, value in content.items():
            yield from fold(str(key)).split()
            yield from _all_words(value)
    elif isinstance(content, list):
        for value in content:
            yield from _all_words(value)
    else:
        yield from fold(str(content)).split()


def _words(text: str, renamed: Mapping[str, str]) -> str:
    def other(match: re.Match[str]) -> str:
        word = match.group()
        made = renamed.get(fold(word))
        if made is None or word[0].islower():
            return word
        return made.upper() if word.isupper() and len(word) > 1 else made[0].upper() + made[1:]

    return _WORD.sub(other, text)


def _table_rows(census: Census, source: str) -> list[list[int]]:
    """Lines of the rows of each country table, in their order."""
    listed = sorted(
        {
            s.lines[0]
            for s in census.dataset.statements
            if s.field == "listed" and s.source == source and s.lines
        }
    )
    tables: list[list[int]] = []
    for line in listed:
        if not tables or line - tables[-1][-1] > 2:
            tables.append([])
        tables[-1].append(line)
    return tables


def _shuffled(
    lines: list[str], tables: Sequence[list[int]], chance: random.Random, dropped: float
) -> tuple[list[str], list[int]]:
    """Lines in another order with some rows missing, and the old number of each."""
    order = list(range(1, len(lines) + 1))
    for rows in tables:
        mixed = rows[:]
        chance.shuffle(mixed)
        for place, row in zip(rows, mixed, strict=True):
            order[place - 1] = row
    sheets = find_sheets(document_of(lines), {})
    blocks = [_block(sheet, chance, dropped) for sheet in sheets]
    spans = [(min(b), max(b)) for b in (_covered(sheet) for sheet in sheets)]
    groups: list[list[int]] = []
    for at, (first, _) in enumerate(spans):
        # Sheets between which a heading stands, such as the name of a country, keep apart.
        between = [t for t in lines[spans[at - 1][1] : first - 1] if t.strip()] if at else ["start"]
        if between:
            groups.append([])
        groups[-1].append(at)
    placed: dict[int, list[int]] = {}
    for group in groups:
        mixed = group[:]
        chance.shuffle(mixed)
        for at, other in zip(group, mixed, strict=True):
            placed[at] = blocks[other]
    result: list[int] = []
    at = 1
    for index, (first, last) in enumerate(spans):
        result += order[at - 1 : first - 1] + placed[index]
        at = last + 1
    result += order[at - 1 :]
    return [lines[old - 1] for old in result], result


def _covered(sheet: SheetLines) -> set[int]:
    rows = {line for row in sheet.rows for line in row.lines}
    return rows | set(sheet.head) | ({sheet.title} if sheet.title else set())


def _block(sheet: SheetLines, chance: random.Random, dropped: float) -> list[int]:
    """The lines of a sheet: its head as it is, its rows in another order, levels of cooperation last."""
    rows = [row for row in sheet.rows if row.label in LABELS]
    levels = [row for row in rows if row.label in ("cooperation", "national", "euromed", "extra_regional")]
    others = [row for row in rows if row not in levels]
    in_rows = {line for row in rows for line in row.lines}
    covered = _covered(sheet)
    head = [line for line in range(min(covered), max(covered) + 1) if line not in in_rows and line in covered]
    chance.shuffle(others)
    kept = [row for row in others if chance.random() >= dropped or row.label == "members"]
    return head + [line for row in kept + levels for line in row.lines]


def _numbers(texts: Sequence[str], origin: Sequence[int], chance: random.Random) -> dict[int, dict[int, int]]:
    """Other counts of members, by old line."""
    found: dict[int, dict[int, int]] = {}
    for text, old in zip(texts, origin, strict=True):
        row = label_of(text)
        if row is None or row[0] != "members":
            continue
        for digits in re.findall(r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)(?!\s*%)", row[1]):
            found.setdefault(old, {}).setdefault(int(digits), int(digits) + chance.randint(1, 9) * 3)
    return found


def _with_numbers(text: str, numbers: Mapping[int, int]) -> str:
    if not numbers:
        return text
    return re.sub(
        r"(?<![\w.,])\d{1,3}(?![\w.,]*\d)(?!\s*%)",
        lambda m: str(numbers.get(int(m.group()), m.group())),
        text,
    )


def _labelled(text: str, language: str) -> str:
    if language == "fr" or "\t" not in text:
        return text
    row = label_of(text)
    if row is None or row[0] not in LABELS:
        return text
    label = LABELS[row[0]][("en", "ar").index(language)]
    return f"{label}\t{text.partition(chr(9))[2]}"


def _statement(
    s: Statement,
    source: str,
    moved: Mapping[int, int],
    numbers: Mapping[int, Mapping[int, int]],
    renamed: Mapping[str, str],
) -> Statement | None:
    """A statement as the altered study says it; nothing if its lines are missing there."""
    value = s.value
    if isinstance(value, str) and s.field in ("name", "alias", "acronym", "craft", "website"):
        value = _words(value, renamed) if s.field != "website" else value
    if s.source != source or not s.lines:
        return replace(s, value=value, id="")
    lines = tuple(moved[line] for line in s.lines if line in moved)
    if not lines:
        return None
    for line in s.lines:
        if isinstance(value, int) and not isinstance(value, bool) and value in numbers.get(line, {}):
            value = numbers[line][value]
            break
    return replace(
        s, value=value, lines=lines, printed=_words(s.printed, renamed) if s.printed else None, id=""
    )
