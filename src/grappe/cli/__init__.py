"""The command line: a file per command group; each reads input, calls one action or query, shows."""
