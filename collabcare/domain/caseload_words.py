"""What is shown of the caseload, in words: the same sentence above the grid, on paper and in the export."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload_filters import CaseloadFilter, Whose, filter_words

if TYPE_CHECKING:
    from collabcare.domain.caseload_column import CaseloadColumn
    from collabcare.domain.caseload_layout import Asked
    from collabcare.domain.caseload_policy import CaseloadPolicy


def asked_words(asked: Asked, policy: CaseloadPolicy, colleague: str = "", *, nearly: bool = False) -> str:
    """Say what was asked: ``mine, overdue, “ash”``; nothing when everybody is shown.

    ``nearly`` says that nobody has these letters, and that those are shown whose names are spelt nearly so.
    """
    whose = {Whose.MINE: "mine", Whose.NOBODYS: "held by nobody", Whose.COLLEAGUES: f"held by {colleague}"}
    parts = [whose[asked.whose]] if asked.whose in whose else []
    if asked.filter is not CaseloadFilter.ALL:
        words = filter_words(asked.filter, policy.no_contact_days)
        parts.append(f"{words[0].lower()}{words[1:]}")
    if asked.practice:
        parts.append(f"registered with {asked.practice}")
    if text := asked.search.strip():
        parts.append(f"names like “{text}”, as nothing matches exactly" if nearly else f"“{text}”")
    return ", ".join(parts)


def shown_sentence(shown: int, total: int, words: str) -> str:
    """Say how many of how many are shown, and why not all: ``Showing 12 of 87 – mine, overdue``."""
    return f"Showing {shown:,} of {total:,}" + (f" – {words}" if words else "")


def chosen_sentence(chosen: int, total: int, words: str) -> str:
    """Say the same of rows chosen one by one out of what was shown."""
    return f"{chosen:,} chosen of {total:,}" + (f" – from {words}" if words else "")


def sorted_words(*keys: tuple[CaseloadColumn, bool]) -> str:
    """Say how the rows are sorted: ``Sorted by Due, earliest first``; with each whether it descends."""
    said = (f"{column.title}, {column.way(descending=descending)}" for column, descending in keys)
    return f"Sorted by {', then by '.join(said)}"
