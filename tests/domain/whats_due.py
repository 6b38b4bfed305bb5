"""What is due in a short form, for the tests of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import Due, DueKind
from tests.builders import rulebook

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts

CONTACT, FIRST, REBOOK, REENGAGE = (
    DueKind.CONTACT,
    DueKind.FIRST_CONTACT,
    DueKind.REBOOK,
    DueKind.REENGAGE,
)
CLOCK = (CONTACT, FIRST, REBOOK)


def due(of: EpisodeFacts, today: date) -> tuple[Due, ...]:
    """Return everything due."""
    return what_is_due(of, rulebook(), today=today)


def only(of: EpisodeFacts, today: date, *kinds: DueKind) -> list[tuple[DueKind, date, str]]:
    """Return what is due of these kinds."""
    return [(each.kind, each.due_on, each.why) for each in due(of, today) if each.kind in kinds]


def clock(of: EpisodeFacts, today: date) -> list[tuple[DueKind, date]]:
    """Return what the contact clock says."""
    return [(kind, on) for kind, on, _why in only(of, today, *CLOCK)]
