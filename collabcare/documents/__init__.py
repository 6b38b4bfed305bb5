"""Letters, summaries and printed pages: facts and wording in, tagged PDF out; nothing here reads the record.

Everything that draws stands in ``documents.pdf``, the only part that knows reportlab, and is loaded when the
first page is drawn.
"""
