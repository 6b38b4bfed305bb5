"""England's bank holidays year by year, from their file."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from collabcare.catalogue.toml_file import TomlTable

if TYPE_CHECKING:
    from pathlib import Path

FILE = "bank_holidays.toml"


def load_bank_holidays(folder: Path) -> dict[int, frozenset[date]]:
    """Load the bank holidays of every year that is in the file, from the folder of rules.

    Raises:
        EnvironmentProblem: Naming the file and the year, when something is amiss.
    """
    table = TomlTable.read(folder / FILE)
    table.text("rule")
    table.text("source")
    days = table.table("days")
    found = {int(year): _of_year(days, year) for year in days.names() if year.isascii() and year.isdecimal()}
    days.done()
    table.done()
    return found


def _of_year(table: TomlTable, year: str) -> frozenset[date]:
    found: list[date] = []
    for place, day in enumerate(table.texts(year)):
        try:
            found.append(date.fromisoformat(f"{year}-{day}"))
        except ValueError as error:
            raise table.fault(year, "must be days of that year, each as 12-25", element=place) from error
    return frozenset(found)
