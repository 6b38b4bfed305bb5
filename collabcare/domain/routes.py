"""By which way an attempt went, beside the channel it is recorded under: text relay is not a voice call.

An attempt of before this was kept has its channel only. Nothing is made of that but the channel itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.errors import RuleViolation
from collabcare.domain.reaching import ROUTE_WORDS, Route, Standing
from collabcare.domain.reengagement import ATTEMPT_WORDS, CHANNEL_WORDS, AttemptOutcome, Channel, wrote

if TYPE_CHECKING:
    from collabcare.domain.facts import AttemptFact
    from collabcare.domain.reaching import SafeWays

BY_TELEPHONE = (Route.CALL, Route.TEXT_RELAY, Route.NOMINATED_CONTACT, Route.SUPPORT_WORKER)
"""Through what or whom a call can go; a voicemail is what became of a call to the patient."""
THROUGH_WORDS = {**ROUTE_WORDS, Route.CALL: "Their telephone"}
"""The same as forms offer them, where it is said already that it was a call."""


def way_words(channel: Channel, route: Route | None) -> str:
    """Return the way of an attempt as screens name it, or its channel where nobody noted more."""
    return CHANNEL_WORDS[channel] if route is None else ROUTE_WORDS[route]


def tried_words(attempt: AttemptFact) -> str:
    """Return the way of an attempt and what came of it, inside a sentence: ``text relay: no answer``."""
    said = way_and_outcome(attempt)
    return said if said[:2].isupper() else f"{said[:1].lower()}{said[1:]}"


def way_and_outcome(attempt: AttemptFact) -> str:
    """Return the same as a title; what they wrote is word from them, and nobody spoke to them."""
    way, came = way_words(attempt.channel, attempt.route), ATTEMPT_WORDS[attempt.outcome]
    return f"{way} from the patient" if wrote(attempt) else f"{way}: {came[:1].lower()}{came[1:]}"


def way_counted(channel: Channel, route: Route | None) -> Route:
    """Return the way an attempt is counted under.

    A voicemail is a call that was not answered: apart from the others it would make calls look better.
    """
    return Route(channel.value) if route in {None, Route.VOICEMAIL} else Route(route or channel.value)


def way_kept(channel: Channel, route: Route | None, outcome: AttemptOutcome, spoke_to: str) -> Route | None:
    """Return the way to keep of an attempt, None where nobody said by which way a call went.

    A message left on the patient's own telephone, with nobody who took it, is a voicemail.

    Raises:
        RuleViolation: When that way does not go by this channel.
    """
    if channel is not Channel.CALL and route is None:
        return Route(channel.value)
    if route is not None and route.channel is not channel:
        said, how = ROUTE_WORDS[route], CHANNEL_WORDS[channel]
        raise RuleViolation(f'"{said}" and "{how}" do not go together. Choose one of them.')
    if route is Route.CALL and outcome is AttemptOutcome.LEFT_MESSAGE and not spoke_to:
        return Route.VOICEMAIL
    return route


def usual_way(ways: SafeWays) -> Route | None:
    """Return through what or whom a call to this patient goes, unless somebody says otherwise.

    Where no call may be made it is None: nobody chooses a number that is not there.
    """
    return next((route for route in BY_TELEPHONE if ways.way(route).standing is Standing.USE), None)
