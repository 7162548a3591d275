"""From rows to statements: every value is checked against the declaration of its field."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType

from grappe.census.card import Card
from grappe.census.rows import Row
from grappe.domain.dates import is_date, partial_date
from grappe.domain.entity import Entity, Kind
from grappe.domain.errors import Problem
from grappe.domain.field import ATTRIBUTE_LISTS, Field, FieldType, declaration
from grappe.domain.identifiers import is_identifier
from grappe.domain.interval import interval_of
from grappe.domain.source import Part, Source
from grappe.domain.statement import NO_ATTRIBUTES, Statement, Value
from grappe.domain.vocabulary import LANGUAGES, vocabulary

_PLAIN = frozenset(
    {
        "value",
        "source",
        "as_of",
        "line",
        "column",
        "key",
        "printed",
        "language",
        "valid_from",
        "valid_to",
        "redacted",
    }
)
_EXACT = frozenset({FieldType.FIGURE})
Reference = tuple[str, tuple[Kind, ...], Row]


class Validator:
    """Checks rows one by one, remembers what crosses rows, and settles it in `finish`."""

    def __init__(self, card: Card, dataset: str, problems: list[Problem]) -> None:
        self.card = card
        self.dataset = dataset
        self.problems = problems
        self.entities: dict[str, Entity] = {}
        self._homes: dict[str, tuple[str, int]] = {}
        self._references: dict[tuple[str, tuple[Kind, ...]], Row] = {}
        self._ids: dict[str, tuple[str, int]] = {}
        self._captioned: set[str] = set()

    def statement(self, row: Row) -> Statement | None:
        """Statement of a row, or nothing when the row has a problem; the problems are kept."""
        before = len(self.problems)
        if not self._entity(row):
            return None
        field = declaration(Kind(row.kind)).fields.get(row.field)
        if field is None:
            accepted = ", ".join(sorted(declaration(Kind(row.kind)).fields))
            self._problem("unknown_field", row, row.field, accepted=accepted)
            return None
        source = self._source(row)
        if "redacted" in row.values:
            return self._redacted(row, field, source) if len(self.problems) == before else None
        if "value" not in row.values:
            self._problem("missing_value", row)
            return None
        value = self._value(row, field)
        attributes = self._attributes(row, field)
        if source is None or len(self.problems) > before:
            return None
        lines = self._lines(row)
        statement = Statement(
            entity=row.entity,
            field=row.field,
            value=value,
            source=source.id,
            part=source.part_of(lines[0]) if lines else _whole(source),
            as_of=str(row.values["as_of"]),
            lines=lines,
            column=row.values.get("column"),
            key=str(row.values["key"]) if "key" in row.values and not lines else None,
            printed=row.values.get("printed"),
            language=str(row.values.get("language", source.language)),
            valid_from=row.values.get("valid_from"),
            valid_to=row.values.get("valid_to"),
            attributes=attributes,
            personal=field.personal and not _is_body(value),
        )
        return self._once(statement, row)

    def finish(self) -> None:
        """Settle what no single row shows: dangling references, bounds, entities without a caption."""
        for (target, kinds), row in self._references.items():
            found = self.entities.get(target)
            if found is None:
                self._problem("dangling_reference", row, target)
            elif found.kind not in kinds:
                self._problem("wrong_kind", row, target, found=found.kind, accepted=", ".join(kinds))
        for entity in sorted(self.entities.keys() - self._captioned):
            file, line = self._homes[entity]
            caption = declaration(self.entities[entity].kind).caption
            self.problems.append(Problem("missing_caption", file, line, entity, params={"caption": caption}))
        counts = Counter(entity.kind for entity in self.entities.values())
        for kind, (low, high) in self.card.bounds.items():
            if not low <= counts[kind] <= high:
                self.problems.append(
                    Problem(
                        "out_of_bounds",
                        f"{self.dataset}/dataset.yml",
                        None,
                        kind,
                        str(counts[kind]),
                        {"low": str(low), "high": str(high)},
                    )
                )

    def _problem(self, code: str, row: Row, value: object = None, /, **params: object) -> None:
        shown = None if value is None else str(value)[:120]
        self.problems.append(
            Problem(
                code,
                row.file,
                row.line,
                f"{row.entity}.{row.field}",
                shown,
                {k: str(v) for k, v in params.items()},
            )
        )

    def _entity(self, row: Row) -> bool:
        known = self.entities.get(row.entity)
        if known is None:
            if not is_identifier(row.entity):
                self._problem("bad_identifier", row, row.entity)
                return False
            if row.kind not in Kind.__members__.values():
                self._problem("bad_code", row, row.kind, accepted=", ".join(Kind))
                return False
            self.entities[row.entity] = Entity(row.entity, Kind(row.kind), self.dataset)
            self._homes[row.entity] = (row.file, row.line)
        elif known.kind != row.kind or self._homes[row.entity][0] != row.file:
            file, line = self._homes[row.entity]
            self._problem("duplicate_id", row, row.entity, first=f"{file}, line {line}")
            return False
        return True

    def _source(self, row: Row) -> Source | None:
        key = row.values.get("source")
        source = self.card.sources.get(str(key))
        if source is None:
            self._problem("unknown_source", row, key, accepted=", ".join(sorted(self.card.sources)))
            return None
        for name in ("as_of", "valid_from", "valid_to"):
            given = row.values.get(name)
            if name == "as_of" or given is not None:
                if isinstance(given, int):
                    row.values[name] = given = str(given)
                if not is_date(given):
                    self._problem("bad_date", row, given)
        lines = self._lines(row)
        if row.values.get("line") is not None and not lines:
            self._problem("bad_locator", row, row.values["line"])
        elif source.cited_by == "line" and not lines:
            self._problem("missing_locator", row, expected="line")
        elif source.cited_by != "line" and not row.values.get("key"):
            self._problem("missing_locator", row, expected="key")
        column = row.values.get("column")
        if column is not None and column not in source.columns:
            self._problem("bad_code", row, column, accepted=", ".join(source.columns))
        printed = row.values.get("printed")
        if lines and printed is None and "redacted" not in row.values:
            self._problem("missing_printed", row)
        elif printed is not None and (not isinstance(printed, str) or not printed.strip()):
            self._problem("bad_text", row, printed)
        starts, ends = row.values.get("valid_from"), row.values.get("valid_to")
        if is_date(starts) and is_date(ends) and partial_date(ends).first <= partial_date(starts).first:
            self._problem("bad_validity", row, f"{starts} … {ends}")
        return source

    def _lines(self, row: Row) -> tuple[int, ...]:
        given = row.values.get("line")
        lines = tuple(given) if isinstance(given, list) else () if given is None else (given,)
        return () if any(not _is_line(line) for line in lines) else lines

    def _value(self, row: Row, field: Field) -> Value:
        given = row.values["value"]
        if given is None:
            self._problem("missing_value", row)
            return None
        if field.type in (FieldType.REF, FieldType.PLACES):
            targets = given if isinstance(given, list) else [given]
            for target in targets:
                if not is_identifier(target):
                    self._problem("bad_identifier", row, target)
                else:
                    self._references.setdefault((target, field.refers), row)
            if field.type is FieldType.PLACES:
                return tuple(str(target) for target in targets)
            if len(targets) != 1:
                self._problem("one_value", row, given)
            return str(given)
        if field.type is FieldType.TAG:
            code = str(given)
            if code not in vocabulary(str(field.vocabulary)):
                accepted = ", ".join(vocabulary(str(field.vocabulary)))
                self._problem("bad_code", row, given, accepted=accepted)
            return int(code) if code.isdigit() else code
        wrong = _WRONG[field.type](given)
        if wrong:
            self._problem(wrong, row, given)
        if field.type is FieldType.DATE:
            return str(given)
        if field.type is FieldType.TEXT:
            return str(given)
        checked: Value = given
        return checked

    def _attributes(self, row: Row, field: Field) -> Mapping[str, Value]:
        given = row.values.keys() - _PLAIN
        for name in given - field.attributes:
            self._problem("unknown_attribute", row, name, accepted=", ".join(sorted(field.attributes)))
        attributes: dict[str, Value] = {}
        for name in sorted(given & field.attributes):
            value = row.values[name]
            listed = field.vocabulary if name == "of" else ATTRIBUTE_LISTS.get(name)
            if listed and str(value) not in vocabulary(listed):
                self._problem("bad_code", row, value, accepted=", ".join(vocabulary(listed)))
            elif name == "by":
                self._references.setdefault((str(value), (Kind.ORGANISATION, Kind.PROGRAMME)), row)
            elif name == "note":
                if not isinstance(value, dict) or set(value) != set(LANGUAGES):
                    self._problem("bad_note", row, value)
                    continue
                value = tuple(f"{language}:{value[language]}" for language in LANGUAGES)
            elif name in ("low", "high", "count") and not _is_number(value):
                self._problem("bad_number", row, value)
            elif name == "period":
                value = str(value)
                if not all(is_date(end) for end in value.split("/")):
                    self._problem("bad_period", row, value)
            attributes[name] = value
        if field.key and field.key not in attributes:
            self._problem("missing_attribute", row, expected=field.key)
        if field.type in _EXACT:
            self._figure(row, field, attributes)
        return MappingProxyType(attributes) if attributes else NO_ATTRIBUTES

    def _figure(self, row: Row, field: Field, attributes: dict[str, Value]) -> None:
        for name in ("modality", "perimeter"):
            if name not in attributes:
                self._problem("missing_attribute", row, expected=name)
        if "unit" not in attributes and field.unit is None and field.vocabulary != "member_category":
            self._problem("missing_attribute", row, expected="unit")
        numbers = all(attributes.get(end) is None or _is_number(attributes[end]) for end in ("low", "high"))
        if _is_number(row.values.get("value")) and numbers:
            try:
                interval_of(
                    row.values["value"],
                    str(attributes.get("precision", "exact")),
                    attributes.get("low"),  # type: ignore[arg-type]
                    attributes.get("high"),  # type: ignore[arg-type]
                )
            except ValueError:
                self._problem("bad_range", row, row.values["value"])

    def _redacted(self, row: Row, field: Field, source: Source | None) -> Statement | None:
        if source is None:
            return None
        if not field.personal:
            self._problem("not_personal_field", row)
            return None
        lines = self._lines(row)
        statement = Statement(
            entity=row.entity,
            field=row.field,
            value=None,
            source=source.id,
            part=source.part_of(lines[0]) if lines else _whole(source),
            as_of=str(row.values["as_of"]),
            lines=lines,
            column=row.values.get("column"),
            key=None if lines else str(row.values.get("key")),
            personal=True,
            redacted=str(row.values["redacted"]),
        )
        return self._once(statement, row)

    def _once(self, statement: Statement, row: Row) -> Statement | None:
        first = self._ids.get(statement.id)
        if first is not None and not statement.redacted:
            where = f"{first[0]}, line {first[1]}"
            self._problem("duplicate_statement", row, statement.value, first=where)
            return None
        if first is not None:
            # Two erased statements of one line say nothing any more that could tell them apart.
            return None
        self._ids[statement.id] = (row.file, row.line)
        if statement.field == declaration(self.entities[statement.entity].kind).caption:
            self._captioned.add(statement.entity)
        return statement


def statements_of(rows: Iterable[Row], validator: Validator) -> list[Statement]:
    """Statements of all rows that have no problem."""
    found = (validator.statement(row) for row in rows)
    return [statement for statement in found if statement is not None]


def _whole(source: Source) -> Part:
    return Part.TEXT if source.cited_by == "line" else Part.TABLE


def _is_body(value: Value) -> bool:
    # A facilitator may be an organisation: its name is no personal datum.
    return (
        isinstance(value, str) and is_identifier(value) and not value.startswith("person-") and "-" in value
    )


def _is_line(line: object) -> bool:
    return isinstance(line, int) and not isinstance(line, bool) and line >= 1


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _never(_: object) -> str | None:
    return None


_WRONG: Mapping[FieldType, Callable[[object], str | None]] = MappingProxyType(
    {
        FieldType.TEXT: lambda v: None if isinstance(v, str | int | float) and str(v).strip() else "bad_text",
        FieldType.FLAG: lambda v: None if isinstance(v, bool) else "bad_flag",
        FieldType.DATE: lambda v: None if is_date(str(v)) else "bad_date",
        FieldType.URL: lambda v: None if isinstance(v, str) and "." in v and " " not in v else "bad_url",
        FieldType.COUNTRY: lambda v: (
            None if isinstance(v, str) and len(v) == 2 and v.isalpha() and v.isupper() else "bad_country"
        ),
        FieldType.NUMBER: lambda v: None if _is_number(v) else "bad_number",
        FieldType.FIGURE: lambda v: None if _is_number(v) else "bad_number",
        FieldType.TAG: _never,
        FieldType.REF: _never,
        FieldType.PLACES: _never,
    }
)
