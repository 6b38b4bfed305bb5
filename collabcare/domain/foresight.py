"""What would follow from an outcome before it is saved: shown beside the form that is about to record it.

Each answer comes from the same rules that apply once it is saved, run over the facts with the outcome added.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.contact_clock import next_contact_by
from collabcare.domain.facts import ContactFact, LadderFact, time_order
from collabcare.domain.ids import LadderId
from collabcare.domain.reach_facts import Track
from collabcare.domain.reengagement import Rung, consecutive_missed, first_rung, next_rung
from collabcare.domain.slots import slot_end

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.pathway import Pathway

_UNSAVED = LadderId(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAhead:
    """The search a missed contact would open: how many in a row, and the first thing to do."""

    consecutive: int
    first: Rung


def search_if_missed(
    facts: EpisodeFacts,
    contact: ContactFact,
    pathway: Pathway,
    calendar: WorkingCalendar,
    *,
    track: Track = Track.STANDARD,
) -> SearchAhead | None:
    """Return the search this missed contact would open, None when the patient has been seen since.

    ``track`` is the answer of :func:`collabcare.domain.tracks.track_of` as things stand.
    """
    policy = pathway.prompt_ladder if track is Track.PROMPT else pathway.ladder
    held = with_contact(facts, replace(contact, status=AttendanceStatus.DID_NOT_ATTEND)).contacts
    since = held[[each.id for each in held].index(contact.id) + 1 :]
    if any(each.status is not None and each.status.attended for each in since):
        return None
    consecutive = consecutive_missed([each.status for each in held if each.status is not None])
    ladder = LadderFact(
        id=_UNSAVED,
        contact_id=contact.id,
        missed_on=contact.on,
        slot_ended=slot_end(contact.at, contact.minutes),
        first_rung=first_rung(policy, consecutive),
        consecutive=consecutive,
        attempts=(),
        closed_on=None,
        closed_because=None,
    )
    return SearchAhead(consecutive=consecutive, first=next_rung(ladder, policy, calendar))


def plan_if_attended(facts: EpisodeFacts, contact: ContactFact, pathway: Pathway) -> date | None:
    """Return the day by which the contact plan would want the patient seen again after this contact."""
    attended = replace(contact, status=AttendanceStatus.ATTENDED_ON_TIME)
    return next_contact_by(with_contact(facts, attended), pathway)


def with_contact(facts: EpisodeFacts, contact: ContactFact) -> EpisodeFacts:
    """Return the facts with one contact added, or put in the place of the booking it is the outcome of."""
    others = tuple(other for other in facts.contacts if other.id != contact.id)
    return replace(facts, contacts=tuple(sorted((*others, contact), key=time_order)))
