"""The command that schedules the meetings of an event from a file."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click
import orjson

from grappe.census.yaml_nodes import YamlFile, items, line, read_yaml
from grappe.cli.show import as_json
from grappe.cli.writing import check_suffix, check_writable, replacing
from grappe.domain.errors import BadChoice, InputRefused, Problem, UnknownThing
from grappe.present.problems import problem_words
from grappe.present.schedules import (
    agenda_plain,
    agenda_words,
    changes_words,
    rescheduled_plain,
    unmet_lines,
)

SHOWN = 20
"""Unmet wishes that a terminal lists; the file has them all."""


@click.command()
@click.argument("event", type=click.Path(path_type=Path))
@click.option("--out", type=click.Path(path_type=Path), metavar="FILE", help="Write the agenda, as .json.")
@click.option("--time-limit", type=click.FloatRange(min=0), default=60.0, show_default=True, metavar="SECONDS",
              help="Time it may take; the best schedule found by then is kept.")  # fmt: skip
@click.option("--seed", type=int, default=0, show_default=True, help="The same seed gives the same agenda.")
@click.option("--previous", type=click.Path(path_type=Path), metavar="AGENDA",
              help="Mend this earlier agenda, moving as few meetings as can be.")  # fmt: skip
@click.option("--cancel", multiple=True, metavar="ID", help="Who cancelled or is absent; may be repeated.")
@click.option("--freeze-until", metavar="SLOT", help="Leave this slot and those before it as they are.")
@click.option("--json", "json_", is_flag=True, help="The agenda as JSON instead of a summary.")
@click.pass_obj
def schedule(
    language: str,
    /,
    event: Path,
    out: Path | None,
    time_limit: float,
    seed: int,
    previous: Path | None,
    cancel: Sequence[str],
    freeze_until: str | None,
    json_: bool,
) -> None:
    """Schedule meetings of an event: who meets whom, in which slot, at which table, and who cannot, and why.

    EVENT is a YAML file with slots, tables, participants, wishes and pairs kept apart. The schedule comes
    with a proven bound: no schedule meets more wishes than that.
    """
    # Imported here: solvers take a second that other commands need not wait for.
    from grappe.network.meeting_changes import reschedule, without
    from grappe.network.meeting_event import event_findings
    from grappe.network.meeting_schedule import make_schedule

    if out is not None:
        check_suffix(out, (".json",))
        check_writable(out)
    day = _read(event)
    earlier = _agenda(previous) if previous is not None else None
    for one in cancel:
        if one not in day.number:
            raise BadChoice("bad_choice", name="--cancel", value=one, accepted=", ".join(day.number))
    if freeze_until is not None and freeze_until not in day.slots:
        raise BadChoice(
            "bad_choice", name="--freeze-until", value=freeze_until, accepted=", ".join(day.slots)
        )
    day = without(day, cancel)
    findings = [one for one in event_findings(day, event.name) if one.params.get("participant") not in cancel]
    for one in findings:
        click.echo(problem_words(one, language), err=True)
    if earlier is None:
        made = make_schedule(day, seed=seed, time_limit=time_limit)
        plain = agenda_plain(made, findings)
        words = [agenda_words(made, language)]
    else:
        frozen = day.slots[: day.slots.index(freeze_until) + 1] if freeze_until else ()
        meetings, unmet = earlier
        done = reschedule(
            day, meetings, unmet_before=unmet, frozen=frozen, seed=seed, time_limit=time_limit
        )
        made, plain = done.schedule, rescheduled_plain(done, findings)
        words = [agenda_words(made, language), changes_words(done, language)]
    if out is not None:
        with replacing(out) as unfinished:
            unfinished.write_bytes(orjson.dumps(plain, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    if json_:
        as_json(plain)
        return
    for text in [*words, *unmet_lines(made, language, SHOWN)]:
        click.echo(text)


def _read(path: Path) -> "Any":
    """The event of a file, every mistake in it named with its line."""
    from grappe.network.meeting_input import read_event

    if not path.is_file():
        raise UnknownThing("no_file", path=path)
    problems: list[Problem] = []
    read = read_yaml(path, path.name, problems)
    if read is None or problems:
        raise InputRefused("schedule_refused", file=path.name, count=len(problems), problems=problems)
    return read_event(read.plain(), path.name, lambda where: _line(read, where))


def _line(read: YamlFile, where: Sequence[str | int]) -> int:
    """Line of the value at a path of keys and indices, or of the nearest one above it."""
    node = read.root
    for one in where:
        if isinstance(one, int):
            inside = node.value if isinstance(node.value, list) else []
            child = inside[one] if one < len(inside) and not isinstance(inside[one], tuple) else None
        else:
            child = next((value for key, value in items(node) if key.value == one), None)
        if child is None:
            break
        node = child
    return line(node)


def _agenda(path: Path) -> tuple[list[Any], list[tuple[str, str]]]:
    """Meetings and unmet wishes of an agenda that this command wrote."""
    from grappe.network.meeting_event import Meeting

    if not path.is_file():
        raise UnknownThing("no_file", path=path)
    try:
        given = json.loads(path.read_text("utf-8"))
        meetings = [Meeting(one["a"], one["b"], one["slot"], one["table"]) for one in _rows(given, "meetings")]
        unmet = [(str(one["from"]), str(one["to"])) for one in _rows(given, "unmet")]
    except (ValueError, KeyError, TypeError):
        problem = Problem("not_agenda", path.name)
        raise InputRefused("schedule_refused", file=path.name, count=1, problems=[problem]) from None
    return meetings, unmet


def _rows(given: Any, key: str) -> list[Mapping[str, Any]]:
    rows: list[Mapping[str, Any]] = given[key]
    return rows
