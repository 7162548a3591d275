"""Head of an identity sheet: title, website, dates, and up to any number of officers."""

import re
from functools import cache

from grappe.census.reading.cells import parentheses
from grappe.census.reading.document import Line
from grappe.census.reading.names_printed import clean, person_name, split_acronym, spoken
from grappe.census.reading.proposal import Draft, Leftover, Mention, Reason, shortened
from grappe.census.reading.quantities import dates
from grappe.census.reading.rule_files import first_word, holds, rules, words_of
from grappe.domain.entity import Kind
from grappe.domain.field import declaration
from grappe.domain.fold import fold
from grappe.domain.source import Part
from grappe.domain.statement import Value

WEBSITE = re.compile(r"(?:https?://|www\.)[^\s<>\t,;()]+", re.IGNORECASE)


@cache
def _roles() -> re.Pattern[str]:
    words = sorted((w for ws in rules("sheet")["roles"].values() for w in ws), key=len, reverse=True)
    # Capitals are often printed without their accents, and a hyphen as a blank.
    letters = {"é": "[eé]", "è": "[eè]", "ê": "[eê]", "à": "[aà]", " ": r"[ \-]", "-": r"[ \-]"}
    plain = "|".join("".join(letters.get(c, re.escape(c)) for c in word) for word in words)
    return re.compile(
        rf"(?<![\w-])(?P<role>{plain})(?P<more>(?![\w])[^:,\t]{{0,60}}?)\s*[:：]\s*", re.IGNORECASE
    )


@cache
def _role_fields() -> dict[str, str]:
    return {fold(w): field for field, words in rules("sheet")["roles"].items() for w in words}


@cache
def _date_labels() -> re.Pattern[str]:
    # The rules are folded; what stands between two words in print may be an apostrophe or a blank.
    letters = {"e": "[eéèê]", "a": "[aàâ]", " ": r"[\s'’]+"}
    groups = []
    for field in ("created", "labelled", "contracted"):
        words = sorted(rules("sheet")["labels"][field], key=len, reverse=True)
        plain = "|".join("".join(letters.get(c, re.escape(c)) for c in word) for word in words)
        arabic = {
            "created": "تاريخ الإنشاء|تاريخ التأسيس",
            "labelled": "تاريخ منح العلامة",
            "contracted": "متعاقد منذ",
        }
        groups.append(f"(?P<{field}>{plain}|{arabic[field]})")
    return re.compile(rf"(?<!\w)(?:{'|'.join(groups)})(?!\w)\s*[:：]?\s*", re.IGNORECASE)


def is_head(text: str) -> bool:
    """Tell whether a line looks like one of the head: officers, a date with its label, an address."""
    return bool(
        _roles().search(text) or WEBSITE.search(text) or (_date_labels().search(text) and dates(text))
    )


def title_of(text: str) -> tuple[str, str | None]:
    """Name and acronym that the title of a sheet prints."""
    name, acronym = split_acronym(clean(text.replace("\t", " ")))
    return spoken(name), acronym


def read_head(line: Line, subject: Mention) -> tuple[list[Draft], list[Leftover]]:
    """Statements of one line of the head."""
    drafts: list[Draft] = []
    leftovers: list[Leftover] = []
    text = line.text
    for found in WEBSITE.finditer(text):
        drafts.append(_said(subject, "website", found.group().rstrip("./"), found.group(), line, 0.97))
    drafts += _dates(line, subject)
    matches = list(_roles().finditer(text))
    for at, match in enumerate(matches):
        end = matches[at + 1].start() if at + 1 < len(matches) else len(text)
        value = re.split(r"[\t<]", text[match.end() : end])[0].strip()
        printed = text[match.start() : match.end()] + value
        if fold(match.group("more")):
            leftovers.append(Leftover(line.number, shortened(printed), Reason("officer_of_another")))
        elif value:
            drafts += _officer(match.group("role"), value, printed, line, subject)
    return drafts, leftovers


def _said(
    subject: Mention,
    name: str,
    value: Value | Mention,
    printed: str,
    line: Line,
    confidence: float,
    code: str = "label",
    **attributes: Value,
) -> Draft:
    reason = Reason(code, {"field": name})
    return Draft(
        subject,
        name,
        value,
        shortened(printed),
        (line.number,),
        Part.SHEET,
        confidence,
        reason,
        None,
        attributes,
    )


def _dates(line: Line, subject: Mention) -> list[Draft]:
    text = line.text
    found = []
    for match in _date_labels().finditer(text):
        field = str(match.lastgroup)
        reach = text[match.end() : match.end() + 40]
        when = next(iter(dates(reach)), None)
        if when and not re.search(r"[:：\t]", reach[: when.start]):
            printed = text[match.start() : match.end() + when.end]
            found.append(_said(subject, field, when.value, printed, line, 0.97))
    return found


def _officer(role: str, value: str, printed: str, line: Line, subject: Mention) -> list[Draft]:
    field = _role_fields()[fold(role)]
    bare, inside = parentheses(clean(value))
    drafts: list[Draft] = []
    attributes: dict[str, Value] = {}
    if (
        any(first_word(fold(note), words_of("sheet", "provisional")) for note in inside)
        and field == "facilitator"
    ):
        attributes["provisional"] = True
    for note in inside:
        form = legal_form_of(note)
        if form:
            drafts.append(_said(subject, "legal_form", form, note, line, 0.7, "note"))
    name, comma, rest = bare.partition(",")
    name = name.strip(" .;")
    if not name:
        return drafts
    body = is_body(name)
    if body:
        acronym = next(
            (note for note in inside if " " not in note and sum(c.isupper() for c in note) >= 2), None
        )
        who = Mention(_kind_of_body(name), name, acronym, subject.country)
    else:
        who = Mention(Kind.PERSON, person_name(name), country=subject.country)
        title = rest.strip(" .;")
        if comma and title:
            attributes["title"] = spoken(title)
    refers = declaration(Kind.CLUSTER).fields[field].refers
    if body and who.kind not in refers:
        who = Mention(Kind.ORGANISATION, who.name, who.acronym, who.country)
    drafts.insert(
        0, _said(subject, field, who, printed, line, 0.9 if body else 0.95, "officer", **attributes)
    )
    return drafts


def legal_form_of(text: str) -> str | None:
    """Legal form that words name."""
    folded = fold(text)
    for form, words in rules("sheet")["legal_forms"].items():
        if any(holds(folded, fold(word)) for word in words):
            return str(form)
    return None


def is_body(name: str) -> bool:
    """Tell whether a name is that of an organisation: by a word of the list, or as a lone acronym.

    >>> is_body("Chambre de Commerce du Port"), is_body("GIMX"), is_body("Said EL ARBI")
    (True, True, False)
    """
    words = fold(name).split()
    if any(word in words_of("organisations", "words") for word in words):
        return True
    tokens = name.split()
    return len(tokens) == 1 and sum(c.isupper() for c in tokens[0]) >= 2


def _kind_of_body(name: str) -> Kind:
    folded = fold(name)
    forms = words_of("organisations", "forms")
    return Kind.FORM if any(folded.startswith(f"{word} ") for word in forms) else Kind.ORGANISATION
