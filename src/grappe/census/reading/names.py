"""Whether the census has what a document names: acronyms, accents, spellings, with the score explained."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein

from grappe.census.facts import Facts
from grappe.census.reading.proposal import Mention
from grappe.census.reading.rule_files import words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold

NAME, ACRONYM, COUNTRY, PLACE = 0.7, 0.25, 0.1, 0.1
"""Points that each part of a match gives at most."""
OTHER_COUNTRY, OTHER_ACRONYM = -0.5, -0.2
"""Points that a contradiction takes away."""
ENOUGH = 0.62
"""Score from which a mention is taken for an entity of the census."""
MARGIN = 0.04
"""How far the best match must lie before the second."""
ALIKE = 70.0
"""Similarity below which a name is not looked at more closely, out of 100."""
SAME_TELLING = 0.94
"""Similarity of names whose telling words are the same, and the words that many names share are not."""
_CANDIDATES = 12

ALIKE_KINDS: Mapping[Kind, tuple[Kind, ...]] = {
    Kind.ORGANISATION: (Kind.ORGANISATION, Kind.CLUSTER, Kind.FORM, Kind.PROGRAMME, Kind.EVENT, Kind.PROJECT),
    Kind.FORM: (Kind.FORM, Kind.ORGANISATION),
    Kind.PERSON: (Kind.PERSON, Kind.ORGANISATION),
}
"""Kinds that a mention may turn out to be: a partner in a list may be a cluster, a pole or a programme."""


@dataclass(frozen=True, slots=True)
class Match:
    """An entity that a mention may be: its score is the sum of the parts, each with its points."""

    entity: str
    kind: Kind
    name: str
    because: tuple[tuple[str, float], ...]

    @property
    def score(self) -> float:
        """Sum of the parts."""
        return round(sum(points for _, points in self.because), 3)


@dataclass(frozen=True, slots=True)
class Known:
    """What the census has under one id, as far as a name can be compared with it."""

    entity: str
    kind: Kind
    names: tuple[str, ...]
    acronyms: tuple[str, ...]
    countries: frozenset[str]
    places: frozenset[str]


class NameIndex:
    """Names of a census, ready to be compared with what a document prints.

    Built once for a document; `known` and `links` come from `name_index`, tests give their own.
    """

    def __init__(
        self, known: Iterable[Known], links: Mapping[tuple[str, str, str], str] | None = None
    ) -> None:
        self.known = {one.entity: one for one in known}
        self.links = dict(links or {})
        self._exact: dict[str, set[str]] = defaultdict(set)
        self._texts: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for one in self.known.values():
            for name in (*one.names, *one.acronyms):
                self._exact[fold(name)].add(one.entity)
                self._exact[bare_name(name)].add(one.entity)
                self._texts[one.kind].append((fold(name), one.entity))
        self._cache: dict[Mention, tuple[Match, ...]] = {}

    def best(self, mention: Mention) -> Match | None:
        """The entity a mention is taken for; none if nothing is close enough, or two are as close."""
        found = self.matches(mention)
        if not found or found[0].score < ENOUGH:
            return None
        same = [one for one in found if one.because[0][0] == "same_name" and one.score >= ENOUGH]
        if len(same) == 1 and all(points >= 0 for _, points in same[0].because):
            # The very name, and nothing against it: a name that is only like it may know its country better.
            return same[0]
        if len(found) > 1 and found[0].score - found[1].score < MARGIN:
            return None
        return found[0]

    def matches(self, mention: Mention) -> tuple[Match, ...]:
        """Entities that a mention may be, the closest first; those with no point at all are left out."""
        if mention not in self._cache:
            kinds = ALIKE_KINDS.get(mention.kind, (mention.kind,))
            scored = [self._explain(mention, self.known[one]) for one in self._candidates(mention, kinds)]
            ranked = sorted((m for m in scored if m.score > 0.3), key=lambda m: (-m.score, m.entity))
            self._cache[mention] = tuple(ranked[:5])
        return self._cache[mention]

    def _candidates(self, mention: Mention, kinds: tuple[Kind, ...]) -> set[str]:
        wanted = [fold(mention.name), bare_name(mention.name)]
        wanted += [fold(mention.acronym)] if mention.acronym else []
        found = {
            e for text in wanted if text for e in self._exact.get(text, ()) if self.known[e].kind in kinds
        }
        for kind in kinds:
            texts = self._texts.get(kind, [])
            for text in wanted[:1] + wanted[2:]:
                close = process.extract(
                    text,
                    [t for t, _ in texts],
                    scorer=fuzz.token_set_ratio,
                    limit=_CANDIDATES,
                    score_cutoff=ALIKE,
                )
                found |= {texts[index][1] for _, _, index in close}
        return found

    def _explain(self, mention: Mention, known: Known) -> Match:
        alike = max((similarity(mention.name, name) for name in known.names), default=0.0)
        parts = []
        by_acronym = max((_acronyms(mention.name, a) for a in known.acronyms), default=0.0)
        if by_acronym > alike:
            parts.append(("name_is_acronym", NAME * by_acronym))
        elif alike == 1:
            parts.append(("same_name", NAME))
        else:
            parts.append(("similar_name", NAME * alike))
        if mention.acronym:
            own = max((_acronyms(mention.acronym, a) for a in (*known.acronyms, *known.names)), default=0.0)
            if own == 1:
                parts.append(("same_acronym", ACRONYM))
            elif own > 0:
                parts.append(("acronym_misspelt", ACRONYM * own))
            elif known.acronyms:
                parts.append(("other_acronym", OTHER_ACRONYM))
        if mention.country and known.countries:
            same = mention.country in known.countries
            foreign = OTHER_COUNTRY if mention.kind in (Kind.CLUSTER, Kind.PLACE, Kind.FORM) else -0.05
            parts.append(("same_country", COUNTRY) if same else ("other_country", foreign))
        if mention.places and known.places:
            shared = any(similarity(p, q) >= 0.9 for p in mention.places for q in known.places)
            parts.append(("same_place", PLACE) if shared else ("other_place", -PLACE))
        name = known.names[0] if known.names else known.entity
        return Match(
            known.entity, known.kind, name, tuple((code, round(points, 3)) for code, points in parts)
        )


def similarity(one: str, other: str) -> float:
    """How alike two names are, 0 to 1: by letters, or by the words that tell them apart from others.

    >>> similarity("Cluster Énergie Solaire", "CLUSTER ENERGIE SOLAIRE")
    1.0
    >>> similarity("Cluster de l'Énergie Solaire", "Énergie Solaire")
    0.94
    >>> similarity("Cluster Cuir", "Cluster Laine") < 0.6
    True
    """
    a, b = fold(one), fold(other)
    if a == b:
        return 1.0
    bare_a, bare_b = bare_name(one), bare_name(other)
    if not bare_a or not bare_b:
        return fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")) / 100
    if bare_a.replace(" ", "") == bare_b.replace(" ", ""):
        return SAME_TELLING
    by_letters = fuzz.ratio(bare_a.replace(" ", ""), bare_b.replace(" ", ""))
    by_words = fuzz.token_sort_ratio(bare_a, bare_b)
    shared = set(bare_a.split()) & set(bare_b.split())
    telling = [word for word in shared if len(word) >= 4]
    # One name within the other says much when the shorter has two telling words, less when it has one.
    within = fuzz.token_set_ratio(bare_a, bare_b) if telling else 0.0
    within *= 0.92 if len(telling) >= 2 else 0.85 if telling and len(telling[0]) >= 6 else 0.7
    return round(max(by_letters, by_words, within) / 100, 3)


def _acronyms(one: str, other: str) -> float:
    """Whether two acronyms are the same, or one slip of the pen apart: C2TX and CT2X."""
    a, b = fold(one).replace(" ", ""), fold(other).replace(" ", "")
    if not a or not b or max(len(a), len(b)) > 20:
        return 0.0
    if a == b:
        return 1.0
    if min(len(a), len(b)) >= 4 and DamerauLevenshtein.distance(a, b) == 1:
        return 0.8
    return 0.0


@cache
def bare_name(name: str) -> str:
    """Folded name without the words that many names share."""
    generic = frozenset(words_of("names", "generic"))
    return " ".join(_singular(word) for word in fold(name).split() if word not in generic)


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 4 and word[-1] in "sx" else word


_COMPARED = (
    Kind.CLUSTER, Kind.ORGANISATION, Kind.PERSON, Kind.PLACE, Kind.FORM, Kind.PROGRAMME, Kind.EVENT,
    Kind.PROJECT,
)  # fmt: skip


def name_index(facts: Facts) -> NameIndex:
    """Index of all names of a census, and of the pairs that its links join."""
    names: dict[str, str] = {}
    known: list[Known] = []
    for entity in facts.entities.values():
        if entity.kind in _COMPARED and entity.redirect_to is None:
            said = facts.statements(entity.id)
            spelt = dict.fromkeys(
                str(s.value) for s in said if s.field in ("name", "alias", "name_ar") and s.value
            )
            if spelt:
                names[entity.id] = next(iter(spelt))
            known.append(
                Known(
                    entity.id,
                    entity.kind,
                    tuple(spelt),
                    tuple(dict.fromkeys(str(s.value) for s in said if s.field == "acronym")),
                    frozenset(str(s.value) for s in said if s.field == "country"),
                    frozenset(p for s in said if s.field in ("place", "territory") for p in s.places),
                )
            )
    placed = [
        Known(one.entity, one.kind, one.names, one.acronyms, one.countries,
              frozenset(names[p] for p in one.places if p in names))
        for one in known
    ]  # fmt: skip
    return NameIndex(placed, _links(facts))


def _links(facts: Facts) -> dict[tuple[str, str, str], str]:
    found: dict[tuple[str, str, str], str] = {}
    for link in facts.of_kind(Kind.LINK):
        values = {s.field: str(s.value) for s in facts.statements(link) if s.field in ("from", "to", "kind")}
        if values.keys() >= {"from", "to", "kind"}:
            found.setdefault((values["from"], values["to"], values["kind"]), link)
    return found


EMPTY = NameIndex(())
