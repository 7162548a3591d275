"""An orchard of six clusters, loaded once: tests that read share it, tests that write have a store each."""

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.actions.conftest import store
from tests.actions.stored import load, store_in, tables_alone
from tests.worlds import write_world

__all__ = ["orchard", "orchard_file", "store"]

LOADED = datetime(2026, 3, 2, 9, tzinfo=UTC)

ORCHARD = """
kind: cluster
source: book
as_of: 2019-03
entities:
  ma-oak:
    name: {value: Oak Valley, line: 3, column: name, printed: Oak}
    acronym: {value: OV-3M, line: 3, column: name, printed: OV}
    country: {value: MA, line: 3, column: name, printed: Oak}
    listed: {value: true, line: 3, column: name, printed: Oak}
    state: {value: constituted, line: 3, column: constituted, printed: oui}
    sector: {value: 1, line: 10, printed: "1"}
    partner_north: {value: true, line: 3, column: north, printed: oui}
    partner_south: {value: true, line: 10, printed: oui}
    anchoring: {value: rooted, line: 10, printed: enraciné}
    place: {value: [pl-casa], line: 10, printed: Casablanca}
    created: {value: "2010", line: 10, printed: "2010"}
    members_total: {value: 30, perimeter: members, modality: observed, line: 11, printed: "30"}
    jobs: {value: 400, perimeter: members, modality: observed, line: 11, printed: "400"}
    president: {value: person-1, line: 12, printed: Zoé QUERCUS}
    member: {value: org-mill, line: 12, printed: moulin}
    niche: {value: digital_innovation, line: 12, printed: Innovation digitale}
  ma-ash:
    name: {value: "Élan d'Ébène", line: 1, column: name, printed: Élan}
    country: {value: MA, line: 1, column: name, printed: Élan}
    listed: {value: true, line: 1, column: name, printed: Élan}
    state: {value: emerging, line: 1, column: constituted, printed: émergent}
    sector: {value: 5, line: 20, printed: "5"}
    anchoring: {value: constructed, line: 20, printed: construit}
    place:
      - {value: [pl-sale], line: 20, printed: Salé}
      - {value: [pl-fes], line: 501, printed: Fès}
    created: {value: 2015-06, line: 20, printed: juin 2015}
  dz-elm:
    name: {value: Elm, line: 4, column: name, printed: Elm}
    country: {value: DZ, line: 4, column: name, printed: Elm}
    listed: {value: true, line: 4, column: name, printed: Elm}
    state: {value: expected, line: 4, column: constituted, printed: attendu}
    sector: {value: 1, line: 30, printed: "1"}
    partner_south: {value: true, line: 30, printed: oui}
    anchoring: {value: none, line: 502, printed: sans ancrage}
    members_total: {value: 80, perimeter: members, modality: target, line: 30, printed: "80 visés"}
    jobs: {value: 22000, perimeter: national_sector, modality: observed, line: 30, printed: "22000"}
  tn-fig:
    name: {value: Fig, line: 5, column: name, printed: Fig, valid_from: 2012}
    country: {value: TN, line: 5, column: name, printed: Fig, valid_from: 2012}
    listed: {value: true, line: 5, column: name, printed: Fig}
    state:
      - {value: expected, line: 40, printed: attendu, valid_from: 2012, valid_to: 2016-06}
      - {value: emerging, line: 41, printed: émergent, valid_from: 2016-06}
    sector: {value: 7, line: 40, printed: "7"}
    members_total: {value: 9, perimeter: members, modality: observed, line: 40, printed: "9"}
  tn-sun:
    name: {value: Sun, line: 500, printed: Sun}
    country: {value: TN, line: 500, printed: Sun}
    state: {value: expected, line: 500, printed: attendu}
    life: {value: dissolved, line: 500, printed: dissous}
  ma-pot-rugs:
    name: {value: Rugs, line: 900, printed: tapis}
    craft: {value: tapis, line: 900, printed: tapis}
    country: {value: MA, line: 900, printed: tapis}
    state: {value: potential, line: 900, printed: potentiels}
    place: {value: [pl-sale], line: 900, printed: Salé}
== people.yml
kind: person
source: book
as_of: 2019-03
entities:
  person-1:
    name: {value: Zoé Quercus, line: 12, printed: Zoé QUERCUS}
== places.yml
kind: place
source: book
as_of: 2019-03
entities:
  pl-casa:
    name: {value: Casablanca, line: 10, printed: Casablanca}
    name_ar: {value: الدار البيضاء, source: web, key: "1"}
    lon: {value: -7.6, source: web, key: "1"}
    lat: {value: 33.6, source: web, key: "1"}
  pl-sale:
    name: {value: Salé, line: 20, printed: Salé}
    lon: {value: -6.8, source: web, key: "2"}
    lat: {value: 34.0, source: web, key: "2"}
  pl-fes:
    name: {value: Fès, line: 501, printed: Fès}
    lon: {value: -5.0, source: web, key: "3"}
    lat: {value: 34.0, source: web, key: "3"}
== organisations.yml
kind: organisation
source: book
as_of: 2019-03
entities:
  org-mill:
    name: {value: Moulin du Nord, line: 12, printed: moulin}
    acronym: {value: CNRS, line: 12, printed: CNRS}
    country: {value: FR, line: 12, printed: moulin}
    place: {value: [pl-casa], line: 12, printed: Casablanca}
== forms.yml
kind: form
source: book
as_of: 2019-03
entities:
  ma-form-park:
    name: {value: Oak Park, line: 600, printed: Oak Park}
    country: {value: MA, line: 600, printed: Oak Park}
    place: {value: [pl-sale], line: 600, printed: Salé}
== programmes.yml
kind: programme
source: book
as_of: 2019-03
entities:
  prog-rain:
    name: {value: Rain, line: 601, printed: Rain}
    country: {value: MA, line: 601, printed: Rain}
== links.yml
kind: link
source: book
as_of: 2019-03
entities:
  lk-oak-mill:
    line: 15
    printed: convention avec le moulin
    kind: convention
    from: ma-oak
    to: org-mill
  lk-elm-oak:
    line: 31
    printed: partenaire
    kind: partnership
    from: dz-elm
    to: ma-oak
== remarks.yml
source: book
remarks:
  - {id: r, lines: [500], severity: note, entities: [tn-sun], message: {fr: Tache, en: Blot, ar: بقعة}}
"""


@pytest.fixture(scope="session")
def orchard_file(tmp_path_factory: pytest.TempPathFactory, django_db_blocker) -> Path:
    """The orchard in a store file."""
    folder = tmp_path_factory.mktemp("orchard")
    with django_db_blocker.unblock():
        path = Path(shutil.copy(tables_alone(tmp_path_factory.getbasetemp()), folder / "grappe.sqlite3"))
        with store_in(path):
            load(write_world(folder, ORCHARD), LOADED)
    return path


@pytest.fixture
def orchard(orchard_file: Path, django_db_blocker) -> Iterator[Path]:
    """The orchard in use: for reading only."""
    with django_db_blocker.unblock(), store_in(orchard_file):
        yield orchard_file
