"""Clinical rules: pure functions over frozen facts, with no clock, file, SQL or screen."""
