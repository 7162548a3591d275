"""Facts asked of several days: each answer is reconciled once, and kept as long as the question lasts."""

from collections.abc import Sequence

from grappe.census.disputes import shown_field
from grappe.census.facts import Facts
from grappe.census.reconciliation import Shown, Why
from grappe.domain.dates import PartialDate, partial_date
from grappe.domain.entity import Kind
from grappe.domain.field import FieldType, declaration
from grappe.domain.statement import Statement

_PLAIN = (FieldType.TAG, FieldType.DATE, FieldType.REF, FieldType.TEXT)
"""Types whose lone statement is shown as it stands, without weighing it against anything."""


class Asked:
    """The same answers as `shown_field`, found once: a comparison asks the same of a cluster many times."""

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self._said: dict[str, dict[str, list[Statement]]] = {}
        self._shown: dict[tuple[str, str, str], list[Shown]] = {}

    def said(self, entity: str, name: str) -> Sequence[Statement]:
        """Statements about one field of an entity."""
        fields = self._said.get(entity)
        if fields is None:
            fields = {}
            for statement in self.facts.by_entity.get(entity, ()):
                fields.setdefault(statement.field, []).append(statement)
            self._said[entity] = fields
        return fields.get(name, ())

    def kind(self, entity: str) -> Kind | None:
        """What an entity is; nothing if it is not among the facts."""
        known = self.facts.entities.get(entity)
        return known.kind if known else None

    def shown(self, entity: str, name: str, on: PartialDate) -> list[Shown]:
        """Reconciled values of one field on a day; empty if nothing is said."""
        statements = self.said(entity, name)
        if not statements:
            return []
        key = (entity, name, on.text)
        found = self._shown.get(key)
        if found is None:
            found = self._lone(entity, statements[0], on) if len(statements) == 1 else None
            if found is None:
                found = shown_field(self.facts, entity, name, on)
            self._shown[key] = found
        return found

    def _lone(self, entity: str, one: Statement, on: PartialDate) -> list[Shown] | None:
        """What is shown of a single statement without validity; nothing if it must be weighed after all."""
        field = declaration(self.facts.entities[entity].kind).fields[one.field]
        if (
            field.many
            or field.key
            or field.type not in _PLAIN
            or one.valid_from
            or one.valid_to
            or one.redacted
        ):
            return None
        if partial_date(one.as_of).first >= on.end:
            return []
        return [Shown(field, (), (one,), (), (), Why.ONLY, None)]
