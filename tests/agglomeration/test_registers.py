"""Presets of well-known registers."""

import pytest

from grappe.agglomeration.register_columns import NAMES
from grappe.agglomeration.registers import preset, preset_names
from grappe.domain.errors import BadChoice
from grappe.domain.vocabulary import LANGUAGES


def test_the_registers_asked_for_ship():
    assert set(preset_names()) == {"cbp", "denue", "overture", "qcew", "sirene"}


@pytest.mark.parametrize("name", preset_names())
def test_a_preset_says_who_publishes_what_it_covers_and_which_columns(name):
    known = preset(name)
    assert known.name == name
    assert known.publisher
    assert known.licence
    assert known.url.startswith("https://")
    assert set(known.coverage) == set(LANGUAGES)
    assert known.columns.keys() <= NAMES.keys()
    assert "industry" in known.columns


@pytest.mark.parametrize("name", preset_names())
def test_classes_of_a_preset_have_their_bounds_in_order_and_a_box_its_sides(name):
    known = preset(name)
    classes = [*known.sizes.values(), *(known.withheld.classes.values() if known.withheld else ())]
    assert all(low >= 0 and (high is None or high >= low) for low, high in classes)
    if known.box:
        west, south, east, north = known.box
        assert -180 <= west < east <= 180
        assert -90 <= south < north <= 90


def test_an_unknown_preset_is_told_with_those_there_are():
    with pytest.raises(BadChoice) as error:
        preset("siren")
    assert "sirene" in error.value.params["accepted"]
