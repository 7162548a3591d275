"""Suffixes of the files that hold registers: all that a face need know of them before one is read."""

TEXT_SUFFIXES = (".csv", ".tsv", ".txt", ".csv.gz", ".tsv.gz", ".txt.gz", ".csv.zip", ".zip")
PARQUET_SUFFIXES = (".parquet", ".geoparquet", ".pq")
