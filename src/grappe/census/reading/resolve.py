"""From drafts to proposals: every mention becomes an entity of the census, or a new one with an id."""

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from grappe.census.reading.document import Document
from grappe.census.reading.names import Match, NameIndex, bare_name
from grappe.census.reading.names_printed import clean
from grappe.census.reading.proposal import Draft, LinkDraft, Mention, Proposal, Reason
from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.fold import fold
from grappe.domain.identifiers import LONGEST
from grappe.domain.source import Part
from grappe.domain.statement import Value

_PREFIX = {
    Kind.CLUSTER: "", Kind.ORGANISATION: "", Kind.PLACE: "pl-", Kind.FORM: "form-", Kind.PROGRAMME: "prog-",
    Kind.EVENT: "event-", Kind.PROJECT: "project-",
}  # fmt: skip
_NEW = 0.9
"""What is left of the confidence of a statement about an entity that the census does not have."""


_WHOLE = 0.65
"""Points of a name from which several places are taken for one that bears all their names, out of 0.7."""
_SPELLING = 0.6
"""Points of a name from which it is a spelling worth proposing, out of 0.7."""
_LONG_NAME = 8
"""Letters of telling words from which two names with the same ones are one name."""
_SHORTEST_WITHIN = 4
"""Letters of the shortest name that is looked for within a longer one."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The entity of a mention: of the census with the match, or new with those that come close."""

    entity: str
    kind: Kind
    name: str
    match: Match | None = None
    close: tuple[Match, ...] = ()


@dataclass
class Resolver:
    """Gives ids to mentions: the same mention always the same id."""

    index: NameIndex
    source: str
    by_mention: dict[Mention, Resolved] = field(default_factory=dict)
    new: dict[tuple[Kind, str], list[tuple[str | None, frozenset[str], Resolved]]] = field(
        default_factory=dict
    )
    persons: int = 0
    taken: set[str] = field(default_factory=set)

    def entity(self, mention: Mention) -> Resolved:
        """The entity of a mention."""
        if mention not in self.by_mention:
            match = self.index.best(mention) or self._within(mention)
            if match is not None:
                found = Resolved(match.entity, match.kind, match.name, match)
            else:
                found = self._new(mention)
            self.by_mention[mention] = found
        return self.by_mention[mention]

    def _within(self, mention: Mention) -> Match | None:
        """A name of the census within a longer one: « Plateforme X » is X, a site unknown is in its town."""
        if mention.kind is Kind.PLACE and mention.places:
            return self.index.best(Mention(Kind.PLACE, mention.places[-1], country=mention.country))
        words = mention.name.split()
        if mention.kind is not Kind.ORGANISATION or not 2 <= len(words) <= 7:
            return None
        for cut in range(1, len(words)):
            for shorter in (" ".join(words[cut:]), " ".join(words[:-cut])):
                if len(shorter) < _SHORTEST_WITHIN or not shorter[0].isupper():
                    continue
                match = self.index.best(Mention(mention.kind, shorter, mention.acronym, mention.country))
                if match is not None and match.because[0][0] in ("same_name", "name_is_acronym"):
                    return Match(match.entity, match.kind, match.name, (*match.because, ("within", -0.05)))
        return None

    def places(self, mentions: tuple[Mention, ...], printed: str) -> tuple[Resolved, ...]:
        """Entities of places: the whole text may be the name of one place, such as a site and its town."""
        if len(mentions) > 1:
            whole = self.index.best(Mention(Kind.PLACE, printed.strip(" *."), country=mentions[0].country))
            if whole is not None and max(points for _, points in whole.because) >= _WHOLE:
                return (Resolved(whole.entity, whole.kind, whole.name, whole),)
        return tuple(dict.fromkeys(self.entity(one) for one in mentions))

    def _new(self, mention: Mention) -> Resolved:
        # Within one document, two mentions are one thing if their names are alike in one country; clusters
        # of one name are told apart by their places.
        where = (
            frozenset(fold(" ".join(mention.places)).split()) if mention.kind is Kind.CLUSTER else frozenset()
        )
        for key in _keys(mention):
            for country, places, one in self.new.get((mention.kind, key), ()):
                apart = where and places and not where & places and not mention.acronym
                if not apart and (mention.country is None or country in (mention.country, None)):
                    return one
        found = Resolved(self._id(mention), mention.kind, mention.name, None, self.index.matches(mention)[:3])
        self.taken.add(found.entity)
        for key in _keys(mention):
            self.new.setdefault((mention.kind, key), []).append((mention.country, where, found))
        return found

    def _id(self, mention: Mention) -> str:
        country = (mention.country or "xx").lower()
        if mention.kind is Kind.PERSON:
            # The id of a person says nothing of the name, so that it can be erased.
            self.persons += 1
            return f"person-{self.source}-{self.persons:03}"
        words = fold(mention.acronym or mention.name).split()
        slug = re.sub(r"[^a-z0-9]+", "-", "-".join(words).encode("ascii", "ignore").decode()).strip("-")
        if not slug:
            slug = hashlib.blake2b(mention.name.encode(), digest_size=4).hexdigest()
        prefix = _PREFIX.get(mention.kind, "")
        base = (
            f"{prefix}{slug}"
            if prefix in ("pl-", "prog-", "event-", "project-")
            else f"{country}-{prefix}{slug}"
        )
        base = base[: LONGEST - 4].strip("-")
        entity, number = base, 2
        while entity in self.taken or entity in self.index.known:
            entity, number = f"{base}-{number}", number + 1
        return entity


