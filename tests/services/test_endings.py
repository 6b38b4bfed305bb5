"""Ending an episode: with its codes, with what it asks for first, and never by somebody being dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.closure import Ending, LocalStep
from collabcare.domain.codes import AppointmentType
from collabcare.domain.due import what_is_due
from collabcare.domain.episode import Phase
from collabcare.domain.errors import StaleRecord
from collabcare.domain.ids import EpisodeId
from collabcare.domain.plan_facts import ProposalKind, RelapsePlanFact
from collabcare.domain.relapse_prevention import PLAN_PARTS
from collabcare.domain.supervision import agenda_reasons
from collabcare.queries.facts import open_caseload_facts
from collabcare.services.contacts import BookContact, Booking, book_contact, record_contact
from collabcare.services.episodes import (
    LONGEST_REASON,
    MoveStep,
    allocate,
    close_episode,
    move_step,
    start_maintenance,
)
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.pauses import PauseEpisode, pause_episode
from collabcare.services.proposals import AnswerHandover, Propose, accept_handover, propose
from collabcare.services.staying_well import SaveRelapsePlan, save_relapse_plan
from tests.builders import MONDAY, day, pathway, phq9, rulebook
from tests.builders_pathways import model
from tests.services.ending_acts import UNHEARD, close, ending, says_no, told_gp
from tests.services.test_deaths import die

if TYPE_CHECKING:
    from tests.record_fixtures import Practice


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


def ask_safety(practice: Practice, episode: EpisodeId) -> None:
    """Let item 9 be answered 1."""
    answers = (0, 0, 0, 0, 0, 0, 0, 0, 1)
    record_measure(
        RecordMeasure(episode_id=episode, taken_on=practice.today, answers=answers), practice.uow(), phq9()
    )


# endings

ORDINARY = {
    Ending.COMPLETED: ("02", "46"),
    Ending.ADVICE_GIVEN: ("04", "46"),
    Ending.NOT_SUITABLE: ("04", "48"),
    Ending.SIGNPOSTED: ("08", "47"),
    Ending.MOVED_AWAY: ("03", "47"),
    Ending.ADMITTED: ("01", "47"),
}
"""What happened, with the national codes of it for somebody treated."""


@pytest.mark.parametrize("ending_", ORDINARY)
def test_an_episode_ends_with_its_codes_and_leaves_the_caseload(practice: Practice, ending_: Ending) -> None:
    episode = practice.refer("AA")
    command = ending(practice, episode, ending=ending_, note=" As agreed. ", onward_to=" Oak  Lane ")
    close(practice, command)
    facts = practice.facts(episode)
    assert (facts.phase, facts.closed_on, facts.patient.died_on) == (Phase.CLOSED, day(7), None)
    assert facts.ending is not None
    assert (facts.ending.reason, facts.ending.tt_discharge_reason) == ORDINARY[ending_]
    assert facts.ending.onward_to == "Oak Lane"
    assert facts.ending.note is not None
    assert facts.ending.note.startswith("As agreed.\n\nWhy there is no complete staying-well plan: Well")
    (summary,) = what_is_due(facts, rulebook(), today=day(400))
    assert (summary.letter, summary.due_on) == ("gp_discharge", day(8))
    assert agenda_reasons(facts, rulebook(), today=day(400)) == ()
    with practice.reading() as session:
        assert open_caseload_facts(session) == []


@pytest.mark.parametrize("history", ["AD", "ADD", "DDDDDDDD", "A"])
@pytest.mark.parametrize("login", ["jo", "amina"])
def test_not_attending_never_ends_care_whoever_asks(practice: Practice, history: str, login: str) -> None:
    """DNA-W10 and CLOSE-W8, and there is no number of missed appointments that changes it."""
    episode = practice.refer(history)
    with practice.refused("Not attending is not by itself a reason to close"):
        close(practice, ending(practice, episode, ending=Ending.NOT_ENGAGING), login)


@pytest.mark.parametrize("ending_", ORDINARY)
def test_somebody_still_sought_is_not_closed(practice: Practice, ending_: Ending) -> None:
    episode = practice.refer("AD")
    with practice.refused("the search for them is open"):
        close(practice, ending(practice, episode, ending=ending_), "amina")


def test_somebody_who_says_no_is_heard_and_the_search_ends(practice: Practice) -> None:
    """CLOSE-W3: by them first; then after the safety talk and the letter to the GP, and with both kept."""
    episode = practice.refer("AD")
    practice.on(day(8))
    owed = told_gp(practice, episode)
    with practice.refused(UNHEARD):
        close(practice, ending(practice, episode, **owed))
    says_no(practice, episode)
    close(practice, ending(practice, episode, **owed))
    facts = practice.facts(episode)
    (ladder,), (review,) = facts.ladders, facts.closing_reviews
    assert (ladder.closed_on, ladder.closed_because) == (day(8), "Does not want care now")
    assert ([each.on for each in review.safety_reviews], review.safety_reviewed_on) == ([day(8)], None)
    assert (review.gp_informed_on, review.ended_on) == (day(8), day(8))
    assert facts.ending is not None
    assert (facts.ending.reason, facts.ending.tt_discharge_reason) == ("07", "47")


def test_who_was_only_assessed_and_declines_is_coded_so(practice: Practice) -> None:
    """CLOSE-W4."""
    episode = practice.refer()
    seen = practice.contact("A", episode, MONDAY, appointment_type=AppointmentType.ASSESSMENT)
    record_contact(seen, practice.uow(), pathway())
    close(practice, ending(practice, episode, **told_gp(practice, episode)))
    found = practice.facts(episode).ending
    assert found is not None
    assert (found.reason, found.tt_discharge_reason) == ("09", "14")


@pytest.mark.parametrize(("missing", "words"), [("safety", "Review safety now"), ("gp", "Tell the GP")])
def test_who_declines_is_owed_a_safety_talk_and_a_letter_to_the_gp(
    practice: Practice, missing: str, words: str
) -> None:
    episode = practice.refer("AD")
    practice.on(day(8))
    owed = told_gp(practice, episode)
    says_no(practice, episode)
    with practice.refused(words):
        close(practice, ending(practice, episode, **{**owed, missing: None}))


@pytest.mark.parametrize(
    ("step", "kind", "ending_"),
    [
        (LocalStep.STEP_UP, ProposalKind.STEP_UP, Ending.STEPPED_UP),
        (LocalStep.STEP_DOWN, ProposalKind.STEP_DOWN, Ending.STEPPED_DOWN),
        (LocalStep.LATERAL, ProposalKind.DISCHARGE, Ending.MOVED_ACROSS),
    ],
)
def test_a_patient_who_moves_on_is_ours_until_somebody_accepts(
    practice: Practice, step: LocalStep, kind: ProposalKind, ending_: Ending
) -> None:
    """CLOSE-W5."""
    episode = practice.refer("AA")
    command = ending(practice, episode, ending=ending_)
    made = propose(
        Propose(episode_id=episode, kind=kind, reason="Needs more", to_service="CMHT north"), practice.uow()
    ).made
    with practice.refused("Nobody has accepted the patient yet"):
        close(practice, command)
    accept_handover(AnswerHandover(proposal_id=made or 0, seen=1, on=day(7)), practice.uow())
    close(practice, command)
    found = practice.facts(episode).ending
    assert found is not None
    assert (found.reason, found.onward_step, found.onward_to) == ("08", step, "CMHT north")


def test_never_seen_is_coded_as_not_assessed(practice: Practice) -> None:
    """CLOSE-W7."""
    episode = practice.refer()
    close(practice, ending(practice, episode, ending=Ending.MOVED_AWAY))
    found = practice.facts(episode).ending
    assert found is not None
    assert found.tt_discharge_reason == "50"


def test_closing_without_a_staying_well_plan_needs_a_reason_and_says_what_is_missing(
    practice: Practice,
) -> None:
    """RLP-W4."""
    episode = practice.refer("AA")
    with practice.refused("Make the staying-well plan before closing, or say why there is none"):
        close(practice, ending(practice, episode, why_no_plan="  "))
    changes = close(practice, ending(practice, episode))
    assert [each.rule for each in changes.suggestions] == ["relapse_prevention.closing"]


def test_closing_with_a_complete_plan_asks_for_no_reason(practice: Practice) -> None:
    episode = practice.refer("AA")
    plan = RelapsePlanFact(made_on=MONDAY, copy_given_on=MONDAY, **dict.fromkeys(PLAN_PARTS, "Written"))
    save_relapse_plan(SaveRelapsePlan(episode_id=episode, seen=None, plan=plan), practice.uow())
    changes = close(practice, ending(practice, episode, why_no_plan=""))
    assert changes.suggestions == ()


def test_closing_under_the_least_of_the_service_model_is_a_word_and_no_refusal(practice: Practice) -> None:
    episode = practice.refer("AA")
    cornwall = replace(practice.rulebook, pathway=model("cornwall"))
    changes = close_episode(ending(practice, episode), practice.uow(), cornwall)
    assert any("this service gives at least" in each.sentence for each in changes.suggestions)
    assert practice.facts(episode).closed_on == day(7)


def test_a_closing_seen_before_the_patient_was_passed_on_is_stale(practice: Practice) -> None:
    episode = practice.refer("A")
    command = ending(practice, episode, seen=practice.facts(episode).version)
    allocate(episode, practice.user("sam"), practice.uow())
    with practice.refused("Somebody else changed this", StaleRecord):
        close(practice, command)


def test_a_pause_ends_with_the_episode(practice: Practice) -> None:
    episode = practice.refer("A")
    pause = PauseEpisode(episode_id=episode, reason="Away", review_on=day(9))
    pause_episode(pause, practice.uow(), practice.rulebook)
    close(practice, ending(practice, episode))
    facts = practice.facts(episode)
    assert (facts.phase, facts.pauses[0].ended_on) == (Phase.CLOSED, MONDAY)


@pytest.mark.parametrize("ending_", ORDINARY)
def test_an_open_safety_conversation_keeps_the_episode_open(practice: Practice, ending_: Ending) -> None:
    """SAFE-W7."""
    episode = practice.refer("A")
    ask_safety(practice, episode)
    with practice.refused("A safety conversation is open"):
        close(practice, ending(practice, episode, ending=ending_), "amina")


def test_a_death_ends_everything_at_once_and_is_kept_with_the_patient(practice: Practice) -> None:
    """ATT-W6: searches, tasks and prompts end with it."""
    episode = practice.refer("AD")
    ask_safety(practice, episode)
    practice.on(day(9))
    die(practice, episode, day(8))
    close(practice, ending(practice, episode, ending=Ending.DIED, closed_on=day(8), why_no_plan=""), "sam")
    facts = practice.facts(episode)
    assert (facts.patient.died_on, facts.closed_on, facts.open_ladder) == (day(8), day(8), None)
    assert facts.ending is not None
    assert (facts.ending.reason, facts.ending.tt_discharge_reason, facts.ending.note) == ("06", "49", None)
    assert [due.letter for due in what_is_due(facts, rulebook(), today=day(30))] == ["gp_discharge"]


REFUSED_ENDINGS = {
    "future": ({"closed_on": day(8)}, "cannot end in the future"),
    "before the referral": ({"closed_on": MONDAY - timedelta(days=8)}, "before the referral was received"),
    "before they were last seen": ({"closed_on": day(6)}, "was seen after that day"),
    "died before they were last seen": (
        {"closed_on": day(6), "ending": Ending.DIED},
        "was seen after that day",
    ),
    "too long a note": ({"note": "x" * (LONGEST_REASON + 1)}, "The note is too long"),
    "no such episode": ({"episode_id": EpisodeId(99)}, "not in the record"),
}


@pytest.mark.parametrize(("changes", "words"), REFUSED_ENDINGS.values(), ids=REFUSED_ENDINGS)
def test_an_ending_that_cannot_be_is_refused_without_a_trace(
    practice: Practice, changes: dict[str, object], words: str
) -> None:
    episode = practice.refer("AA")
    with practice.refused(words):
        close(practice, ending(practice, episode, **changes))


def test_nothing_can_be_added_to_a_closed_episode(practice: Practice) -> None:
    episode = practice.refer("A")
    stale = move(practice, episode)
    close(practice, ending(practice, episode))
    closed = move(practice, episode)
    for act in (
        lambda: close(practice, ending(practice, episode)),
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
