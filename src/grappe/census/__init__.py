"""The census: data sets of statements, their readers, reconciliation, disputes and consistency rules."""

from grappe.census.census import Census
from grappe.census.census import open_census as open  # noqa: A004

__all__ = ["Census", "open"]