def _keys(mention: Mention) -> list[str]:
    """What a new thing is found again by: its name, its acronym, and the telling words of a long name."""
    keys = [fold(mention.name)]
    if mention.acronym:
        keys.append(fold(mention.acronym))
    bare = bare_name(mention.name)
    if mention.kind is not Kind.PERSON and len(bare) >= _LONG_NAME:
        keys.append(bare)
    return list(dict.fromkeys(keys))


def resolve(
    drafts: Iterable[Draft], links: Iterable[LinkDraft], document: Document, index: NameIndex, source: str
) -> list[Proposal]:
    """Proposals of drafts and links, numbered in their order; what a document says twice on a line is one."""
    resolver = Resolver(index, source)
    found: list[Proposal] = []
    seen: set[tuple[object, ...]] = set()
    captioned: set[tuple[str, tuple[int, ...]]] = set()
    named_once: set[str] = set()

    def add(
        to: Resolved, name: str, value: Value, printed: str, lines: tuple[int, ...], part: Part,
        confidence: float, reason: Reason, column: str | None, attributes: Mapping[str, Value],
    ) -> None:  # fmt: skip
        key = (
            to.entity,
            name,
            value,
            lines,
            column,
            tuple(sorted((k, str(v)) for k, v in attributes.items())),
        )
        if key in seen:
            return
        seen.add(key)
        if name == declaration(to.kind).caption:
            captioned.add((to.entity, lines))
            named_once.add(to.entity)
        score = 1.0 if to.match is None else min(1.0, 0.5 + to.match.score / 2)
        sure = confidence * score * (_NEW if to.match is None else 1.0)
        found.append(
            Proposal(
                id=f"p{len(found) + 1:04}",
                entity=to.entity,
                kind=to.kind,
                field=name,
                value=value,
                printed=printed,
                part=part,
                confidence=round(sure, 2),
                reason=reason,
                lines=lines if document.cited_by_line else (),
                locator=_locator(document, lines, column),
                column=column,
                attributes=attributes,
                known=to.match is not None,
                name=to.name,
                doubt=to.match.because if to.match else (),
            )
        )

    def introduce(one: Resolved, mention: Mention, draft: Draft | LinkDraft) -> None:
        """A thing that is only referred to gets its name, so that the reference leads somewhere."""
        caption = declaration(one.kind).caption
        if (one.entity, draft.lines) in captioned or (one.match is not None and not _spelt_out(one.match)):
            return
        printed = " ".join(fold(clean(document.text(number))) for number in draft.lines)
        named = fold(mention.name) in printed
        if not named and (one.match is not None or one.entity in named_once):
            # The subject of a sheet is not named in its every row: nothing is proposed that is not printed.
            return
        add(one, caption, mention.name, draft.printed, draft.lines, draft.part, draft.confidence,
            Reason("named_here"), None, {})  # fmt: skip
        if one.match is None and mention.acronym and "acronym" in declaration(one.kind).fields:
            add(one, "acronym", mention.acronym, draft.printed, draft.lines, draft.part, draft.confidence,
                Reason("named_here"), None, {})  # fmt: skip
        if one.match is None and mention.country and "country" in declaration(one.kind).fields:
            add(one, "country", mention.country, draft.printed, draft.lines, draft.part, 0.6,
                Reason("country_around"), None, {})  # fmt: skip

    for draft in drafts:
        subject = resolver.entity(draft.subject)
        value: Value
        if isinstance(draft.value, Mention):
            target = resolver.entity(draft.value)
            introduce(target, draft.value, draft)
            value = target.entity
        elif mentions := _mentions(draft.value):
            targets = resolver.places(mentions, draft.printed)
            if len(targets) == len(mentions):
                for one, mention in zip(targets, mentions, strict=True):
                    introduce(one, mention, draft)
            value = tuple(one.entity for one in targets)
        else:
            value = draft.value  # type: ignore[assignment]  # no mention is left here
        if draft.field not in declaration(subject.kind).fields:
            continue
        add(subject, draft.field, value, draft.printed, draft.lines, draft.part, draft.confidence,
            draft.reason, draft.column, draft.attributes)  # fmt: skip
    for link in links:
        start, end = resolver.entity(link.source), resolver.entity(link.target)
        if start.entity == end.entity or end.kind is Kind.PERSON:
            continue
        introduce(end, link.target, link)
        if link.source.kind is not Kind.CLUSTER or start.match is None or link.part is not Part.SHEET:
            introduce(start, link.source, link)
        to = _link(index, link.kind, start, end)
        values: dict[str, Value] = {"kind": link.kind, "from": start.entity, "to": end.entity, **link.values}
        for name, value in values.items():
            add(to, name, value, link.printed, link.lines, link.part, link.confidence, link.reason, None, {})
    return found


