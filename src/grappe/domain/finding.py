"""Findings: what a consistency rule noticed, as data with citations; `present` words them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Severity(StrEnum):
    """How much a dispute or finding matters to a reader."""

    MAJOR = "major"  # the values cannot both be true
    MINOR = "minor"  # one value may be a coarser or differently spelt form of the other
    NOTE = "note"  # worth knowing; nothing need be wrong


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark of one rule: which entities and fields, what was seen, where it stands."""

    rule: str
    severity: Severity
    entities: tuple[str, ...]
    fields: tuple[str, ...]
    statements: tuple[str, ...]
    params: Mapping[str, str] = field(default_factory=dict)
