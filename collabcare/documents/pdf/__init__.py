"""Everything that draws on paper: the only part that knows reportlab, loaded when the first page is drawn."""
