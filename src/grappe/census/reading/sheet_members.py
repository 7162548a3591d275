"""Members of a sheet: totals, counts by category, categories without a count, named members, jobs, shares."""

import re
from collections.abc import Iterator

from grappe.census.reading.cells import Item, items, named, parentheses, sentences
from grappe.census.reading.classify import tags_of
from grappe.census.reading.document import Line
from grappe.census.reading.names_printed import split_acronym, without_article
from grappe.census.reading.proposal import Draft, Leftover, LinkDraft, Mention, Reason, shortened
from grappe.census.reading.quantities import Quantity, dates, quantities
from grappe.census.reading.rule_files import codes_of, first_word, holds, words_of
from grappe.census.reading.sheet_head import legal_form_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value

_WITHIN = re.compile(
    r"\b(?:dont|parmi lesquel(?:le)?s|including|of which|among them|comme|such as|منها)\b", re.IGNORECASE
)
_AFTER_NOUN = re.compile(
    r"[,;:.(]|\b(?:dont|parmi|including|of which|comme|such as|qui|ayant|which|منها)\b", re.IGNORECASE
)


def read_members(
    cell: str, line: Line, subject: Mention
) -> tuple[list[Draft], list[LinkDraft], list[Leftover]]:
    """Statements of the cell of members; an item that says nothing known is left over."""
    reader = _Members(line, subject)
    for item in items(cell):
        for sentence in sentences(item.text):
            before = len(reader.drafts) + len(reader.links)
            reader.sentence(sentence, item)
            if len(reader.drafts) + len(reader.links) == before and not _introduces(sentence):
                reader.leftovers.append(Leftover(line.number, shortened(sentence), Reason("member_unread")))
    return reader.drafts, reader.links, reader.leftovers


def _introduces(sentence: str) -> bool:
    return sentence.rstrip().endswith(":") and not quantities(sentence)


