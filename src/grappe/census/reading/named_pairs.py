"""Two things in one sentence: partners with their countries, a cluster attached to a pole, a merger."""

import re

from grappe.census.reading.countries import country_of, is_country
from grappe.census.reading.names_printed import split_acronym, without_article
from grappe.census.reading.proposal import LinkDraft, Mention, Reason, shortened
from grappe.census.reading.rule_files import first_word, holds, words_of
from grappe.domain.entity import Kind
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value

_WITH = re.compile(
    r",?\s+(?:avec(?:,\s*[^,]+,)?|with(?:,\s*[^,]+,)?)\s+"
    r"|\s+(?:et|and)\s+(?=(?:le |la |l['’]|celui |the )?(?:cluster|Cluster|pôle|Pôle|[A-ZÉ]))"
)
_MORE = re.compile(r"\s*,\s+|\s+(?:et|and|ainsi que)\s+")
_WHERE = re.compile(r"^(?P<name>.*?)\s+(?:à|en|au|aux|in|de|d['’])\s*(?P<where>[A-ZÉ][^,]*)$")
_TO_WHOM = re.compile(r"\s+(?:avec qui|with whom|qui|dont|which)\b.*$")


def pairs_of(text: str, context: str, country: str | None, line: int) -> list[LinkDraft]:
    """Links that one item or clause states; `context` is the folded heading and introduction above it."""
    folded = fold(text)
    attached = first_word(folded, words_of("text", "attached"))
    if attached:
        return _attached(text, country, line)
    if first_word(context, words_of("text", "merged")):
        return _merged(text, country, line)
    if not first_word(context, words_of("text", "partners")) or (
        not holds(folded, "cluster") and " et " not in text
    ):
        return []
    return _partners(text, line)


def _partners(text: str, line: int) -> list[LinkDraft]:
    text = _TO_WHOM.sub("", text)
    sides = _WITH.split(text, maxsplit=1)
    if len(sides) != 2:
        return []
    where = None
    inner = re.search(r"\b(?:avec|with),\s*(?:en|au|aux|in)\s+([^,]+),", text)
    if inner:
        where = is_country(inner.group(1))
    first = _thing(sides[0], Kind.CLUSTER)
    if first is None:
        return []
    found = []
    for piece in _MORE.split(sides[1]):
        other = _thing(piece, Kind.ORGANISATION, where)
        if other is not None and fold(other.name) != fold(first.name):
            found.append(_link("partnership", first, other, text, line, 0.7, "pair", {"status": "active"}))
    return found


def _thing(text: str, kind: Kind, country: str | None = None) -> Mention | None:
    """One partner: its name, and the places and country that follow it."""
    bare = text.strip(" .;,")
    places: list[str] = []
    while True:
        match = _WHERE.match(bare)
        if match is None:
            break
        code = is_country(match.group("where")) or country_of(match.group("where"))
        rest = match.group("name").strip(" ,")
        if code:
            country = code
        elif len(match.group("where").split()) <= 3 and not fold(rest).endswith("cluster"):
            places.append(match.group("where"))
        else:
            break
        bare = rest
    bare = re.sub(r"^(?:celui d['’]|celui de )", "", without_article(bare)).strip(" ,")
    name, acronym = split_acronym(bare)
    if not re.search(r"[A-ZÉ]", name):
        return None
    return Mention(kind, name, acronym, country, tuple(places))


def _attached(text: str, country: str | None, line: int) -> list[LinkDraft]:
    match = re.split(
        r",?\s+(?:rattachée?s?\s+(?:au|à la|à l['’]|à)|attached to|hosted by)\s*", text, maxsplit=1
    )
    if len(match) != 2:
        return []
    if re.match(r"(?:plusieurs|several)\b", match[0], re.IGNORECASE):
        return _several_attached(text, match[1], country, line)
    name, acronym = split_acronym(without_article(match[0].strip(" ,")))
    host = without_article(re.split(r"\s+comme\s+|\s*\(|\s+such as\s+", match[1])[0].strip(" .;"))
    if not name or not host:
        return []
    return [_hosted(name, acronym, host, text, country, line)]


def _several_attached(text: str, rest: str, country: str | None, line: int) -> list[LinkDraft]:
    """« Plusieurs clusters rattachés au Pôle X comme A ou B »."""
    sides = re.split(r"\s+(?:comme|tels que|such as)\s+", rest, maxsplit=1)
    if len(sides) != 2:
        return []
    host = without_article(sides[0].strip(" .;"))
    found = []
    for piece in re.split(r"\s*,\s+|\s+(?:ou|et|or|and)\s+(?=(?:le |la |l['’]|the )?[Cc]luster)", sides[1]):
        name, acronym = split_acronym(without_article(piece.strip(" .;,")))
        if name:
            found.append(_hosted(name, acronym, host, text, country, line))
    return found


def _hosted(
    name: str, acronym: str | None, host: str, text: str, country: str | None, line: int
) -> LinkDraft:
    cluster = Mention(Kind.CLUSTER, name[0].upper() + name[1:], acronym, country)
    pole = Mention(Kind.FORM, host, None, country)
    values: dict[str, Value] = {"role": "attachment", "status": "active"}
    return _link("hosting", pole, cluster, text, line, 0.8, "attached", values)


def _merged(text: str, country: str | None, line: int) -> list[LinkDraft]:
    sides = re.split(r",?\s+(?:avec|with|into|dans)\s+", text, maxsplit=1)
    if len(sides) != 2:
        return []
    ends = []
    for side in sides:
        name, acronym = split_acronym(without_article(side.strip(" .;,")))
        ends.append(Mention(Kind.CLUSTER, name, acronym, country))
    return [_link("merger", ends[0], ends[1], text, line, 0.75, "merged", {"status": "done"})]


def _link(
    kind: str,
    one: Mention,
    other: Mention,
    text: str,
    line: int,
    sure: float,
    code: str,
    values: dict[str, Value],
) -> LinkDraft:
    return LinkDraft(kind, one, other, shortened(text), (line,), Part.TEXT, sure, Reason(code), values)
