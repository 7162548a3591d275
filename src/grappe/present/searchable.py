"""What an entity is found by: names, acronyms, people, niches, places, members, in three languages."""

from collections.abc import Iterator

from grappe.census.facts import Facts
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.fold import fold
from grappe.domain.statement import Statement
from grappe.domain.vocabulary import LANGUAGES, vocabulary
from grappe.present.words import country_name

_TITLES = ("name", "acronym", "alias", "name_ar")
_REFERRED = ("name", "acronym", "alias", "name_ar")


def searchable(facts: Facts, entity: str) -> tuple[str, str]:
    """Folded title and body of an entity for the search index; redacted values are not in it."""
    kind = facts.entities[entity].kind
    title: dict[str, None] = {}
    body: dict[str, None] = {}
    for statement in facts.statements(entity):
        if statement.redacted:
            continue
        target = title if statement.field in _TITLES else body
        for word in _words(facts, kind, statement):
            target[fold(word)] = None
    return " ".join(title), " ".join(word for word in body if word not in title)


def _words(facts: Facts, kind: Kind, statement: Statement) -> Iterator[str]:
    field = declaration(kind).fields[statement.field]
    match field.type:
        case FieldType.TEXT | FieldType.URL:
            yield str(statement.value)
        case FieldType.COUNTRY:
            yield from (country_name(str(statement.value), language) for language in LANGUAGES)
        case FieldType.TAG:
            labels = vocabulary(str(field.vocabulary))[str(statement.value)]
            yield from (labels[language] for language in LANGUAGES)
        case FieldType.REF | FieldType.PLACES:
            targets = statement.value if isinstance(statement.value, tuple) else (str(statement.value),)
            for target in targets:
                for name in _REFERRED:
                    yield from (str(s.value) for s in facts.statements(target, name) if not s.redacted)
