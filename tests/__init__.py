"""Tests, mirroring the package; see `tests/bench` for benchmarks."""
