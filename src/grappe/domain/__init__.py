"""What things are: statements, decisions, sources, entities, dates, figures, words. Plain Python."""
