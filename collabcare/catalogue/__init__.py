"""The files clinicians author in resources/, read into validated domain objects or refused by name."""
