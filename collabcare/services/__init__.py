"""The write side: one function for each thing a user does, a frozen command in, what changed out."""
