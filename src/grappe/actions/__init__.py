"""A file per verb that changes something: one transaction, one audit event, `by: Actor`."""
