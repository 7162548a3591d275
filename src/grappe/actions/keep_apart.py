"""Facts and inventions never share a database: the two guards."""

from pathlib import Path

from django.db import connection

from grappe.domain.errors import Refused
from grappe.store.models import Dataset, FictionalData


def check_takes_facts(dataset: str) -> None:
    """Refuse to load a data set into a database of invented data of which it is no part.

    Raises
    ------
    Refused
        With the title of what is invented there.
    """
    fiction = FictionalData.objects.first()
    if fiction is not None and dataset not in fiction.datasets:
        raise Refused("fictional_store", path=_path(), title=fiction.title)


def check_takes_inventions() -> None:
    """Refuse to put invented data into a database that holds facts.

    Raises
    ------
    Refused
        If any data set was loaded there that is not part of a demonstration.
    """
    if Dataset.objects.exists() and not FictionalData.objects.exists():
        raise Refused("census_store", path=_path())


def _path() -> Path:
    return Path(str(connection.settings_dict["NAME"]))
