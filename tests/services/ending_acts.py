"""Short ways to end care, and to let a patient say that they do not want it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from collabcare.domain.closing_parts import GpTold
from collabcare.domain.closure import Ending
from collabcare.domain.ids import LetterId
from collabcare.domain.reengagement import Channel
from collabcare.domain.search_ends import SearchEnd
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.letters import IssueLetter, issue_letter
from collabcare.services.searches import CameOfIt, RecordReply, record_reply
from tests.builders_reach import safety_part
from tests.services.searching import search

if TYPE_CHECKING:
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice

SAID_SAFE = "Said that she is safe and has plans"
UNHEARD = "Log what they said first: “They got in touch”"


def ending(practice: Practice, episode: EpisodeId, **changes: Any) -> CloseEpisode:  # noqa: ANN401 - any field
    """Return an ending as agreed, today."""
    made = CloseEpisode(
        episode_id=episode, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well and busy"
    )
    if changes.get("ending") is Ending.DIED:
        made = replace(made, died_on=changes.get("closed_on", practice.today), told_by="Her sister")
    return replace(made, **changes)


def close(practice: Practice, command: CloseEpisode, login: str = "jo") -> Changes:
    """Close an episode as somebody."""
    return close_episode(command, practice.uow(login), practice.rulebook)


def told_gp(practice: Practice, episode: EpisodeId) -> dict[str, Any]:
    """Return what is owed to somebody who does not want care: safety talked about, the GP told in writing."""
    letter = issue_letter(IssueLetter(episode_id=episode, kind="gp_discharge"), practice.desk()).made
    today = practice.today
    return {
        "safety": safety_part(today),
        "gp": GpTold(on=today, letter_id=LetterId(letter or 0)),
        "ending": Ending.DECLINED,
    }


def says_no(practice: Practice, episode: EpisodeId) -> None:
    """Record that the patient rang and does not want care."""
    command = RecordReply(
        episode_id=episode,
        ladder_id=search(practice, episode).id,
        answered_on=practice.today,
        channel=Channel.CALL,
        note="Does not want to come; is safe",
        came_of_it=CameOfIt(end=SearchEnd.DECLINES, safety=SAID_SAFE),
    )
    record_reply(command, practice.uow(), practice.rulebook)
