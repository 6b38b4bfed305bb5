"""Reminding people of what is booked, a week before: most of them have been, a few are still to be."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from collabcare.demo.acts import Booked, Met, Reminded, Sought
from collabcare.domain.people_facts import ReminderOutcome
from collabcare.domain.reengagement import Channel

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from collabcare.demo.acts import Slot
    from collabcare.demo.chart import Chart

DAYS_BEFORE = 7
_LEFT_OVER = 3
"""One in so many is still to be reminded."""


def remind(chart: Chart) -> None:
    """Remind this person of what is to come, if a way is known to be safe and the day for it has been."""
    way = _way(chart)
    if way is None or chart.person.birth_date.day % _LEFT_OVER == 0:
        return
    for made, slot in list(_coming(chart)):
        on = chart.setting.diary.calendar.this_or_previous(slot.on - timedelta(days=DAYS_BEFORE))
        if made < on < chart.setting.today:
            at = chart.at(on, 16, 30)
            chart.add(Reminded(at=at, by=chart.team.practitioner, slot=slot, channel=way[0], outcome=way[1]))


def _coming(chart: Chart) -> Iterator[tuple[date, Slot]]:
    """Yield the places in the diary from today on, each with the day on which it was agreed."""
    ended = {act.slot for act in chart.acts if isinstance(act, Met)}
    for act in chart.acts:
        slot = (
            act.slot if isinstance(act, Booked) else act.following if isinstance(act, Met | Sought) else None
        )
        if slot is not None and slot not in ended and slot.on >= chart.setting.today:
            yield act.at.date(), slot


def _way(chart: Chart) -> tuple[Channel, ReminderOutcome] | None:
    """Return how this person is reminded, None where nothing is known to be safe."""
    safe = chart.person.wish.safe if chart.person.wish else None
    if chart.rings and (safe is None or safe.telephone_safe is not False):
        return Channel.CALL, ReminderOutcome.SPOKE
    if chart.person.telephone and (safe is None or safe.text_safe is not False):
        return Channel.TEXT, ReminderOutcome.SENT
    if chart.person.postcode and (safe is None or safe.letters_safe is not False):
        return Channel.LETTER, ReminderOutcome.SENT
    return None
