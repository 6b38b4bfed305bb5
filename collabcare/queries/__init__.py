"""The read side: SQL in, frozen rows out, in a fixed number of SELECTs; nothing here writes."""
