"""Benchmarks: ``make bench``. They print figures; nothing here is a timed assertion."""
