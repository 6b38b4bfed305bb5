"""Which of two contacts of one day was first, where one of them was missed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date, time


def is_before_miss(on: date, at: time | None, *, missed_on: date, missed_at: time | None) -> bool:
    """Return whether a contact was before a miss; on one day their times tell.

    In doubt a miss without a time is the later one, so that nobody is taken for seen after it. Where the
    other has no time either, it is not said to be before: the order in which they stand tells.
    """
    if on != missed_on or at is None:
        return on < missed_on
    return missed_at is None or at < missed_at
