"""The review of not attending and the one way it leads to closed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from collabcare.domain.acting import Role
from collabcare.domain.changes import Kind
from collabcare.domain.closing_parts import Communicated
from collabcare.domain.closure import Ending
from collabcare.domain.errors import NotAllowed, StaleRecord
from collabcare.domain.gate_today import gate_today
from collabcare.domain.ids import UserId
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.services.closing_reviews import (
    GiveClosingReason,
    OnClosingReview,
    OpenClosingReview,
    RecordClosingPart,
    call_off_closing,
    give_closing_reason,
    open_closing_review,
    record_closing_part,
)
from collabcare.services.contacts import Booking
from collabcare.services.episodes import CloseEpisode, allocate, close_episode
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.searches import RecordReply, record_reply
from collabcare.services.users import NewUser, add_user
from tests.builders import day
from tests.builders_reach import safety_part, safety_review
from tests.services.reach_commands import register
from tests.services.searching import (
    READY,
    all_parts,
    attempt,
    part,
    review_of,
    search,
    searched,
    sign,
)

if TYPE_CHECKING:
    from collabcare.domain.closing_gate import GateAnswer
    from collabcare.domain.ids import EpisodeId
    from tests.record_fixtures import Practice


def gate(practice: Practice, episode: EpisodeId) -> GateAnswer:
    return gate_today(practice.facts(episode), practice.rulebook, today=practice.today)


def close(practice: Practice, episode: EpisodeId, **changes: Any) -> None:  # noqa: ANN401 - any field
    command = CloseEpisode(
        episode_id=episode,
        ending=Ending.NOT_ENGAGING,
        closed_on=practice.today,
        why_no_plan="Not reached",
    )
    close_episode(replace(command, **changes), practice.uow(), practice.rulebook)


def test_only_through_the_whole_gate_is_anybody_closed_for_not_attending(practice: Practice) -> None:
    """CLOSE-W2."""
    episode = searched(practice)
    with practice.refused("Not attending is not by itself a reason to close"):
        close(practice, episode)
    all_parts(practice, episode)
    assert [missing.condition for missing in gate(practice, episode).missing] == ["G6", "G7"]
    sign(practice, episode)
    practice.on(READY)
    assert gate(practice, episode).passed
    with practice.refused("before it was signed off"):
        close(practice, episode, closed_on=day(35))
    close(practice, episode)
    facts = practice.facts(episode)
    assert facts.ending is not None
    assert (facts.ending.reason, facts.ending.tt_discharge_reason) == ("05", "47")
    assert (facts.open_ladder, review_of(practice, episode).ended_on) == (None, READY)


def test_the_day_before_the_letter_had_its_time_is_too_early(practice: Practice) -> None:
    """GATE-W3."""
    episode = searched(practice)
    all_parts(practice, episode)
    sign(practice, episode)
    practice.on(day(42))
    with practice.refused("Not attending is not by itself a reason to close"):
        close(practice, episode)


def test_a_review_is_opened_once_and_only_for_somebody_missing(practice: Practice) -> None:
    episode, seen = searched(practice), practice.refer("A", surname="Li")
    command = OpenClosingReview(episode_id=episode)
    with practice.refused("open already"):
        open_closing_review(command, practice.uow("amina"), practice.rulebook)
    with practice.refused("nothing to close for"):
        open_closing_review(replace(command, episode_id=seen), practice.uow(), practice.rulebook)


def test_the_practitioner_does_not_sign_nor_anybody_they_let_in(practice: Practice) -> None:
    """GATE-W2."""
    episode = searched(practice)
    all_parts(practice, episode)
    with practice.refused("practitioner cannot sign it off"):
        sign(practice, episode, "jo")
    made = add_user(NewUser(login="x", name="X Y", role=Role.SUPERVISOR), practice.uow("jo")).made
    acting = replace(practice.staff["amina"], user_id=UserId(made or 0), login="x", name="X Y")
    practice.staff["x"] = acting
    with practice.refused("made by the practitioner"):
        sign(practice, episode, "x")
    for login in ("alex", "rita"):
        with practice.refused("may not sign off a closing", NotAllowed):
            sign(practice, episode, login)


def test_a_colleague_signs_who_is_registered(practice: Practice) -> None:
    episode = searched(practice)
    all_parts(practice, episode)
    with practice.refused("no registration is recorded for you"):
        sign(practice, episode, "sam")
    register(practice, "sam")
    assert sign(practice, episode, "sam").kinds == {Kind.CLOSING_REVIEW}
    review = review_of(practice, episode)
    assert (review.signed_off_by_id, review.signed_off_by_role, review.signed_off_on) == (
        practice.user("sam"),
        "practitioner",
        day(36),
    )


def test_what_is_changed_after_the_signature_is_signed_anew(practice: Practice) -> None:
    episode = searched(practice)
    all_parts(practice, episode)
    sign(practice, episode)
    part(practice, episode, Communicated(correctly=False, evidence="The letter came back"))
    review = review_of(practice, episode)
    assert (review.signed_off_by_id, review.signed_off_on, review.communicated) == (None, None, False)


def test_a_fact_recorded_after_the_reason_and_the_signature_asks_for_both_anew(practice: Practice) -> None:
    """GATE-W5: the reason was given for what was known then, and for nothing that came later."""
    episode = searched(practice)
    record_haste_fact(
        RecordHaste(episode_id=episode, kind=HasteKind.PERINATAL, happened_on=day(30)), practice.uow()
    )
    all_parts(practice, episode)
    review = review_of(practice, episode)
    given = GiveClosingReason(
        review_id=review.id, seen=review.row_version, reason="With the perinatal team", instead="They ring"
    )
    give_closing_reason(given, practice.uow("amina"))
    sign(practice, episode)
    assert [missing.condition for missing in gate(practice, episode).missing] == ["G6"]
    record_haste_fact(
        RecordHaste(episode_id=episode, kind=HasteKind.SELF_HARM, happened_on=day(36)), practice.uow()
    )
    practice.on(READY)
    assert [missing.condition for missing in gate(practice, episode).missing] == ["G4", "G7"]
    assert "More was recorded since the supervisor gave the reason" in gate(practice, episode).sentence
    with practice.refused("Not attending is not by itself a reason to close"):
        close(practice, episode)


def test_giving_the_case_away_makes_the_one_who_rang_no_other_person(practice: Practice) -> None:
    episode = searched(practice)
    register(practice, "jo")
    allocate(episode, practice.user("sam"), practice.uow("amina"))
    all_parts(practice, episode)
    with practice.refused("practitioner cannot sign it off"):
        sign(practice, episode, "jo")


def test_a_part_changed_beside_another_is_looked_at_again(practice: Practice) -> None:
    episode = searched(practice)
    review = review_of(practice, episode)
    command = RecordClosingPart(
        review_id=review.id, seen=review.row_version, part=safety_part(practice.today)
    )
    record_closing_part(command, practice.uow(), practice.rulebook)
    with practice.refused("Somebody else changed this", StaleRecord):
        record_closing_part(command, practice.uow("amina"), practice.rulebook)


def test_with_a_fact_open_only_a_supervisor_says_why_closing_is_right(practice: Practice) -> None:
    """GATE-W5."""
    episode = searched(practice)
    fact = RecordHaste(episode_id=episode, kind=HasteKind.SAFEGUARDING, happened_on=day(10))
    record_haste_fact(fact, practice.uow())
    all_parts(practice, episode)
    review = review_of(practice, episode)
    command = GiveClosingReason(
        review_id=review.id, seen=review.row_version, reason="With family", instead="GP calls weekly"
    )
    with practice.refused("may not say why closing is right", NotAllowed):
        give_closing_reason(command, practice.uow("jo"))
    with practice.refused("Say what replaces"):
        give_closing_reason(replace(command, instead=" "), practice.uow("amina"))
    give_closing_reason(command, practice.uow("amina"))
    sign(practice, episode)
    practice.on(READY)
    assert gate(practice, episode).passed
    close(practice, episode)


def by_phone(practice: Practice, episode: EpisodeId) -> None:
    attempt(practice, episode, outcome=AttemptOutcome.SPOKE, note="Will come")


def by_letter(practice: Practice, episode: EpisodeId) -> None:
    ladder = search(practice, episode)
    command = RecordReply(
        episode_id=episode,
        ladder_id=ladder.id,
        answered_on=practice.today,
        channel=Channel.LETTER,
        note="Would like to come back",
    )
    record_reply(command, practice.uow(), practice.rulebook)


def by_coming(practice: Practice, episode: EpisodeId) -> None:
    practice.happen("A", episode, practice.today)


def by_coming_late(practice: Practice, episode: EpisodeId) -> None:
    practice.happen("N", episode, practice.today)


def by_cancelling(practice: Practice, episode: EpisodeId) -> None:
    practice.happen("C", episode, practice.today)


@pytest.mark.parametrize("word", [by_phone, by_letter, by_coming, by_coming_late, by_cancelling])
def test_any_word_from_the_patient_calls_the_review_off_at_once(practice: Practice, word: Any) -> None:  # noqa: ANN401 - a story
    """GATE-W7: they ring on day 12 of the letter."""
    episode = searched(practice)
    all_parts(practice, episode)
    sign(practice, episode)
    practice.on(day(41))
    word(practice, episode)
    review = review_of(practice, episode)
    assert (review.opted_in_on, review.ended_on) == (day(41), day(41))
    practice.on(READY)
    with practice.refused("Not attending is not by itself a reason to close"):
        close(practice, episode)


def test_another_try_without_an_answer_leaves_the_review_open(practice: Practice) -> None:
    episode = searched(practice)
    attempt(practice, episode, rung=6)
    practice.happen("P", episode, practice.today)
    assert review_of(practice, episode).ended_on is None


def test_a_booked_appointment_is_waited_for(practice: Practice) -> None:
    episode = searched(practice)
    all_parts(practice, episode)
    sign(practice, episode)
    attempt(practice, episode, rung=6, next_booking=Booking(on=day(50)))
    practice.on(READY)
    with practice.refused("Not attending is not by itself a reason to close"):
        close(practice, episode)


def test_a_review_called_off_is_over(practice: Practice) -> None:
    episode = searched(practice)
    review = review_of(practice, episode)
    command = OnClosingReview(review_id=review.id, seen=review.row_version)
    call_off_closing(command, practice.uow())
    assert review_of(practice, episode).ended_on == day(35)
    for act in (
        lambda: part(practice, episode, safety_part(practice.today)),
        lambda: sign(practice, episode),
        lambda: call_off_closing(replace(command, seen=review.row_version + 1), practice.uow()),
    ):
        with practice.refused("This review has ended"):
            act()
    open_closing_review(OpenClosingReview(episode_id=episode), practice.uow(), practice.rulebook)
    assert len(practice.facts(episode).closing_reviews) == 2


def test_a_safety_review_is_kept_with_who_and_what_and_another_beside_it(practice: Practice) -> None:
    episode = searched(practice)
    part(practice, episode, safety_part(day(35)))
    review, asked = review_of(practice, episode), safety_review(day(35))
    assert [(each.on, each.looked_at, each.concluded) for each in review.safety_reviews] == [
        (asked.on, asked.looked_at, asked.concluded)
    ]
    assert review.safety_reviews[0].by_id == practice.user("jo")
    part(practice, episode, replace(safety_part(day(35)), concluded="Spoke to the sister"))
    again = review_of(practice, episode)
    assert [each.concluded for each in again.safety_reviews] == [asked.concluded, "Spoke to the sister"]
    assert again.row_version > review.row_version


def test_a_blank_safety_review_is_refused(practice: Practice) -> None:
    episode = searched(practice)
    for blank, missing in (({"looked_at": ()}, "Tick what"), ({"concluded": " "}, "Write what")):
        with practice.refused(missing):
            part(practice, episode, replace(safety_part(day(35)), **blank))
    assert review_of(practice, episode).safety_reviews == ()
