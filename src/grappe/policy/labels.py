"""Labels: who gives them, to what kind of receiver, with which right; and how two authorities can differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from types import MappingProxyType

import yaml

from grappe.domain.errors import InputRefused, Problem
from grappe.policy.applicant import RECOGNISED, Told
from grappe.policy.cite import Cite
from grappe.policy.finding import Finding
from grappe.policy.scheme import Text
from grappe.policy.scheme_nodes import Section, Value, read_nodes

RECEIVERS = ("cluster", "project", "startup")


@dataclass(frozen=True, slots=True)
class Label:
    """A kind of label. `giver_id` is the giver in the census, where it is one body; `scheme` the rules.

    A label that clusters give has no country: any cluster may.
    """

    id: str
    name: Text
    giver: Text
    receiver: str
    right: Text
    cites: tuple[Cite, ...]
    country: str | None = None
    giver_id: str | None = None
    scheme: str | None = None


@cache
def labels() -> Mapping[str, Label]:
    """The kinds of labels that the study names, by id.

    Raises
    ------
    InputRefused
        If their file has a mistake.

    Examples
    --------
    >>> len(labels()), labels()["ma-guarantee-fund"].receiver
    (7, 'cluster')
    """
    return read_labels(Path(str(files("grappe.policy"))) / "labels.yml")


def read_labels(path: Path) -> Mapping[str, Label]:
    """Labels of a file.

    Raises
    ------
    InputRefused
        If the file has a mistake; every mistake is in `problems`.
    """
    problems: list[Problem] = []
    root = read_nodes(path, path.name, problems, of=yaml.SequenceNode)
    found = []
    for number, node in enumerate(root.value if root is not None else (), start=1):
        value = Value(path.name, node, str(number))
        section = Section("", {}, (path.name, value.line), problems).section_of(value)
        if section is not None:
            found.append(_label(section))
            section.finish()
    if problems:
        raise InputRefused("schemes_refused", count=len(problems), problems=problems)
    return MappingProxyType({one.id: one for one in found})


def awaiting_elsewhere(recognition: Sequence[Told]) -> Finding | None:
    """One authority has recognised a cluster while another's label is awaited; None if that is not so.

    Parameters
    ----------
    recognition : standings of one cluster towards authorities, each with the authority in `by`

    Returns
    -------
    Finding or None
        `seen` names who has recognised it, `needed` whose label is awaited.

    Examples
    --------
    >>> held = Told("labelled", by="ma-ministry-agriculture")
    >>> awaiting_elsewhere([held, Told("awaiting_label", by="ma-ministry-industry")]).needed
    ('ma-ministry-industry',)
    """
    held = [one for one in recognition if one.value in RECOGNISED and one.by]
    awaited = [one for one in recognition if one.value == "awaiting_label" and one.by]
    waiting = tuple(dict.fromkeys(str(one.by) for one in awaited))
    others = tuple(dict.fromkeys(str(one.by) for one in held if one.by not in waiting))
    if not waiting or not others:
        return None
    cites = tuple(dict.fromkeys(cite for one in (*held, *awaited) for cite in one.cites))
    return Finding("awaiting_elsewhere", False, others, waiting, cites=cites)


def _label(section: Section) -> Label:
    return Label(
        id=section.identifier("id") or "",
        name=section.words("name"),
        giver=section.words("giver"),
        receiver=section.choice("receiver", RECEIVERS) or "",
        right=section.words("right"),
        cites=section.cites(),
        country=section.plain("country", needed=False),
        giver_id=section.identifier("giver_id", needed=False),
        scheme=section.identifier("scheme", needed=False),
    )
