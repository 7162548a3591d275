"""The open observatory of economic clusters: every value is cited, contradictions stay visible."""

__version__ = "0.1.0"
