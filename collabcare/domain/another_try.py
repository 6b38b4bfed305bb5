"""Whether a try to reach somebody really is another one than those before it, or the same one once more."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from collabcare.domain.facts import AttemptFact, LadderFact
    from collabcare.domain.reaching import Route
    from collabcare.domain.reengagement import Channel

_THROUGH_OTHERS = frozenset({"nominated_contact", "support_worker"})
"""A call to somebody else reaches the patient by another way than one to their own telephone."""


def is_another_try(made: AttemptFact, before: Iterable[AttemptFact], hours: int | None) -> bool:
    """Return whether a try went another way than those before it, or so many hours after the last by its own.

    None asks for no difference.
    """
    if hours is None:
        return True
    apart, way = timedelta(hours=hours), _way(made.channel, made.route)
    return all(_way(each.channel, each.route) != way or abs(made.at - each.at) >= apart for each in before)


def same_try(
    ladder: LadderFact, channel: Channel, route: Route | None, at: datetime | date, *, minutes: int
) -> AttemptFact | None:
    """Return the last try by this way that is logged already, by anybody, and may be the same one.

    Where ``at`` has a time (aware) it is within so many minutes of it; of a day alone, any of that day.
    """
    within, way = timedelta(minutes=minutes), _way(channel, route)
    for each in reversed(ladder.attempts):
        near = abs(each.at - at) <= within if isinstance(at, datetime) else each.on == at
        if near and _way(each.channel, each.route) == way:
            return each
    return None


def _way(channel: Channel, route: Route | None) -> tuple[str, str]:
    return channel, route if route is not None and route in _THROUGH_OTHERS else ""