def _mentions(value: object) -> tuple[Mention, ...]:
    return tuple(one for one in value if isinstance(one, Mention)) if isinstance(value, tuple) else ()


def _locator(document: Document, lines: tuple[int, ...], column: str | None) -> str:
    """Where the lines are; a cell of a spreadsheet has its column: ``sheets!B7``."""
    found = "; ".join(dict.fromkeys(document.lines[number - 1].locator for number in lines))
    if column and column.isupper() and column.isalpha():
        return re.sub(r"!A(\d+)$", rf"!{column}\1", found)
    return found


def _spelt_out(match: Match) -> bool:
    # An acronym, or a name within a longer one, is no other spelling of the name.
    parts = dict(match.because)
    return "within" not in parts and parts.get("same_name", parts.get("similar_name", 0.0)) >= _SPELLING


def _link(index: NameIndex, kind: str, start: Resolved, end: Resolved) -> Resolved:
    for pair in ((start.entity, end.entity, kind), (end.entity, start.entity, kind)):
        if pair in index.links:
            entity = index.links[pair]
            same = Match(entity, Kind.LINK, entity, (("same_ends", 1.0),))
            return Resolved(entity, Kind.LINK, f"{start.name} – {end.name}", same)
    base = f"lk-{start.entity}-{end.entity}"
    if len(base) > LONGEST - 16:
        base = f"lk-{hashlib.blake2b(base.encode(), digest_size=8).hexdigest()}"
    return Resolved(f"{base}-{kind.replace('_', '-')}"[:LONGEST], Kind.LINK, f"{start.name} – {end.name}")
