"""Columns and constraints: the Django models that store facts, decisions and rebuildable rows."""
