"""Relations that a sentence states between names: who supports, hosts, takes part in, works with whom."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache

from grappe.census.reading.cells import sentences
from grappe.census.reading.context import Around
from grappe.census.reading.document import Document
from grappe.census.reading.known_names import Found, KnownNames, bodies_of
from grappe.census.reading.names_printed import clean
from grappe.census.reading.proposal import LinkDraft, Mention, Reason, Use, shortened
from grappe.census.reading.rule_files import first_word, rules, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part

FAR = 40
"""Characters between a cue and the name that it speaks of, at most."""
_LIST = re.compile(
    r"^\W*(?:(?:,|;|\bet\b|\bou\b|\band\b|\bor\b|\bainsi que\b)\W*)+"
    r"(?:\b(?:de|du|des|d|l|la|le|les|the|avec|with|celui|celle|à)\b\W*)*$",
    re.IGNORECASE,
)
_SPELT = re.compile(r"^[^(]{0,4}\)?\s*(?:,|\bet\b|\band\b)\s[^.;:()]{3,90}\($")
"""Between two names of a list: the second is an acronym, and its words stand before it."""
_OTHERS = re.compile(
    r"^\s*(?:différents?|plusieurs|de nombreux|several|many)\s+\w+\s*,?\s*(?:dont|notamment|such as"
    r"|including)\s*"
)
"""« avec différents acteurs, dont »: the names follow."""
_SUBJECTS = (Kind.CLUSTER, Kind.FORM, Kind.PROGRAMME, Kind.PROJECT)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell a relation, where they stand in a sentence, and the way in which they join."""

    start: int
    end: int
    kind: str
    way: str


@dataclass
class Before:
    """What the sentences before spoke of: one thing, or the clusters of a list.

    `always` where the text is about one thing alone, as a sheet is: it is meant wherever no other is named.
    """

    one: Mention | None = None
    always: bool = False
    one_line: int = 0
    many: list[tuple[Mention, int]] = field(default_factory=list)


def relations_of(
    sentence: str,
    names: KnownNames,
    line: int,
    before: Before,
    part: Part = Part.TEXT,
    country: str | None = None,
) -> list[LinkDraft]:
    """Links that one sentence states.

    Parameters
    ----------
    sentence : str
        Without markup.
    names : KnownNames
        Names of the census and of the document.
    line : int
        Number of its line.
    before : Before
        What pronouns at its beginning stand for.
    part : Part
        Where in the document it stands.
    country : str
        Country that it speaks of, which tells ministries of one name apart.
    """
    found = bodies_of(sentence, names, country)
    links: list[LinkDraft] = []
    cues = _cues(sentence)
    for at, cue in enumerate(cues):
        following = cues[at + 1] if at + 1 < len(cues) else None
        after = _chain(sentence, found, cue.end)
        first = next((one.start for one in found if one.start >= cue.end), len(sentence))
        if following is not None and following.start < first and cue.way != "mutual":
            # « was launched with the support of X »: X belongs to the words right before it.
            continue
        if cue.way == "mutual":
            pairs = _mutual(sentence, found, cue, after)
        else:
            left = _before(sentence, found, cue, before)
            pairs = [(one, other) for one in left for other in after]
        for (one, lines), (other, _) in pairs:
            if _may_join(one, other):
                links.append(_link(cue, one, other, sentence, (*lines, line), part))
    return links


def _may_join(one: Mention, other: Mention) -> bool:
    if fold(one.name) == fold(other.name):
        return False
    return bool({one.kind, other.kind} & set(_SUBJECTS))


def _link(
    cue: Cue, one: Mention, other: Mention, sentence: str, lines: tuple[int, ...], part: Part
) -> LinkDraft:
    source, target = (other, one) if cue.way == "passive" and cue.kind != "membership" else (one, other)
    lines = tuple(sorted({n for n in lines if n}))
    return LinkDraft(
        cue.kind, source, target, shortened(sentence), lines, part, 0.6,
        Reason("relation", {"words": sentence[cue.start : cue.end]}), {"status": "active"},
    )  # fmt: skip


Named = tuple[Mention, tuple[int, ...]]


def _chain(sentence: str, found: Sequence[Found], at: int) -> list[Named]:
    """Names right behind a cue, joined by commas and « et »."""
    chain: list[Named] = []
    for one in found:
        if one.start < at:
            continue
        between = sentence[at : one.start]
        if chain and not _LIST.match(_without_brackets(between)) and not _SPELT.match(between):
            break
        if not chain and (
            len(_OTHERS.sub("", between)) > FAR or re.search(r"[.;:!?]|\b(?:qui|which)\b", between)
        ):
            break
        chain.append((one.mention, ()))
        at = one.end
    return chain


def _without_brackets(text: str) -> str:
    return re.sub(r"\([^()]*\)|\([^()]*$|^[^()]*\)", " ", text)


def _before(sentence: str, found: Sequence[Found], cue: Cue, before: Before) -> list[Named]:
    """What stands before a cue: the nearest thing that relations are told of, or what a pronoun means."""
    head = fold(sentence[: cue.start])
    if first_word(" ".join(head.split()[:4]), words_of("relations", "goes_on", "many")) and before.many:
        return [(mention, (number,)) for mention, number in before.many]
    if before.always and before.one is not None:
        # A sheet tells of its cluster; a programme right before the words is what they tell of.
        close = [one for one in found if one.end <= cue.start <= one.end + 3]
        other = [one.mention for one in close if one.mention.kind in (Kind.PROGRAMME, Kind.PROJECT)]
        return [(other[-1] if other else before.one, ())]
    near = [one for one in found if one.end <= cue.start and "." not in sentence[one.end : cue.start]]
    things = [one for one in near if one.mention.kind in _SUBJECTS]
    chosen = things[-1:] or near[-1:]
    if cue.way == "active":
        chosen = near[:1] if near and near[0].mention.kind not in _SUBJECTS else things[:1] or near[:1]
    if chosen:
        return [(one.mention, ()) for one in chosen]
    opens = first_word(" ".join(head.split()[:3]), words_of("relations", "goes_on", "one"))
    if before.one is not None and (opens or not head):
        return [(before.one, ())]
    return []


