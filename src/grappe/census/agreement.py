"""When two statements about one field agree, and how far apart they are when they do not."""

from rapidfuzz import fuzz

from grappe.domain.dates import partial_date
from grappe.domain.field import Field, FieldType
from grappe.domain.finding import Severity
from grappe.domain.fold import fold
from grappe.domain.statement import Statement
from grappe.domain.vocabulary import vocabulary

ALIKE = 84.0
"""Similarity (0 to 100, rapidfuzz token sort ratio, folded text) from which names are spellings of one."""

SHORTEST = 5
"""Shorter words tell nothing."""
GENERIC = frozenset({"cluster", "association", "technopole", "agropole", "centre", "groupement", "societe"})
"""Words that many names share: two names with only these in common are two names."""


def agree(field: Field, one: Statement, other: Statement) -> bool:
    """Tell whether both statements can be true.

    Figures and dates agree if their intervals meet; texts if they fold alike, or are in different
    languages; a code agrees with its broader code; sets of places if they are equal.
    """
    match field.type:
        case FieldType.FIGURE:
            return one.attributes.get("unit") == other.attributes.get("unit") and one.interval.meets(
                other.interval
            )
        case FieldType.DATE:
            return partial_date(str(one.value)).meets(partial_date(str(other.value)))
        case FieldType.TEXT:
            return one.language != other.language or fold(str(one.value)) == fold(str(other.value))
        case FieldType.URL:
            return _address(str(one.value)) == _address(str(other.value))
        case FieldType.PLACES:
            return set(_places(one)) == set(_places(other))
        case FieldType.TAG:
            codes = vocabulary(str(field.vocabulary))
            return (
                one.value == other.value
                or codes[str(one.value)].get("broader") == other.value
                or codes[str(other.value)].get("broader") == one.value
            )
    return one.value == other.value


def width(field: Field, statement: Statement) -> float:
    """How wide a value is: the narrower, the more precise; in the unit of the field, or a rank."""
    match field.type:
        case FieldType.FIGURE:
            return statement.interval.width
        case FieldType.DATE:
            return partial_date(str(statement.value)).days
        case FieldType.TAG:
            return 0 if "broader" in vocabulary(str(field.vocabulary))[str(statement.value)] else 1
    return 0


def severity(field: Field, one: Statement, other: Statement) -> Severity:
    """How grave it is that two statements disagree: spellings and coarser places are minor."""
    if field.type is FieldType.TEXT:
        a, b = fold(str(one.value)), fold(str(other.value))
        alike = (
            fuzz.ratio(a.replace(" ", ""), b.replace(" ", "")) >= ALIKE
            or fuzz.token_sort_ratio(a, b) >= ALIKE
            or bool(_telling(a) & _telling(b))
            or set(a.split()) <= set(b.split())
            or set(b.split()) <= set(a.split())
        )
        return Severity.MINOR if alike else Severity.MAJOR
    if field.type is FieldType.PLACES:
        a_places, b_places = set(_places(one)), set(_places(other))
        return Severity.MINOR if a_places & b_places else Severity.MAJOR
    return Severity.MAJOR


def _telling(name: str) -> set[str]:
    """Words of a folded name that tell things apart: long enough, and not what many names share."""
    return {word for word in name.split() if len(word) >= SHORTEST and word not in GENERIC}


def _places(statement: Statement) -> tuple[str, ...]:
    return statement.value if isinstance(statement.value, tuple) else (str(statement.value),)


def _address(url: str) -> str:
    bare = url.casefold().removeprefix("https://").removeprefix("http://").removeprefix("www.")
    return bare.rstrip("/")
