"""The same measures on a Spark session as on the engine inside the process."""

import math
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import ibis
import pandas as pd
import pytest

from grappe.agglomeration.cells import read_cells
from grappe.agglomeration.coagglomeration import coagglomeration
from grappe.agglomeration.complexity import complexity
from grappe.agglomeration.concentration import concentration
from grappe.agglomeration.ellison_glaeser import ellison_glaeser
from grappe.agglomeration.group_coagglomeration import group_coagglomeration
from grappe.agglomeration.litzenberger_sternberg import litzenberger_sternberg
from grappe.agglomeration.location_quotient import location_quotient
from grappe.agglomeration.relatedness import relatedness
from grappe.agglomeration.shift_share import shift_share
from grappe.agglomeration.specialisation import specialisation
from grappe.agglomeration.strong_clusters import strong_clusters
from grappe.domain.errors import InputRefused

OLDEST_JAVA = 17
SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.memory": "1g",
    "spark.sql.shuffle.partitions": "2",
    # Ten rows are not worth compiling a plan for.
    "spark.sql.codegen.wholeStage": "false",
    "spark.sql.codegen.factoryMode": "NO_CODEGEN",
    "spark.sql.adaptive.enabled": "false",
    "spark.sql.execution.arrow.pyspark.enabled": "true",
    "spark.log.level": "ERROR",
}


def java_version() -> int:
    """The version of the Java that Spark would start, 0 where there is none."""
    home = os.environ.get("JAVA_HOME")
    java = str(Path(home) / "bin" / "java") if home else shutil.which("java")
    if not java or not Path(java).exists():
        return 0
    said = subprocess.run([java, "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', said)
    return int(found[1]) if found else 0


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    if java_version() < OLDEST_JAVA:
        pytest.skip(f"Spark needs Java {OLDEST_JAVA} or later, and there is none on this machine")
    # pyspark warns, on every conversion, that it has not caught up with pandas 3.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    from pyspark.sql import SparkSession

    builder = SparkSession.builder.master("local[2]")
    for name, value in SETTINGS.items():
        builder = builder.config(name, value)
    folder = tmp_path_factory.mktemp("spark")
    session = builder.config("spark.sql.warehouse.dir", str(folder)).getOrCreate()
    yield session
    session.stop()


@pytest.fixture(scope="module")
def on_spark(spark: Any) -> Callable[[pd.DataFrame], Any]:
    """A frame as a table of the session."""
    connection = ibis.pyspark.connect(spark)
    made = iter(range(1000))

    def hold(frame: pd.DataFrame) -> Any:
        name = f"frame_{next(made)}"
        spark.createDataFrame(frame).createOrReplaceTempView(name)
        return connection.table(name)

    return hold


CELLS = pd.DataFrame(
    [("n", "oil", "20"), ("n", "tin", "10-19"), ("n", "wool", "7"), ("s", "oil", "5"), ("s", "tin", "<10"),
     ("s", "wool", "60"), ("s", "wool", "3"), ("w", "oil", "0"), ("w", "tin", "40+"), ("w", "fish", "9")],
    columns=["region", "industry", "value"],
)  # fmt: skip
PLANTS = pd.DataFrame(
    [("n", "oil", 20), ("n", "oil", 5), ("s", "oil", 9), ("s", "tin", 4), ("w", "tin", 11), ("w", "fish", 3)],
    columns=["region", "industry", "size"],
)
CLASSES = PLANTS.assign(size=[f"{size}-{size + 5}" for size in PLANTS["size"]])
EXACT = CELLS.assign(value=[20, 14, 7, 5, 4, 60, 3, 0, 40, 9])
PLACES = EXACT.rename(columns={"value": "jobs"}).assign(
    firms=2, area=EXACT.region.map({"n": 10.0, "s": 20.0, "w": 70.0}), population=100
)
DATES = EXACT.rename(columns={"value": "start"}).assign(end=[22, 10, 9, 4, 4, 70, 1, 2, 30, 9])
GROUPS = {"oil": "extracted", "tin": "extracted", "wool": "grown"}
NATION = pd.DataFrame({"industry": ["oil", "tin", "wool", "fish"], "value": [200, 300, 100, 50]})

MEASURES: dict[str, tuple[pd.DataFrame, Callable[[Any], Any]]] = {
    "cells": (CELLS, lambda table: read_cells(table).table),
    "location quotient": (EXACT, location_quotient),
    "location quotient, withheld cells": (CELLS, location_quotient),
    "location quotient, nation": (EXACT, lambda table: location_quotient(table, reference=NATION)),
    "concentration, withheld cells": (CELLS, concentration),
    "specialisation, withheld cells": (CELLS, specialisation),
    "Ellison-Glaeser": (PLANTS, ellison_glaeser),
    "Ellison-Glaeser, size classes": (CLASSES, ellison_glaeser),
    "coagglomeration, withheld cells": (CELLS, coagglomeration),
    "coagglomeration of a group": (EXACT, lambda table: group_coagglomeration(table, GROUPS)),
    "Litzenberger-Sternberg": (PLACES, litzenberger_sternberg),
    "shift-share": (DATES, lambda table: shift_share(table, by="cell")),
    "strong clusters": (EXACT, lambda table: strong_clusters(table, "eu-stars-2007")),
    "relatedness": (EXACT, relatedness),
    "complexity": (EXACT, lambda table: complexity(table).regions),
}  # fmt: skip


def plain(found: Any) -> list[tuple]:
    """The rows of a result in order; what a data frame calls NaN is NULL here."""
    frame = found.to_pandas()
    rows = [
        tuple(None if isinstance(one, float) and math.isnan(one) else one for one in row)
        for row in frame.astype(object).where(frame.notna(), None).itertuples(index=False)
    ]
    return sorted(rows, key=lambda row: [str(one) for one in row if isinstance(one, str)])


def close(value: Any) -> Any:
    return pytest.approx(value, rel=1e-12, abs=1e-12) if isinstance(value, float) else value


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("name", MEASURES)
def test_a_measure_is_the_same_on_spark(name: str, on_spark: Callable[[pd.DataFrame], Any]) -> None:
    frame, measure = MEASURES[name]
    here, there = plain(measure(frame)), plain(measure(on_spark(frame)))
    assert len(here) == len(there) > 0
    for one, other in zip(here, there, strict=True):
        assert other == tuple(
            pytest.approx(v, rel=1e-12, abs=1e-12) if isinstance(v, float) else v for v in one
        )


@pytest.mark.filterwarnings("ignore")
def test_a_bad_cell_is_named_on_spark_too(on_spark: Callable[[pd.DataFrame], Any]) -> None:
    with pytest.raises(InputRefused) as refused:
        location_quotient(on_spark(CELLS.assign(value=["3O", *CELLS["value"][1:]])))
    (problem,) = refused.value.problems
    assert (problem.code, problem.value) == ("bad_count", "3O")
