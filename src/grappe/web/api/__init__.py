"""The JSON API and downloads, on the same queries as the command line."""
