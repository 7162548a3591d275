"""A scheme of an invented country, written as files: what tests change one line of."""

import textwrap
from pathlib import Path

from grappe.domain.errors import InputRefused, Problem
from grappe.policy.scheme import Scheme
from grappe.policy.scheme_files import schemes

SCHEME = """
id: xx-orchard
country: XX
kind: programme_contract
name: {en: Orchard contract, fr: Contrat verger, ar: عقد البستان}
authority: {en: Ministry of trees, fr: Ministère des arbres, ar: وزارة الأشجار}
receivers: [cluster]
valid_from: 2010-01-01
last_checked: 2026-01-01
cites: [l. 1]
parameters:
  - {id: later_rule, type: date, source: not_given, not_before: 2014, not_after: 2016, cites: [l. 2],
     name: &n {en: N, fr: N, ar: N}}
  - {id: renewal_amount, type: amount, source: not_given, name: *n, cites: [l. 2]}
  - {id: falling, type: shares, source: not_given, name: *n, cites: [l. 2]}
conditions:
  - {id: members, kind: min, field: members, needed: 10, unit: members, name: *n, cites: [l. 3]}
readings:
  - id: usual
    name: *n
    cites: [l. 4]
    phases:
      - id: first
        name: *n
        months: 36
        cites: [l. 4]
        amounts:
          - {value: 1000, currency: XXD, basis: cap, valid_to: {parameter: later_rule}, cites: [l. 5]}
          - {value: 800, currency: XXD, basis: fixed, valid_from: {parameter: later_rule}, cites: [l. 6]}
      - id: renewal
        name: *n
        months: 24
        degressive: true
        degression: falling
        cites: [l. 7]
        amounts: [{parameter: renewal_amount, currency: XXD, basis: modulable, cites: [l. 7]}]
        conditions: [{id: audit, kind: one_of, field: audit, needed: [positive], name: *n, cites: [l. 7]}]
"""
"""Line 1 is empty: what a test quotes as line N stands on line N of the file."""


def write_scheme(folder: Path, text: str = SCHEME, id: str = "xx-orchard") -> Path:
    """Folder of schemes that holds one, in its country's folder."""
    path = folder / "xx" / id
    path.mkdir(parents=True, exist_ok=True)
    (path / "scheme.yml").write_text(textwrap.dedent(text), "utf-8")
    return folder


def orchard(folder: Path, text: str = SCHEME) -> Scheme:
    """The scheme of the invented country."""
    return schemes((write_scheme(folder, text),))["xx-orchard"]


def problems_of(folder: Path, text: str, id: str = "xx-orchard") -> list[Problem]:
    """Every problem for which a scheme is refused."""
    try:
        schemes((write_scheme(folder, text, id),))
    except InputRefused as error:
        return list(error.problems)
    return []
