"""Pages: a file per subject; each reads input, calls one query, shows the result."""
