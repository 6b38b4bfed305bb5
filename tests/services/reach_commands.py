"""The commands that reach people who did not attend, each with a way to carry it out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.closing_parts import Communicated, Discussed
from collabcare.domain.closure import Ending
from collabcare.domain.codes import ReferralReason, ReferralSource
from collabcare.domain.ids import EpisodeId, LadderId
from collabcare.domain.reach_facts import HasteKind, SnoozeKind, Track
from collabcare.domain.reengagement import Channel
from collabcare.services.closing_reviews import (
    GiveClosingReason,
    OnClosingReview,
    OpenClosingReview,
    RecordClosingPart,
    call_off_closing,
    give_closing_reason,
    open_closing_review,
    record_closing_part,
    sign_off_closing,
)
from collabcare.services.contact_corrections import VoidContact, void_contact
from collabcare.services.endings_taken_back import TakeBackEnding, take_back_ending
from collabcare.services.episodes import CloseEpisode, close_episode
from collabcare.services.haste import (
    EndHaste,
    MoveTrack,
    RecordHaste,
    VoidHaste,
    end_haste_fact,
    move_track,
    record_haste_fact,
    void_haste_fact,
)
from collabcare.services.patients import ReferAgain, refer_again
from collabcare.services.pauses import (
    EndPause,
    PauseEpisode,
    ReviewPause,
    end_pause,
    pause_episode,
    review_pause,
)
from collabcare.services.searches import PutOff, RecordReply, put_off, record_reply
from collabcare.services.supervision import RecordReview, record_review
from collabcare.store.engine import WRITE
from collabcare.store.models import Episode, Patient, UserAccount
from tests.builders import day

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.acting import Role
    from collabcare.domain.changes import Changes
    from collabcare.domain.facts import EpisodeFacts
    from tests.record_fixtures import Practice
    from tests.services.commands import Scene


def prepare_reaching(practice: Practice) -> None:
    """Let somebody of Sam's be missing and under review, somebody be paused, and somebody have gone."""
    register(practice, "jo")
    missing = practice.refer("AD", surname="Missing", holder_id=practice.user("sam"))
    practice.on(day(9))  # a talk on the day of the miss may have been before it
    record_haste_fact(
        RecordHaste(episode_id=missing, kind=HasteKind.SAFEGUARDING, happened_on=practice.today),
        practice.uow("sam"),
    )
    open_closing_review(OpenClosingReview(episode_id=missing), practice.uow("sam"), practice.rulebook)
    discussed(practice, missing)
    review = practice.facts(missing).closing_reviews[0]
    command = RecordClosingPart(
        review_id=review.id, seen=review.row_version, part=Discussed(on=practice.today)
    )
    record_closing_part(command, practice.uow("sam"), practice.rulebook)
    practice.refer("AD", surname="Waiting")
    away = practice.refer("A", surname="Away")
    record_haste_fact(
        RecordHaste(episode_id=away, kind=HasteKind.PERINATAL, happened_on=practice.today), practice.uow()
    )
    practice.on(day(14))
    pause_episode(
        PauseEpisode(episode_id=away, reason="In hospital", review_on=day(20)),
        practice.uow(),
        practice.rulebook,
    )
    gone = practice.refer("A", surname="Gone")
    ended = CloseEpisode(
        episode_id=gone, ending=Ending.COMPLETED, closed_on=practice.today, why_no_plan="Well"
    )
    close_episode(ended, practice.uow(), practice.rulebook)
    practice.on(day(14))


def register(practice: Practice, login: str) -> None:
    """Record the registration of a clinician."""
    with practice.reading() as session:
        session.connection(execution_options=WRITE)
        account = session.get_one(UserAccount, practice.user(login))
        account.registration = "NMC 12A3456E"
        session.commit()


def discussed(practice: Practice, episode: EpisodeId) -> None:
    """Take a case to supervision today."""
    review = RecordReview(
        episode_id=episode,
        reviewed_on=practice.today,
        supervisor_id=practice.user("amina"),
        decision="Consider whether to close",
    )
    record_review(review, practice.uow())


def named(at: Scene, surname: str) -> EpisodeFacts:
    """Return the facts of the patient of this name, who has one episode."""
    query = select(Episode.id).join(Patient, Patient.id == Episode.patient_id)
    with at.practice.reading() as session:
        found = session.scalars(query.where(Patient.surname == surname)).one()
    return at.practice.facts(EpisodeId(found))


def _search(at: Scene) -> tuple[EpisodeId, LadderId]:
    ladder = at.practice.facts(at.episode).open_ladder
    assert ladder is not None
    return at.episode, ladder.id


def _record_reply(at: Scene, role: Role) -> Changes:
    episode, ladder = _search(at)
    command = RecordReply(
        episode_id=episode, ladder_id=ladder, answered_on=day(14), channel=Channel.LETTER, note="Will ring"
    )
    return record_reply(command, at.uow(role), at.practice.rulebook)


