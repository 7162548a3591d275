"""Data sets that ship with the package, one folder each: a card and rows."""
