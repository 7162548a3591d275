"""The census: data sets of statements, their readers, reconciliation, disputes and consistency rules."""

from grappe.census.census import Census
from grappe.census.census import open_census as open

__all__ = ["Census", "open"]
