"""Running text: lists of clusters, poles with specialities, potential creative clusters, partnerships."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from grappe.census.reading.classify import sector_of, tags_of
from grappe.census.reading.context import Around, states_of
from grappe.census.reading.document import Document, Line
from grappe.census.reading.named_pairs import pairs_of
from grappe.census.reading.names import bare_name
from grappe.census.reading.names_printed import clean, split_acronym, without_article
from grappe.census.reading.place_names import places_of
from grappe.census.reading.proposal import Draft, Leftover, LinkDraft, Mention, Notes, Reason, Use, shortened
from grappe.census.reading.rule_files import codes_of, first_word, holds, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value

_ITEM = re.compile(r"\s*(?:[-–•▪◊◆*·]|\(?\d{1,2}[.)])\s+(?=\S)")
_FOOTNOTE = re.compile(r"\s*\d{1,3}\s*[-–.]\s+")
_AT = re.compile(
    r"\s+(?:à|en|au|aux|dans les|dans la|dans le|du|in|at|across|في)\s+(?:the\s+|l['’])?"
    r"(?=[A-ZÉÈ0-9\u0621-\u064a]|Grand|sud|nord)"
)
_CRAFTS = re.compile(r"\s*[,;،]\s*(?![^(]*\))")


@dataclass
class _Text:
    drafts: list[Draft] = field(default_factory=list)
    links: list[LinkDraft] = field(default_factory=list)
    leftovers: list[Leftover] = field(default_factory=list)
    uses: dict[int, Use] = field(default_factory=dict)
    places: Collection[str] = frozenset()


def read_running_text(
    document: Document,
    around: Sequence[Around],
    taken: dict[int, Use],
    places: Collection[str] = frozenset(),
) -> Notes:
    """Statements of all lines that no table or sheet has taken; `places` are folded names of known ones."""
    found = _Text(places=places)
    intro = ""
    intro_line = 0
    potential: tuple[int, Around, bool] | None = None
    for line in document.lines:
        text = line.text.strip()
        if line.number in taken or not text:
            continue
        here = around[line.number - 1]
        folded = fold(clean(text))
        listed = _potential_list(text, folded)
        if potential and not listed and _crafts(line, potential, found):
            potential = None
            continue
        potential = None
        if listed is not None:
            rest, creative = listed
            found.uses[line.number] = Use.HEADING
            potential = (line.number, here, creative)
            if rest:
                _crafts(Line(line.number, rest, line.locator), potential, found)
                potential = None
            continue
        item = _ITEM.match(line.text)
        if item is None:
            if text.endswith(":") or text.endswith(": "):
                intro, intro_line = text, line.number
                if first_word(folded, words_of("text", "cluster")):
                    found.uses[line.number] = Use.HEADING
            elif len(text) > 200:
                intro = text if text.rstrip().endswith(":") else ""
            elif here.heading_line > intro_line:
                intro = ""
            _sentences(line, here, found)
            continue
        under = intro if intro_line > here.heading_line else ""
        _item(line, line.text[item.end() :].strip(), under, intro_line, here, found)
    return Notes(tuple(found.drafts), tuple(found.links), tuple(found.leftovers), found.uses)


def has_trigger(text: str) -> bool:
    """Tell whether a line of prose may hold a fact of the census: it speaks of a cluster or is a row."""
    folded = fold(text)
    return bool("\t" in text or first_word(folded, words_of("text", "cluster")))


def _potential_list(text: str, folded: str) -> tuple[str, bool] | None:
    """Of the title of a list of potential clusters: what follows on its line, whether they are creative."""
    bare = _FOOTNOTE.sub("", text)
    word = first_word(fold(bare), words_of("text", "potential_list"))
    if word is None or not fold(bare).startswith(word):
        return None
    _, mark, rest = bare.partition(":")
    if not mark:
        _, mark, rest = bare.partition(". ")
    return rest.strip(), first_word(folded, words_of("text", "creative")) is not None


def _crafts(line: Line, under: tuple[int, Around, bool], found: _Text) -> bool:
    """A paragraph of « craft à place, craft à place »: every item a potential cluster."""
    _, here, creative = under
    text = line.text.strip().rstrip(".")
    pieces: list[str] = []
    for piece in _CRAFTS.split(text):
        # « à Kairouan, Kasserine et Sidi Bouzid »: a piece that is places alone belongs to the one before.
        if pieces and not _AT.search(piece) and piece[:1].isupper():
            pieces[-1] = f"{pieces[-1]}, {piece}"
        else:
            pieces.append(piece)
    read = [(piece, match) for piece in pieces if (match := list(_AT.finditer(piece)))]
    if len(read) < 2:
        return False
    found.uses[line.number] = Use.FACT
    for piece in pieces:
        matches = list(_AT.finditer(piece))
        if not matches:
            found.leftovers.append(Leftover(line.number, shortened(piece), Reason("item_unread")))
            continue
        at = matches[-1]
        craft, where = piece[: at.start()].strip(), piece[at.end() :].strip()
        places = places_of(where.replace("/", " et "), here.country)
        name = clean(piece)[:1].upper() + clean(piece)[1:]
        subject = Mention(Kind.CLUSTER, name, None, here.country, tuple(p.name for p in places))
        reason = Reason("potential")

        def add(
            field_name: str,
            value: Value | tuple[Mention, ...],
            confidence: float,
            lines: tuple[int, ...] = (line.number,),
            printed: str = piece,
            about: Mention = subject,
            why: Reason = reason,
        ) -> None:
            found.drafts.append(
                Draft(about, field_name, value, shortened(printed), lines, Part.FOOTNOTE, confidence, why)
            )

        add("name", name, 0.9)
        add("craft", clean(craft), 0.9)
        add("state", "potential", 0.9)
        if creative:
            add("creative", True, 0.9)
            add("sector", 7, 0.9)
        if places:
            add("place", tuple(places), 0.9)
        for tag in tags_of(craft, "industry"):
            add("industry", tag.code, 0.7)
        if here.country:
            add("country", here.country, 0.8, (here.country_line,), here.country_words)
    return True


def _item(line: Line, body: str, intro: str, intro_line: int, here: Around, found: _Text) -> None:
    """An item of a list: a pole with specialities, a pair of partners, or a cluster."""
    before = len(found.drafts) + len(found.links)
    text = clean(body).rstrip(" ;.")
    context = fold(f"{here.heading} {clean(intro)}")
    read = _pole(line, text, here, found) or _pairs(line, text, context, here, found)
    if not read and first_word(f"{context} {fold(here.title)}", words_of("text", "cluster")):
        _cluster(line, text, intro, intro_line, here, found)
    if len(found.drafts) + len(found.links) > before:
        found.uses[line.number] = Use.FACT
    elif has_trigger(text):
        found.uses[line.number] = Use.LEFTOVER
        found.leftovers.append(Leftover(line.number, shortened(text), Reason("item_unread")))


def _pole(line: Line, text: str, here: Around, found: _Text) -> bool:
    name, colon, rest = text.partition(" : ")
    folded = fold(name)
    kinds = codes_of("text", "poles")
    word = first_word(folded, tuple(sorted(kinds, key=len, reverse=True)))
    if word is None or not colon or not folded.startswith(word) or len(name.split()) > 14:
        return False
    plain = name
    town = None
    acronym = None
    inside = re.search(r"\(([^()]+)\)\s*$", name)
    if inside:
        plain = name[: inside.start()].strip()
        town = inside.group(1)
        acronym = town if " " not in town and sum(c.isupper() for c in town) >= 1 and "." in town else None
    named = re.search(r"(?:\bde la |\bde l['’]|\bd['’]|\bde |\bdu |\bof |\bin )([A-ZÉÈ].*)$", plain)
    places = places_of(named.group(1), here.country) if named else []
    subject = Mention(Kind.FORM, plain, acronym, here.country, tuple(p.name for p in places))

    def add(
        field_name: str, value: Value | tuple[Mention, ...], confidence: float, printed: str = name
    ) -> None:
        found.drafts.append(
            Draft(
                subject,
                field_name,
                value,
                shortened(printed),
                (line.number,),
                Part.TEXT,
                confidence,
                Reason("pole"),
            )
        )

    add("name", plain, 0.93)
    if acronym:
        add("acronym", acronym, 0.85)
    elif town and not places_of(town):
        found.leftovers.append(Leftover(line.number, town, Reason("item_unread")))
    add("form_kind", kinds[word], 0.9)
    if places:
        add("place", tuple(places), 0.85)
    if here.country:
        found.drafts.append(
            Draft(
                subject,
                "country",
                here.country,
                shortened(here.country_words),
                (here.country_line,),
                Part.TEXT,
                0.8,
                Reason("heading_country", {"heading": here.country_words}),
            )
        )
    for piece in re.split(r"[,;]|\s+et\s+|\s+and\s+", rest):
        tags = tags_of(piece, "niche")
        for tag in tags:
            add("speciality", tag.code, 0.75, rest)
        if not tags and piece.strip():
            found.leftovers.append(Leftover(line.number, shortened(piece), Reason("speciality_unknown")))
    return True


_ARTICLE = r"(?:(?:Le|La|Un|Une|The|A|An|le|la|un|une|the)\s+|[Ll]['’])?"
_CLUSTER_FIRST = re.compile(rf"{_ARTICLE}(?:\S+\s+){{0,3}}?(?:[Cc]luster|[Gg]rappe|عنقود|كلاستر)\b")
_TOPIC = re.compile(r"^((?:Le|La|Les|The|L['’])[^,]{3,90}),\s+(.+)$")


def _cluster(line: Line, text: str, intro: str, intro_line: int, here: Around, found: _Text) -> None:
    """A cluster in a list; its state is that of the heading, or of the sentence before the list."""
    named = _name_of_item(text, here)
    if named is None:
        return
    head, name, acronym, remark, topic = named
    places = _place_of_item(head, name, here.country, found.places)
    # A place within the name tells it from no other: the name does that already.
    apart = tuple(p.name for p in places if fold(p.name) not in fold(name))
    subject = Mention(Kind.CLUSTER, name, acronym, here.country, apart)
    reason = Reason("listed_cluster", {"heading": clean(intro) or here.title})

    def add(
        field_name: str,
        value: Value | tuple[Mention, ...],
        confidence: float,
        lines: tuple[int, ...] = (line.number,),
        printed: str = head,
        why: Reason = reason,
    ) -> None:
        found.drafts.append(
            Draft(subject, field_name, value, shortened(printed), lines, Part.TEXT, confidence, why)
        )

    add("name", name, 0.85)
    if acronym:
        add("acronym", acronym, 0.9)
    state, cited = _state_of(remark, intro, intro_line, here)
    if state:
        add("state", state, 0.75, (cited, line.number) if cited else (line.number,))
    planned = words_of("text", "planned")
    if first_word(fold(remark), planned) or (state == "emerging" and first_word(fold(intro), planned)):
        add("life", "planned", 0.7)
    if places:
        add("place", tuple(places), 0.8)
    guess = sector_of(topic or name)
    if guess and guess[1] >= 0.75:
        add("sector", guess[0], 0.6, printed=topic or head)
    if here.country:
        heading = Reason("heading_country", {"heading": here.country_words})
        add("country", here.country, 0.75, (here.country_line,), here.country_words, heading)
    supporter = _supporter(intro)
    if supporter:
        found.links.append(
            LinkDraft("support", Mention(Kind.ORGANISATION, supporter), subject, shortened(text),
                      (intro_line, line.number), Part.TEXT, 0.7, reason, {"status": "active"})
        )  # fmt: skip


def _name_of_item(text: str, here: Around) -> tuple[str, str, str | None, str, str] | None:
    """What an item names: its clause, name, acronym, remark in parentheses, and the topic before it."""
    text = _SENTENCE.split(text)[0]
    head, topic = text, ""
    match = _TOPIC.match(text)
    apposed = re.match(
        r"^(?:Un|Une|Le|La|L['’]|A|The)\s*[Cc]luster\b[^,()]{3,60},\s+((?:[A-ZÉÈ][\w-]*\s+){1,4}Cluster)$",
        text,
    )
    if apposed:
        # « Un cluster du tourisme, Xanadu Tourism Cluster »: the name stands behind the description.
        head, topic, match = apposed.group(1), text, None
    if match and not first_word(fold(match.group(1)), words_of("text", "cluster")):
        bare = without_article(match.group(2))
        if holds(fold(bare), "cluster") or split_acronym(bare)[1]:
            topic, head = match.group(1), match.group(2)
    listing = (
        states_of(fold(here.title))
        and holds(fold(here.title), "clusters")
        and len(text.split()) <= 14
        and without_article(text) == text
    )
    if not topic and not _CLUSTER_FIRST.match(head) and not (listing and not re.search(r"[.:;,]\s", text)):
        return None
    name, acronym = split_acronym(without_article(head))
    if acronym is None:
        # « Le Cluster Rouge (CR), dont … »: the parentheses end the name.
        inner = re.match(r"^([^(),]{4,90}\([^()\s]{2,12}\))", without_article(head))
        if inner:
            name, acronym = split_acronym(inner.group(1))
    remark = ""
    if acronym and first_word(
        fold(name), tuple(w for w in words_of("text", "name_ends") if w in ("qui", "which", "that"))
    ):
        # « Le Cluster X qui est un programme de Y (Y) »: the acronym is of another.
        acronym, head = None, re.split(r"\s(?:qui|which|that)\s", head)[0] + head[len(head) :]
        name = without_article(head)
        if first_word(fold(text), words_of("text", "not_cluster")):
            return None
    if acronym is None:
        ends = "|".join(sorted(words_of("text", "name_ends"), key=len, reverse=True))
        first = re.split(
            rf"[,:;.]\s|\s(?:{ends})\b|\s[-–]\s|\s(?:à|in|at)\s(?=[A-ZÉÈ])", without_article(head)
        )[0].strip()
        note = re.search(r"\(([^()]*)\)\s*$", first)
        remark, name = (note.group(1), first[: note.start()].strip()) if note else ("", first)
    rest = fold(head)[len(fold(name)) :]
    if first_word(" ".join(rest.split()[:9]), words_of("text", "not_cluster")):
        return None
    if not bare_name(name) or re.match(r"(?:clusters|de |d['’]|des )", name, re.IGNORECASE):
        return None
    if not name or len(name.split()) > 14 or name.count("(") != name.count(")"):
        return None
    return head, name[0].upper() + name[1:], acronym, remark, topic


def _supporter(intro: str) -> str | None:
    """Who supports the clusters of a list: « Les clusters soutenus par la GIZ sont : »."""
    folded = fold(clean(intro))
    word = first_word(folded, words_of("text", "supported"))
    if word is None:
        return None
    letters = {"e": "[eéèê]", "a": "[aàâ]", " ": r"[\s'’]+"}
    spelt = "".join(letters.get(c, re.escape(c)) for c in word)
    found = re.search(
        rf"{spelt}\s*(?:la |le |les |l['’]|the )?([«\"]?\s*[A-ZÉ][^:;,]*?)\s*(?:sont|are)?\s*:",
        clean(intro),
        re.IGNORECASE,
    )
    name = found.group(1).strip(' «»"') if found else ""
    return name if name and len(name.split()) <= 8 else None


def _state_of(remark: str, intro: str, intro_line: int, here: Around) -> tuple[str | None, int]:
    if remark and (state := states_of(fold(remark))):
        return state, 0
    for words, number in (
        (here.heading, here.heading_line),
        (clean(intro), intro_line),
        (here.title, here.title_line),
    ):
        if words and (state := states_of(fold(words))):
            return state, number
    return None, 0


def _place_of_item(
    head: str, name: str, country: str | None, known: Collection[str] = frozenset()
) -> list[Mention]:
    inside = re.search(r"\brégions?\b[^(]*\(([^()]+)\)", head)
    if inside:
        return places_of(inside.group(1), country)
    found = re.search(r"\b(?:à|in|at|في)\s+([A-ZÉÈ][\w'’-]+(?:\s[A-ZÉÈ][\w'’-]+)*)", head)
    if found:
        return places_of(found.group(1), country)
    # « Cluster des X de Y »: Y is a place only where somebody knows it.
    for match in reversed(list(_OF_PLACE.finditer(_SENTENCE.split(head)[0]))):
        if fold(match.group(1)) in known:
            return places_of(match.group(1), country)
    return []


_SENTENCE = re.compile(r"(?<=[\w)»])\.\s+(?=[A-ZÉÈ])")
_OF_PLACE = re.compile(r"(?:\bde|\bdu|\bd['’]|\bof)\s*([A-ZÉÈ][\w'’-]+(?:\s[A-ZÉÈ][\w'’-]+)*)")


def _pairs(line: Line, text: str, context: str, here: Around, found: _Text) -> bool:
    """Named partners, a cluster attached to a pole, or clusters that merged."""
    links = pairs_of(text, context, here.country, line.number)
    found.links += links
    for one in {link.source for link in links if link.kind == "partnership" and link.source.places}:
        seat = tuple(Mention(Kind.PLACE, name, country=one.country) for name in one.places)
        found.drafts.append(
            Draft(one, "place", seat, shortened(text), (line.number,), Part.TEXT, 0.6, Reason("pair"))
        )
    return bool(links)


def _sentences(line: Line, here: Around, found: _Text) -> None:
    """Partnerships in prose: « rapprochement entre deux clusters : A à … et B en … »."""
    text = clean(line.text)
    if not first_word(fold(text), words_of("text", "cluster")) or len(text) < 60:
        return
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        match = re.search(r"\b(?:entre deux clusters|between two clusters)\s*:\s*(.+)$", sentence)
        if match:
            links = pairs_of(match.group(1).rstrip(" ."), "partenariats", None, line.number)
            found.links += links
            if links:
                found.uses[line.number] = Use.FACT
            else:
                found.leftovers.append(Leftover(line.number, shortened(sentence), Reason("pair_unread")))
