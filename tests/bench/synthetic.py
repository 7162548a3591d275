"""A synthetic census, seeded: twenty thousand clusters and a million statements, as JSONL rows."""

import random
from pathlib import Path
from typing import Any, TextIO

import orjson

from grappe.domain.vocabulary import vocabulary

SEED = 20190301
COUNTRIES = {"MA": (-6.5, 32.5), "DZ": (3.0, 35.5), "TN": (9.8, 35.5)}
CARD = """\
id: synthetic
title: {en: Synthetic census, fr: Recensement synthétique, ar: إحصاء اصطناعي}
as_of: 2019-03
licence: CC0
sources:
  made-up: {kind: study, title: Made-up study, date: 2019-03, cited_by: line}
"""
WORDS = (
    "cuir",
    "textile",
    "olive",
    "dattes",
    "solaire",
    "mécanique",
    "numérique",
    "santé",
    "logistique",
    "poterie",
    "bois",
    "métal",
    "lait",
    "pêche",
)


class Writer:
    """Writes statements of one entity after the other, and counts them."""

    def __init__(self, out: TextIO, rng: random.Random) -> None:
        self.out = out
        self.rng = rng
        self.count = 0

    def entity(self, entity: str, kind: str, fields: list[tuple[str, Any, dict[str, Any]]]) -> None:
        """Write one entity."""
        for field, value, more in fields:
            self.count += 1
            row = {
                "entity": entity,
                "kind": kind,
                "field": field,
                "value": value,
                "source": "made-up",
                "as_of": "2019-03",
                "line": self.count,
                "printed": str(value)[:40],
                **more,
            }
            self.out.write(orjson.dumps(row).decode() + "\n")


def generate(folder: Path, clusters: int = 20_000, statements: int = 1_000_000, seed: int = SEED) -> int:
    """Write a data set of about `statements` statements into `folder`; returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "dataset.yml").write_text(CARD, "utf-8")
    rng = random.Random(seed)
    places, organisations, persons = max(20, clusters // 20), max(20, clusters // 4), clusters
    links = clusters // 2
    others = places * 5 + organisations * 4 + persons + links * 6
    each = max(20, (statements - others) // clusters)
    with (folder / "statements.jsonl").open("w", encoding="utf-8") as out:
        writer = Writer(out, rng)
        for n in range(places):
            country = rng.choice(list(COUNTRIES))
            lon, lat = COUNTRIES[country]
            writer.entity(
                f"pl-{n}",
                "place",
                [
                    ("name", f"Ville {n}", {}),
                    ("country", country, {}),
                    ("place_kind", "town", {}),
                    ("lon", round(lon + rng.gauss(0, 2), 4), {}),
                    ("lat", round(lat + rng.gauss(0, 1), 4), {}),
                ],
            )
        types = list(vocabulary("organisation_type"))
        for n in range(organisations):
            country = rng.choice([*COUNTRIES, "FR", "ES", "IT", "SN"])
            writer.entity(
                f"org-{n}",
                "organisation",
                [
                    ("name", f"Organisation {n} {rng.choice(WORDS)}", {}),
                    ("acronym", f"O{n}", {}),
                    ("type", rng.choice(types), {}),
                    ("country", country, {}),
                ],
            )
        for n in range(persons):
            writer.entity(f"person-{n}", "person", [("name", f"Prénom{n} Nom{n}", {})])
        for n in range(clusters):
            writer.entity(f"cl-{n}", "cluster", _cluster(rng, n, each, places, organisations))
        kinds = ("partnership", "membership", "support", "hosting", "event")
        for n in range(links):
            writer.entity(
                f"lk-{n}",
                "link",
                [
                    ("kind", rng.choice(kinds), {}),
                    ("from", f"cl-{rng.randrange(clusters)}", {}),
                    ("to", f"org-{rng.randrange(organisations)}", {}),
                    ("level", rng.choice(("national", "euromed", "extra_regional")), {}),
                    ("status", "active", {}),
                    ("start", str(rng.randrange(2005, 2019)), {}),
                ],
            )
    return writer.count


def _cluster(
    rng: random.Random, n: int, each: int, places: int, organisations: int
) -> list[tuple[str, Any, dict[str, Any]]]:
    observed = {"perimeter": "members", "modality": "observed"}
    home = [f"pl-{rng.randrange(places)}"]
    total = rng.randrange(5, 200)
    rows: list[tuple[str, Any, dict[str, Any]]] = [
        ("name", f"Cluster {rng.choice(WORDS)} {n}", {}),
        ("acronym", f"C{n}", {}),
        ("country", rng.choice(list(COUNTRIES)), {}),
        ("listed", True, {}),
        ("state", rng.choice(("constituted", "emerging", "expected")), {}),
        ("sector", rng.randrange(1, 8), {}),
        ("anchoring", rng.choice(("rooted", "constructed")), {}),
        ("place", home, {}),
        ("created", str(rng.randrange(1998, 2019)), {}),
        ("president", f"person-{n}", {}),
        ("members_total", total, observed),
        ("jobs", total * rng.randrange(10, 90), observed | {"precision": "about"}),
    ]
    if rng.random() < 0.2:
        rows.append(("place", [f"pl-{rng.randrange(places)}"], {}))
        rows.append(("created", str(rng.randrange(1998, 2019)), {}))
    for flag in ("partner_north", "partner_south"):
        if rng.random() < 0.5:
            rows.append((flag, True, {}))
    activities, niches = list(vocabulary("activity")), list(vocabulary("niche"))
    pools: list[tuple[str, list[Any]]] = [
        ("activity", rng.sample(activities, min(12, len(activities)))),
        ("niche", rng.sample(niches, min(6, len(niches)))),
        ("member", [f"org-{o}" for o in rng.sample(range(organisations), min(24, organisations))]),
    ]
    for field, pool in pools:
        for value in pool:
            if len(rows) < each:
                rows.append((field, value, {}))
    return rows