class _Members:
    """Collects the statements of one cell."""

    def __init__(self, line: Line, subject: Mention) -> None:
        self.line, self.subject = line, subject
        self.drafts: list[Draft] = []
        self.links: list[LinkDraft] = []
        self.leftovers: list[Leftover] = []

    def add(
        self,
        name: str,
        value: Value | Mention,
        printed: str,
        confidence: float,
        code: str = "counted",
        /,
        **attributes: Value,
    ) -> None:
        """Propose one statement, unless the cell said the same before."""
        draft = Draft(
            self.subject, name, value, shortened(printed), (self.line.number,), Part.SHEET, confidence,
            Reason(code, {"field": name}), None, attributes,
        )  # fmt: skip
        if not any((d.field, d.value, d.attributes) == (name, value, attributes) for d in self.drafts):
            self.drafts.append(draft)

    def sentence(self, sentence: str, item: Item) -> None:
        """Read one sentence or item."""
        target = first_word(fold(sentence), words_of("members", "target")) is not None
        found = [q for q in quantities(sentence) if not _is_year(sentence, q)]
        for at, quantity in enumerate(found):
            end = found[at + 1].start if at + 1 < len(found) else len(sentence)
            self._quantity(sentence, quantity, end, target=target)
        self._categories(sentence, found)
        if self._partners(sentence):
            return
        if not target:
            self._named(sentence)
        form = legal_form_of(sentence) if holds(fold(sentence), "premiere cooperative") else None
        if form:
            self.add("legal_form", form, sentence, 0.5, "note")

    def _quantity(self, sentence: str, quantity: Quantity, end: int, *, target: bool) -> None:
        after = sentence[quantity.end : end]
        before = sentence[: quantity.start]
        noun = _AFTER_NOUN.split(after.strip(), maxsplit=1)[0]
        folded, head = re.sub(r"^(?:de|d|des|of) ", "", fold(noun)), fold(before)
        if quantity.in_words and quantity.value == 1 and before.count("(") > before.count(")"):
            return
        printed = sentence[quantity.start : quantity.end + len(after)].strip()
        printed = printed.rstrip(") ") if "(" not in printed else printed
        shared = _figure(quantity, target=target)
        if quantity.in_words and _starts_within(folded, words_of("members", "collective")):
            return
        if quantity.percent or _currency(after):
            self._measure(quantity, sentence, after, printed, shared)
            return
        if _ends_with(head, words_of("members", "label")) or _is_total(folded, noun):
            if quantity.in_words and quantity.value == 1:
                return
            label = sentence if _ends_with(head, words_of("members", "label")) else printed
            self.add("members_total", quantity.value, label, 0.95, **shared)
            return
        if _starts_within(folded, words_of("members", "founders")):
            self.add("figure", quantity.value, printed, 0.7, of="members_start", unit="members", **shared)
            return
        job = first_word(" ".join(folded.split()[:3]), words_of("members", "jobs")) or (
            first_word(" ".join(head.split()[-4:]), words_of("members", "jobs")) if not folded else None
        )
        if job:
            years = [d.value for d in dates(after)]
            period: dict[str, Value] = {"period": years[0]} if years else {}
            self.add("jobs", quantity.value, sentence if not folded else printed, 0.93, **shared, **period)
            return
        if target and not tags_of(noun, "member_category"):
            self.add("members_total", quantity.value, sentence, 0.6, **shared)
            return
        self._count(sentence, quantity, noun, before, printed, shared)

    def _count(
        self,
        sentence: str,
        quantity: Quantity,
        noun: str,
        before: str,
        printed: str,
        shared: dict[str, Value],
    ) -> None:
        if first_word(fold(sentence), words_of("members", "sector_words")) and not quantity.in_words:
            companies = any(t.code == "companies" for t in tags_of(noun, "member_category"))
            if companies and re.search(r"\b(?:compte|counts|has)\s*$", before):
                attributes = {**shared, "perimeter": "national_sector"}
                self.add("figure", quantity.value, printed, 0.6, of="companies", unit="count", **attributes)
                return
        tags = tags_of(noun, "member_category")
        if tags:
            code = tags[0].code
            within = _WITHIN.search(before) or before.rstrip().endswith("(")
            if within and code == "startups" and _speaks_of_smes(before):
                code = "sme_startups"
            self.add("members_count", quantity.value, printed, 0.92, of=code, **shared)
            return
        # « des centres de recherche (4) »: the category stands before its count.
        tail = before.rstrip()
        if tail.endswith("(") and sentence[quantity.end :].lstrip().startswith(")"):
            piece = re.split(r"[,;]", tail[:-1])[-1]
            found = tags_of(piece, "member_category")
            if found:
                words = f"{piece.strip()} ({sentence[quantity.start : quantity.end]})"
                self.add("members_count", quantity.value, words, 0.9, of=found[-1].code, **shared)
                return
        article = quantity.in_words and quantity.value == 1
        if noun.strip() and not article and not re.match(r"\s*(?:à|to|-)", noun) and len(noun.split()) <= 12:
            self.leftovers.append(Leftover(self.line.number, shortened(printed), Reason("category_unknown")))

    def _measure(
        self, quantity: Quantity, sentence: str, after: str, printed: str, shared: dict[str, Value]
    ) -> None:
        measures = codes_of("members", "measures")
        near = fold(after.split(";")[0])
        word = first_word(near, tuple(sorted(measures, key=len, reverse=True)))
        currency = _currency(after)
        if word is None or (currency is None and not quantity.percent):
            self.leftovers.append(Leftover(self.line.number, shortened(printed), Reason("measure_unknown")))
            return
        unit = "percent" if quantity.percent else str(currency)
        self.add("figure", quantity.value, printed, 0.75, of=measures[word], unit=unit, **shared)

    def _categories(self, sentence: str, counted: list[Quantity]) -> None:
        """Categories that stand without a number: parts of the sentence before any name or count."""
        bare, inside = parentheses(sentence)
        head = re.split(r"\bdont\b(?=\s+[A-ZÉ])|:\s|\bcomme\b", bare)[0]
        pieces = re.split(r"[,;]|\s+et\s+(?:des|les|un|une)\s+", head)
        taken = {d.attributes.get("of") for d in self.drafts if d.field == "members_count"}
        for piece in [*pieces, *(i for i in inside if i and i[0].islower())]:
            if any(q.start == 0 or not q.in_words for q in quantities(piece)) and counted:
                continue
            for tag in tags_of(piece, "member_category"):
                if tag.code not in taken:
                    self.add("member_category", tag.code, _printed_around(sentence, piece), 0.7, "category")

    def _partners(self, sentence: str) -> bool:
        """« Partenaires : A, B »: those named are no members."""
        label, colon, rest = sentence.partition(":")
        if not colon or fold(label) not in words_of("members", "partners"):
            return False
        for name in named(re.sub(r"\betc\b\.?", "", rest)):
            bare, acronym = split_acronym(name)
            partner = Mention(Kind.ORGANISATION, bare, acronym, self.subject.country)
            self.links.append(
                LinkDraft(
                    "partnership",
                    self.subject,
                    partner,
                    _near(sentence, name),
                    (self.line.number,),
                    Part.SHEET,
                    0.75,
                    Reason("named"),
                    {"status": "active"},
                )
            )
        return bool(self.links)

    def _named(self, sentence: str) -> None:
        for name, printed in _members_named(sentence):
            bare, acronym = split_acronym(without_article(name))
            if bare:
                who = Mention(Kind.ORGANISATION, bare, acronym, self.subject.country)
                self.add("member", who, printed, 0.75, "named")