def _put_off(at: Scene, role: Role) -> Changes:
    ladder = (facts := named(at, "Waiting")).open_ladder
    assert ladder is not None
    command = PutOff(
        episode_id=facts.episode_id,
        ladder_id=ladder.id,
        rung=1,
        kind=SnoozeKind.CALL_LATER,
        until=day(15),
        reason="At work",
    )
    return put_off(command, at.uow(role), at.practice.rulebook)


def _record_haste(at: Scene, role: Role) -> Changes:
    command = RecordHaste(episode_id=at.episode, kind=HasteKind.PERINATAL, happened_on=day(14))
    return record_haste_fact(command, at.uow(role))


def _end_haste(at: Scene, role: Role) -> Changes:
    fact = named(at, "Missing").haste[0]
    return end_haste_fact(EndHaste(haste_id=fact.id, seen=fact.row_version, ended_on=day(14)), at.uow(role))


def _void_haste(at: Scene, role: Role) -> Changes:
    fact = named(at, "Away").haste[0]
    return void_haste_fact(
        VoidHaste(haste_id=fact.id, seen=fact.row_version, reason="Another patient"), at.uow(role)
    )


def _move_track(at: Scene, role: Role) -> Changes:
    command = MoveTrack(episode_id=at.episode, to=Track.PROMPT, reason="Sounded low")
    return move_track(command, at.uow(role))


def _pause(at: Scene, role: Role) -> Changes:
    command = PauseEpisode(episode_id=at.well, reason="Away", review_on=day(20))
    return pause_episode(command, at.uow(role), at.practice.rulebook)


def _review_pause(at: Scene, role: Role) -> Changes:
    pause = named(at, "Away").pauses[0]
    command = ReviewPause(pause_id=pause.id, seen=pause.row_version, review_on=day(30))
    return review_pause(command, at.uow(role), at.practice.rulebook)


def _end_pause(at: Scene, role: Role) -> Changes:
    pause = named(at, "Away").pauses[0]
    return end_pause(EndPause(pause_id=pause.id, seen=pause.row_version), at.uow(role))


def _open_review(at: Scene, role: Role) -> Changes:
    command = OpenClosingReview(episode_id=at.episode)
    return open_closing_review(command, at.uow(role), at.practice.rulebook)


def _record_part(at: Scene, role: Role) -> Changes:
    review = named(at, "Missing").closing_reviews[0]
    part = Communicated(correctly=True, evidence="Letter and text")
    command = RecordClosingPart(review_id=review.id, seen=review.row_version, part=part)
    return record_closing_part(command, at.uow(role), at.practice.rulebook)


def _give_reason(at: Scene, role: Role) -> Changes:
    review = named(at, "Missing").closing_reviews[0]
    command = GiveClosingReason(
        review_id=review.id, seen=review.row_version, reason="Safe with family", instead="GP calls"
    )
    return give_closing_reason(command, at.uow(role))


def _on_review(at: Scene) -> OnClosingReview:
    review = named(at, "Missing").closing_reviews[0]
    return OnClosingReview(review_id=review.id, seen=review.row_version)


def _refer_again(at: Scene, role: Role) -> Changes:
    patient = named(at, "Gone").patient
    command = ReferAgain(
        patient_id=patient.patient_id,
        seen=patient.version,
        received_on=day(14),
        source=ReferralSource.SELF,
        reason=ReferralReason.DEPRESSION,
    )
    return refer_again(command, at.uow(role), at.practice.rulebook)


def _void_contact(at: Scene, role: Role) -> Changes:
    missed = at.practice.facts(at.episode).contacts[-1]
    command = VoidContact(contact_id=missed.id, seen=missed.row_version, reason="Another patient")
    return void_contact(command, at.uow(role), at.practice.rulebook.pathway)


def _take_back_ending(at: Scene, role: Role) -> Changes:
    gone = named(at, "Gone")
    command = TakeBackEnding(episode_id=gone.episode_id, seen=gone.version, reason="Another of that name")
    return take_back_ending(command, at.uow(role), at.practice.rulebook.pathway)


REACH_ROWS: dict[str, tuple[str, Callable[[Scene, Role], Changes]]] = {
    "call_off_closing": ("PS", lambda at, role: call_off_closing(_on_review(at), at.uow(role))),
    "end_haste_fact": ("PS", _end_haste),
    "end_pause": ("PS", _end_pause),
    "give_closing_reason": ("S", _give_reason),
    "move_track": ("PS", _move_track),
    "open_closing_review": ("PS", _open_review),
    "pause_episode": ("PS", _pause),
    "put_off": ("PSA", _put_off),
    "record_closing_part": ("PS", _record_part),
    "record_haste_fact": ("PS", _record_haste),
    "record_reply": ("PSA", _record_reply),
    "refer_again": ("PSA", _refer_again),
    "review_pause": ("PS", _review_pause),
    "sign_off_closing": (
        "PS",
        lambda at, role: sign_off_closing(_on_review(at), at.uow(role), at.practice.rulebook),
    ),
    "take_back_ending": ("S", _take_back_ending),
    "void_contact": ("PS", _void_contact),
    "void_haste_fact": ("PS", _void_haste),
}
"""By the name of the function: who may, by the first letters of their roles, and how."""
