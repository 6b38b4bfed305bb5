"""Forms: each edits one frozen command, says in place what is wrong with it, and saves nothing itself."""
