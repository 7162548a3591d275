"""The point scale of the label rehearsal: not public, so a file that anybody may replace."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import yaml

from grappe.domain.errors import InputRefused, Problem


@dataclass(frozen=True, slots=True)
class ScaleLine:
    """How one indicator counts: most points, weight, and the effort of one more point (1 to 3)."""

    maximum: Decimal
    weight: Decimal
    effort: int


@dataclass(frozen=True, slots=True)
class PointScale:
    """A point scale; `source` says whose it is, and `note` that the label's own is not public."""

    id: str
    source: str
    note: Mapping[str, str]
    default: ScaleLine
    lines: Mapping[str, ScaleLine]

    def line(self, indicator: str) -> ScaleLine:
        """How an indicator counts; one without a line of its own counts by default."""
        return self.lines.get(indicator, self.default)


@cache
def shipped_scale() -> PointScale:
    """The scale that comes with the package: equal weights, a working assumption of the editors."""
    return read_scale(Path(str(files("grappe.policy") / "label_scale.yml")))


def read_scale(path: Path) -> PointScale:
    """A point scale from a file.

    Raises
    ------
    InputRefused
        With everything wrong in the file.
    """
    problems: list[Problem] = []
    try:
        content = yaml.safe_load(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        _refuse(path, [Problem("bad_yaml", path.name, params={"reason": str(error).splitlines()[0]})])
    if not isinstance(content, dict):
        _refuse(path, [Problem("not_a_mapping", path.name, 1)])
    default = _line(content, ScaleLine(Decimal(4), Decimal(1), 2), path.name, "", problems)
    lines = content.get("indicators") or {}
    read = {
        str(id): _line(one if isinstance(one, dict) else {}, default, path.name, str(id), problems)
        for id, one in (lines.items() if isinstance(lines, dict) else ())
    }
    note = content.get("note")
    if problems:
        _refuse(path, problems)
    return PointScale(
        id=str(content.get("id", path.stem)),
        source=str(content.get("source", "editors")),
        note=note if isinstance(note, dict) else {},
        default=default,
        lines=read,
    )


def _line(
    content: Mapping[str, Any], default: ScaleLine, file: str, where: str, problems: list[Problem]
) -> ScaleLine:
    def number(name: str, before: Decimal) -> Decimal:
        value = content.get(name, before)
        text = str(value)
        if isinstance(value, bool) or not text.replace(".", "", 1).isdigit() or Decimal(text) <= 0:
            problems.append(Problem("scale_not_positive", file, field=f"{where} {name}".strip(), value=text))
            return before
        return Decimal(text)

    effort = content.get("effort", default.effort)
    if effort not in (1, 2, 3):
        problems.append(Problem("scale_effort", file, field=f"{where} effort".strip(), value=str(effort)))
        effort = default.effort
    return ScaleLine(number("maximum", default.maximum), number("weight", default.weight), int(effort))


def _refuse(path: Path, problems: list[Problem]) -> None:
    raise InputRefused("scale_refused", file=path.name, count=len(problems), problems=problems)
