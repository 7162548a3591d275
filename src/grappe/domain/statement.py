"""Statements: what a source says of an entity, with its place in the source and its text as printed."""

import dataclasses
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from grappe.domain.interval import Interval, interval_of
from grappe.domain.source import Part

Value = str | int | float | bool | tuple[str, ...] | None

NO_ATTRIBUTES: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Statement:
    """A value never travels bare: entity, field, value, source, locator, text as printed, `as_of`.

    `attributes` holds what qualifies the value: for figures `precision`, `low`, `high`,
    `modality`, `perimeter`, `of` (what is counted), `unit`, `period`; elsewhere `role`, `status`,
    `by`, `count`, `note`. `lines` and `column` locate it in a document cited by line, `key` in any
    other. `redacted` marks a statement whose personal value was erased.
    """

    entity: str
    field: str
    value: Value
    source: str
    part: Part
    as_of: str
    lines: tuple[int, ...] = ()
    column: str | None = None
    key: str | None = None
    printed: str | None = None
    language: str = "fr"
    valid_from: str | None = None
    valid_to: str | None = None
    attributes: Mapping[str, Value] = dataclasses.field(default_factory=lambda: NO_ATTRIBUTES)
    personal: bool = False
    redacted: str | None = None
    id: str = ""

    def __post_init__(self) -> None:
        if not self.id:
            object.__setattr__(self, "id", statement_id(self))

    @property
    def interval(self) -> Interval:
        """The figure as an interval.

        Raises
        ------
        TypeError
            If the value is not a number.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, int | float):
            raise TypeError(f"{self.entity}.{self.field}: {self.value!r} is not a figure.")
        low, high = self.attributes.get("low"), self.attributes.get("high")
        return interval_of(
            self.value,
            str(self.attributes.get("precision", "exact")),
            low if isinstance(low, int | float) else None,
            high if isinstance(high, int | float) else None,
        )

    @property
    def places(self) -> tuple[str, ...]:
        """Ids of the places that the value names; none for a value that is no set of places."""
        return self.value if isinstance(self.value, tuple) else ()

    @property
    def locator(self) -> str:
        """Locator in short: ``l. 1117``, ``l. 511, column name`` or the key of the record."""
        if not self.lines:
            return self.key or ""
        lines = ", ".join(str(line) for line in self.lines)
        return f"l. {lines}, {self.column}" if self.column else f"l. {lines}"


def statement_id(statement: Statement) -> str:
    """Hash of the content, 20 hexadecimal digits: loading twice gives the same id.

    Personal content is left out, so that after redaction the id cannot be used to guess a name
    (decision 0004); such statements are told apart by their entity, field, locator, and the id of
    the person, which says nothing.
    """
    content: list[object] = [
        statement.entity,
        statement.field,
        statement.source,
        statement.as_of,
        statement.lines,
        statement.column,
        statement.key,
        statement.language,
        statement.valid_from,
        statement.valid_to,
    ]
    if not statement.personal:
        content += [statement.value, statement.printed, sorted(statement.attributes.items())]
    else:
        opaque = statement.value if str(statement.value).startswith("person-") else None
        content += [opaque, sorted((k, v) for k, v in statement.attributes.items() if k != "note")]
    packed = json.dumps(content, ensure_ascii=False, separators=(",", ":"), default=list)
    return hashlib.blake2b(packed.encode(), digest_size=10).hexdigest()
