"""What to know before a time is booked: it is taken, they are booked already, they said another time is safe.

Each is said and none is refused: two may be seen together, and people book a first and a second appointment.
The same person at the same time is rarely meant, so that is asked about before it is saved.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_time
from collabcare.domain.moving import Slot
from collabcare.domain.slots import slot_end
from collabcare.domain.typed_times import read_time

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, time

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import ContactId

_ONE_SIDED = re.compile(
    r"(?:only )?(?P<side>after|from|before|until|till) (?P<at>[\d.: ]+(?:am|pm)?)(?: only)?"
)
_BETWEEN = re.compile(
    r"(?:only )?(?:between |from )?(?P<first>[\d.:]+ ?(?:am|pm)?) ?(?:-|–|to|and|until) ?"
    r"(?P<last>[\d.:]+ ?(?:am|pm)?)(?: only)?"
)
_LATER = frozenset({"after", "from"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A time that is or would be booked; ``minutes`` is None where no length is known."""

    on: date
    at: time | None
    minutes: int | None = None
    group: bool = False


def booking_checks(
    facts: EpisodeFacts,
    wanted: Taken,
    diary: Iterable[Taken],
    *,
    today: date,
    instead_of: ContactId | None = None,
) -> tuple[str, ...]:
    """Return in words what speaks against booking a time, or is worth knowing before.

    ``diary`` is what else is booked with whoever holds the patient. ``instead_of`` is the appointment that is
    moved, or whose outcome is being recorded: it does not stand beside the new one.
    """
    said = []
    if any(_meets(wanted, other) for other in diary):
        who = facts.holder or "Whoever will see them"
        said.append(f"{who} has another appointment at that time, {Slot(wanted.on, wanted.at).words}.")
    booked = [
        f"{Slot(each.on, each.at).words}, {each.mechanism.label.lower()}"
        for each in facts.contacts
        if each.status is None and each.on >= today and each.id != instead_of
    ]
    if booked:
        said.append(f"They are booked already: {'; '.join(booked)}. This would be one more.")
    if times := outside_safe_times(facts.reach.safe_times or "", wanted.at):
        said.append(times)
    return tuple(said)


def booked_twice(
    facts: EpisodeFacts, wanted: Taken, *, today: date, instead_of: ContactId | None = None
) -> str:
    """Ask whether somebody is to be booked for a time that their own appointment takes up, or say nothing.

    So it is asked too where neither of two appointments on a day has a time yet.
    """
    for each in facts.contacts:
        if each.status is not None or each.on < today or each.id == instead_of:
            continue
        booked = Taken(on=each.on, at=each.at, minutes=each.minutes)
        if (each.on, each.at) == (wanted.on, wanted.at) or _meets(replace(wanted, group=False), booked):
            return (
                f"They are booked for {Slot(each.on, each.at).words} already. "
                "Change the time, or save again to book both."
            )
    return ""


def outside_safe_times(safe: str, at: time | None) -> str:
    """Say that a time is not among those a patient said are safe, or ask where that cannot be told.

    The times are kept in the patient's own words. Only the plain ones are read, such as "after 5pm" or "9 to
    12"; any others are put beside the time, for a person to compare.
    """
    safe = safe.strip().rstrip(".")
    if not safe:
        return ""
    if at is None:
        return f"Their safe times: {safe}."
    fits = _fits(" ".join(safe.casefold().split()), at)
    if fits is None:
        return f"Their safe times: {safe}. Check that {fmt_time(at)} is one of them."
    return "" if fits else f"{fmt_time(at)} is outside their safe times: {safe}."


def _meets(one: Taken, other: Taken) -> bool:
    """Return whether two appointments overlap; two in a group are one, a day without a time meets none."""
    if one.on != other.on or one.at is None or other.at is None or (one.group and other.group):
        return False
    return one.at == other.at or _within(one.at, other) or _within(other.at, one)


def _within(at: time, slot: Taken) -> bool:
    end = slot_end(slot.at, slot.minutes)
    return slot.at is not None and end is not None and slot.at <= at < end


def _fits(safe: str, at: time) -> bool | None:
    """Return whether a time is among the safe ones, None where their words cannot be read."""
    if found := _ONE_SIDED.fullmatch(safe):
        limit = read_time(found["at"]).at
        if limit is None:
            return None
        return at >= limit if found["side"] in _LATER else at < limit
    if found := _BETWEEN.fullmatch(safe):
        first, last = (read_time(found[name]).at for name in ("first", "last"))
        return None if first is None or last is None or last <= first else first <= at < last
    return None