def _mutual(sentence: str, found: Sequence[Found], cue: Cue, after: list[Named]) -> list[tuple[Named, Named]]:
    """« entre A et B », or « A, B et C ont signé une convention »: each with the first cluster of them."""
    ends = after
    if cue.kind == "convention":
        ends = [(one.mention, ()) for one in found if one.end <= cue.start]
    centre = next((one for one in ends if one[0].kind is Kind.CLUSTER), None)
    if centre is None or len(ends) < 2:
        return []
    return [(centre, other) for other in ends if other is not centre]


@cache
def _table() -> tuple[re.Pattern[str], dict[str, tuple[str, str]]]:
    """Cues as one pattern on folded text, the longest first, and what each of them tells."""
    told: dict[str, tuple[str, str]] = {}
    for way in ("passive", "active", "mutual"):
        for kind, words in rules("relations")[way].items():
            for word in words:
                told.setdefault(fold(str(word)), (str(kind), way))
    longest = sorted(told, key=lambda word: (-len(word), word))
    return re.compile(rf"(?<!\S)(?:{'|'.join(map(re.escape, longest))})(?!\S)"), told


def _cues(sentence: str) -> list[Cue]:
    """Cues of a sentence in its own characters; none within another."""
    folded, places = _folded_with_places(sentence)
    pattern, told = _table()
    return [
        Cue(places[match.start()], places[match.end() - 1] + 1, *told[match.group()])
        for match in pattern.finditer(folded)
    ]


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """Folded words of a text parted by one space, and where each of their letters stands in it."""
    letters: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"[^\W_]+", text):
        word = fold(match.group())
        if not word:
            continue
        if letters:
            letters.append(" ")
            places.append(match.start())
        for at, letter in enumerate(word):
            letters.append(letter)
            places.append(min(match.start() + at, match.end() - 1))
    return "".join(letters), places


def read_relations(
    document: Document,
    around: Sequence[Around],
    names: KnownNames,
    skip: dict[int, Use],
    listed: Sequence[tuple[int, Mention]],
) -> list[LinkDraft]:
    """Links of the prose of a document; `listed` are the clusters of its lists with their lines.

    Lines that tables, sheets and potential clusters have taken are left out.
    """
    links: list[LinkDraft] = []
    before = Before()
    at_heading = 0
    items: dict[int, list[Mention]] = {}
    for number, mention in listed:
        items.setdefault(number, []).append(mention)
    for line in document.lines:
        text = clean(line.text)
        here = around[line.number - 1]
        if here.heading_line != at_heading:
            at_heading = here.heading_line
            titled = [
                one.mention for one in names.find(here.heading, here.country) if one.mention.kind in _SUBJECTS
            ]
            before.one = titled[0] if titled else None
        if not text or line.number in skip or here.heading_line == line.number:
            continue
        if line.number in items:
            if not _same_list(before.many, line.number):
                before.many = []
            before.many += [(one, line.number) for one in items[line.number]]
            before.one = items[line.number][0]
        for sentence in sentences(text):
            links += relations_of(sentence, names, line.number, before, country=here.country)
            named = [
                one.mention for one in names.find(sentence, here.country) if one.mention.kind is Kind.CLUSTER
            ]
            if named and line.number not in items:
                before.one = named[-1]
    links += _contracts(document, around, names, listed)
    return links


def _same_list(many: Sequence[tuple[Mention, int]], number: int) -> bool:
    return bool(many) and number - many[-1][1] <= 8


def _contracts(
    document: Document, around: Sequence[Around], names: KnownNames, listed: Sequence[tuple[int, Mention]]
) -> list[LinkDraft]:
    """A list of clusters under contract, where the document says with whom those of the country have one."""
    contractors: dict[str | None, tuple[Mention, int]] = {}
    words = words_of("relations", "contractor")
    for line in document.lines:
        folded = fold(line.text)
        if first_word(folded, words) is None:
            continue
        text, here = clean(line.text), around[line.number - 1].country
        for cue in _cues(text):
            if cue.kind == "convention" and (chain := _chain(text, bodies_of(text, names, here), cue.end)):
                contractors.setdefault(here, (chain[0][0], line.number))
    links = []
    for number, mention in listed:
        intro = _intro(document, number)
        found = contractors.get(around[number - 1].country)
        if (
            found is None
            or not intro
            or not first_word(fold(document.text(intro)), words_of("relations", "under_contract"))
        ):
            continue
        reason = Reason("relation", {"words": words_of("relations", "under_contract")[-1]})
        links.append(
            LinkDraft("convention", mention, found[0], shortened(document.text(number)), (intro, number),
                      Part.TEXT, 0.6, reason, {"status": "active"})
        )  # fmt: skip
    return links


def _intro(document: Document, number: int) -> int:
    """The line with a colon at its end that introduces the list of a line; 0 if there is none."""
    for back in range(number - 1, max(0, number - 24), -1):
        text = document.text(back).strip()
        if re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]", "", text).endswith(":"):
            return back
    return 0
