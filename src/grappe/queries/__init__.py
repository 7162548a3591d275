"""A file per question; reads only."""
