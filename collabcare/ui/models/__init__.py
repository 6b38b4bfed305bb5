"""Tables over frozen rows: one generic model and the view that shows it."""
