"""Tables as a spreadsheet reads them: harmless text, with a first line that says what they are."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from collabcare.domain.spreadsheet import harmless

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    Value = str | int | float | None

_BOM = "utf-8-sig"
"""Without the mark, Excel takes a name with an accent for something else."""


def csv_sheet(about: str, headings: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """Write what it is in the first line, then the headings, then the rows.

    Text that a spreadsheet would run as a formula is made harmless; a blank stays blank, never zero.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([harmless(about)])
    writer.writerow([harmless(heading) for heading in headings])
    for row in rows:
        writer.writerow([harmless(value) if isinstance(value, str) else value for value in row])
    return out.getvalue().encode(_BOM)
