"""Moving a patient between steps, giving them to somebody, and ending an episode."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.changes import Kind
from collabcare.domain.codes import ClosureReason
from collabcare.domain.due import DueKind, what_is_due
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.errors import StaleRecord
from collabcare.domain.ids import EpisodeId, UserId
from collabcare.domain.supervision import agenda_reasons
from collabcare.queries.facts import open_caseload_facts
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.episodes import (
    LONGEST_REASON,
    CloseEpisode,
    MoveStep,
    allocate,
    close_episode,
    move_step,
    start_maintenance,
)
from collabcare.services.measures import RecordMeasure, record_measure
from tests.builders import MONDAY, calendar, day, pathway, phq9

if TYPE_CHECKING:
    from tests.record_fixtures import Practice

DNA, DIED = ClosureReason.DID_NOT_ATTEND, ClosureReason.DIED


def move(practice: Practice, episode: EpisodeId, **changes: Any) -> MoveStep:  # noqa: ANN401 - any field
    """Return a move up from step 2, from what is on the screen now."""
    made = MoveStep(
        episode_id=episode,
        seen=practice.facts(episode).version,
        to_step=3,
        reason="Needs more support",
        agreed_with_patient=True,
    )
    return replace(made, **changes)


def ending(practice: Practice, episode: EpisodeId, **changes: Any) -> CloseEpisode:  # noqa: ANN401 - any field
    """Return an ending as agreed, today."""
    made = CloseEpisode(
        episode_id=episode, reason=ClosureReason.TREATMENT_COMPLETED, closed_on=practice.today
    )
    return replace(made, **changes)


def ask_safety(practice: Practice, episode: EpisodeId) -> None:
    """Let item 9 be answered 1."""
    answers = (0, 0, 0, 0, 0, 0, 0, 0, 1)
    record_measure(
        RecordMeasure(episode_id=episode, taken_on=practice.today, answers=answers), practice.uow(), phq9()
    )


# steps


@pytest.mark.parametrize(
    ("to_step", "direction"), [(3, StepDirection.UP), (5, StepDirection.UP), (1, StepDirection.DOWN)]
)
def test_a_move_is_kept_with_its_reason_and_the_gp_is_to_be_told(
    practice: Practice, to_step: int, direction: StepDirection
) -> None:
    """EPI-W6."""
    episode = practice.refer("A")
    practice.on(day(3))
    changes = move_step(
        move(practice, episode, to_step=to_step, agreed_with_patient=False), practice.uow(), pathway()
    )
    facts = practice.facts(episode)
    assert (facts.step, facts.step_since) == (to_step, day(3))
    start, made = facts.step_moves
    assert start.direction is StepDirection.START
    assert (made.from_step, made.to_step, made.direction) == (2, to_step, direction)
    assert (made.reason, made.agreed_with_patient, made.gp_informed_on) == ("Needs more support", False, None)
    assert changes.kinds == {Kind.STEP}
    due = what_is_due(facts, pathway(), calendar(), today=practice.today)
    assert [d.due_on for d in due if d.kind is DueKind.GP_LETTER] == [day(10)]


REFUSED_MOVES = {
    "no reason": ({"reason": " \n "}, "Say why the patient is moving"),
    "a reason of control characters": ({"reason": "\x00\x07"}, "Say why the patient is moving"),
    "too long a reason": ({"reason": "x" * (LONGEST_REASON + 1)}, "The reason is too long"),
    "the step they are on": ({"to_step": 2}, "on that step already"),
    "no such step": ({"to_step": 6}, "has no step 6"),
    "step 0": ({"to_step": 0}, "has no step 0"),
    "no such episode": ({"episode_id": EpisodeId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_MOVES.values(), ids=REFUSED_MOVES)
def test_a_move_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("A")
    with practice.refused(words):
        move_step(move(practice, episode, **changes), practice.uow(), pathway())


def test_two_people_moving_one_patient_do_not_overwrite_each_other(practice: Practice) -> None:
    episode = practice.refer("A")
    jo, amina = move(practice, episode), move(practice, episode, to_step=1)
    move_step(jo, practice.uow("jo"), pathway())
    with practice.refused("Somebody else changed this", StaleRecord):
        move_step(amina, practice.uow("amina"), pathway())


def test_a_move_seen_after_anything_else_changed_the_episode_is_stale(practice: Practice) -> None:
    """The first contact made the episode active while the form was open."""
    episode = practice.refer()
    stale = move(practice, episode)
    practice.happen("A", episode, MONDAY)
    with practice.refused("Somebody else changed this", StaleRecord):
        move_step(stale, practice.uow(), pathway())


# phases and holders


def test_an_active_patient_can_move_to_staying_well_contacts(practice: Practice) -> None:
    episode = practice.refer("A")
    practice.on(day(3))
    start_maintenance(episode, practice.uow())
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since) == (Phase.MAINTENANCE, day(3))
    with practice.refused("Only an active episode"):
        start_maintenance(episode, practice.uow())


def test_a_patient_not_yet_seen_cannot_move_to_staying_well_contacts(practice: Practice) -> None:
    episode = practice.refer()
    with practice.refused("Only an active episode"):
        start_maintenance(episode, practice.uow())


def test_allocating_a_waiting_referral_gives_it_a_holder_from_today(practice: Practice) -> None:
    episode = practice.refer(holder_id=None)
    before = practice.facts(episode)
    assert (before.phase, before.holder) == (Phase.REFERRED, None)
    allocate(episode, practice.user("sam"), practice.uow("amina"))
    after = practice.facts(episode)
    assert (after.phase, after.phase_since, after.holder) == (Phase.ALLOCATED, MONDAY, "Sam Brown")


def test_passing_a_patient_on_leaves_their_phase_alone(practice: Practice) -> None:
    episode = practice.refer("A")
    allocate(episode, practice.user("sam"), practice.uow("amina"))
    facts = practice.facts(episode)
    assert (facts.phase, facts.phase_since, facts.holder) == (Phase.ACTIVE, MONDAY, "Sam Brown")


@pytest.mark.parametrize("login", ["rita", "alex", "lee"])
def test_nobody_holds_patients_who_cannot_see_them_or_has_left(practice: Practice, login: str) -> None:
    episode = practice.refer()
    with practice.refused("Choose a practitioner or supervisor"):
        allocate(episode, practice.user(login), practice.uow("amina"))
    with practice.refused("Choose a practitioner or supervisor"):
        practice.refer(holder_id=practice.user(login))


def test_a_patient_cannot_be_given_to_somebody_unknown(practice: Practice) -> None:
    episode = practice.refer()
    with practice.refused("not in the record"):
        allocate(episode, UserId(99), practice.uow("amina"))


# endings

ORDINARY = [reason for reason in ClosureReason if reason not in {DNA, DIED}]


@pytest.mark.parametrize("reason", ORDINARY)
def test_an_episode_ends_with_its_reason_and_leaves_the_caseload(
    practice: Practice, reason: ClosureReason
) -> None:
    episode = practice.refer("AA")
    close_episode(ending(practice, episode, reason=reason, note=" As agreed. "), practice.uow())
    facts = practice.facts(episode)
    assert (facts.phase, facts.closed_on, facts.patient.died_on) == (Phase.CLOSED, day(7), None)
    assert what_is_due(facts, pathway(), calendar(), today=day(400)) == ()
    assert agenda_reasons(facts, pathway(), calendar(), today=day(400)) == ()
    with practice.reading() as session:
        assert open_caseload_facts(session) == []


@pytest.mark.parametrize("history", ["AD", "ADD", "DDDDDDDD", "A"])
@pytest.mark.parametrize("login", ["jo", "amina"])
def test_not_attending_never_ends_care_whoever_asks(practice: Practice, history: str, login: str) -> None:
    """DNA-W10, and there is no number of missed appointments that changes it."""
    episode = practice.refer(history)
    with practice.refused("Not attending is not a reason to close"):
        close_episode(ending(practice, episode, reason=DNA), practice.uow(login))


@pytest.mark.parametrize("reason", [reason for reason in ORDINARY if reason not in {"07", "09"}])
def test_somebody_still_sought_is_not_closed(practice: Practice, reason: ClosureReason) -> None:
    episode = practice.refer("AD")
    with practice.refused("still trying to reach the patient"):
        close_episode(ending(practice, episode, reason=reason), practice.uow("amina"))


@pytest.mark.parametrize("reason", [ClosureReason.PATIENT_REQUESTED, ClosureReason.REFUSED_TO_BE_SEEN])
def test_somebody_who_says_no_is_heard_and_the_search_ends(practice: Practice, reason: ClosureReason) -> None:
    episode = practice.refer("AD")
    close_episode(ending(practice, episode, reason=reason), practice.uow())
    (ladder,) = practice.facts(episode).ladders
    assert (ladder.closed_on, ladder.closed_because) == (day(7), reason.label)


@pytest.mark.parametrize("reason", ORDINARY)
def test_an_open_safety_conversation_keeps_the_episode_open(
    practice: Practice, reason: ClosureReason
) -> None:
    """SAFE-W7."""
    episode = practice.refer("A")
    ask_safety(practice, episode)
    with practice.refused("A safety conversation is open"):
        close_episode(ending(practice, episode, reason=reason), practice.uow("amina"))


def test_a_death_ends_everything_at_once_and_is_kept_with_the_patient(practice: Practice) -> None:
    """ATT-W6: searches, tasks and prompts end with it."""
    episode = practice.refer("AD")
    ask_safety(practice, episode)
    practice.on(day(9))
    close_episode(ending(practice, episode, reason=DIED, closed_on=day(8)), practice.uow())
    facts = practice.facts(episode)
    assert (facts.patient.died_on, facts.closed_on, facts.open_ladder) == (day(8), day(8), None)
    assert what_is_due(facts, pathway(), calendar(), today=day(30)) == ()


REFUSED_ENDINGS = {
    "future": ({"closed_on": day(8)}, "cannot end in the future"),
    "before the referral": ({"closed_on": MONDAY - timedelta(days=8)}, "before the referral was received"),
    "before they were last seen": ({"closed_on": day(6)}, "was seen after that day"),
    "died before they were last seen": ({"closed_on": day(6), "reason": DIED}, "was seen after that day"),
    "too long a note": ({"note": "x" * (LONGEST_REASON + 1)}, "The note is too long"),
    "no such episode": ({"episode_id": EpisodeId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_ENDINGS.values(), ids=REFUSED_ENDINGS)
def test_an_ending_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("AA")
    with practice.refused(words):
        close_episode(ending(practice, episode, **changes), practice.uow())


def test_nothing_can_be_added_to_a_closed_episode(practice: Practice) -> None:
    episode = practice.refer("A")
    stale = move(practice, episode)
    close_episode(ending(practice, episode), practice.uow())
    closed = move(practice, episode)
    for act in (
        lambda: close_episode(ending(practice, episode), practice.uow()),
        lambda: move_step(closed, practice.uow(), pathway()),
        lambda: allocate(episode, practice.user("sam"), practice.uow()),
        lambda: start_maintenance(episode, practice.uow()),
        lambda: ask_safety(practice, episode),
        lambda: book_contact(BookContact(episode_id=episode, booking=Booking(on=day(9))), practice.uow()),
        lambda: practice.happen("A", episode, MONDAY),
    ):
        with practice.refused("This episode of care is closed"):
            act()
    with practice.refused("Somebody else changed this", StaleRecord):
        move_step(stale, practice.uow(), pathway())