def _is_total(folded: str, noun: str) -> bool:
    if any(holds(folded, word) for word in words_of("members", "in_all")):
        return True
    start = next((w for w in words_of("members", "total") if folded == w or folded.startswith(f"{w} ")), None)
    if start is None:
        return False
    # « deux entités de R&D » is a category, though it begins like a total.
    tags = tags_of(noun, "member_category")
    return not (
        tags
        and len(tags[0].words.split()) > 1
        and folded.startswith(start)
        and tags[0].words.startswith(start[:4])
    )


def _printed_around(sentence: str, piece: str) -> str:
    return piece if piece in sentence else sentence


def _members_named(sentence: str) -> Iterator[tuple[str, str]]:
    """Names after « dont », « comme » or a colon, in parentheses, or an item that is a name itself."""
    spans: list[str] = []
    rest = sentence
    colon = re.search(r"\s*:\s+", sentence)
    bare, inside = parentheses(sentence)
    within = _WITHIN.search(bare)
    if colon:
        spans.append(sentence[colon.end() :])
        rest = sentence[: colon.start()]
    elif within and not quantities(bare[within.end() : within.end() + 6]):
        spans.append(re.sub(r"\bet ses .*$", "", bare[within.end() :]))
        rest = bare[: within.start()]
    if not colon:
        for one in inside:
            acronym = split_acronym(f"x ({one})")[1]
            if acronym is None or re.match(r"\s*(?:une?|des|les|deux|\d+)\b", sentence, re.IGNORECASE):
                spans.append(re.sub(r"^(?:dont|including|comme)\s+", "", one))
    for span in spans:
        for name in named(re.sub(r"\betc\b\.?", "", span)):
            if not quantities(name[:3]) and not _is_category(name):
                yield without_article(name), _near(sentence, name)
    if (
        not spans
        and not rest.rstrip().endswith(":")
        and re.match(r"(?:L['’]|La |Le |Les |The )", rest)
        and len(rest) <= 160
    ):
        # « L'Office de l'Élevage (OEP) »: the item is a member.
        for name in re.split(r"\s+et\s+(?=l['’]|le |la )", rest):
            bare = without_article(name)
            if (
                bare
                and (bare[0].isupper() or _is_body_phrase(bare))
                and not re.search(
                    r"\b(?:est|sont|a été|regroupe|représente|dispose|se compose|comprend|is|are|was)\b", bare
                )
            ):
                yield bare[0].upper() + bare[1:], name


def _is_category(name: str) -> bool:
    tags = tags_of(name, "member_category")
    return len(tags) == 1 and len(fold(name).split()) <= len(tags[0].words.split())


def _is_body_phrase(text: str) -> bool:
    return fold(text).split()[0] in words_of("organisations", "words")


def _near(sentence: str, name: str) -> str:
    at = sentence.find(name)
    return sentence[at : at + len(name)] if at >= 0 else name


def _figure(quantity: Quantity, *, target: bool) -> dict[str, Value]:
    found: dict[str, Value] = {"modality": "target" if target else "observed", "perimeter": "members"}
    if quantity.precision != "exact":
        found["precision"] = quantity.precision
    if quantity.precision == "range":
        found |= {"low": quantity.low, "high": quantity.high}
    return found


def _is_year(text: str, quantity: Quantity) -> bool:
    return any(d.start <= quantity.start < d.end for d in dates(text)) and not re.match(
        r"\s*(?:emplois|employés|membres|adhérents|jobs|members)", text[quantity.end :]
    )


def _currency(after: str) -> str | None:
    currencies = codes_of("members", "currencies")
    head = " ".join(fold(after).split()[:2])
    word = first_word(head, tuple(currencies))
    return currencies[word] if word else None


def _speaks_of_smes(before: str) -> bool:
    piece = re.split(r"[,;]", before)[-1]
    return any(tag.code == "smes" for tag in tags_of(piece, "member_category"))


def _starts_within(folded: str, words: tuple[str, ...]) -> bool:
    return first_word(" ".join(folded.split()[:3]), words) is not None


def _ends_with(folded: str, words: tuple[str, ...]) -> bool:
    return any(folded == word or folded.endswith(f" {word}") for word in words)
