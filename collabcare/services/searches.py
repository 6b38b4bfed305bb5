"""Trying to reach a patient who did not attend: each try, its putting off, and what came of it.

Only word from the patient, or word of where they are, ends a search. Nothing here closes an episode.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain import attempts as rules
from collabcare.domain.acting import Permission
from collabcare.domain.attempt_details import (
    LONGEST_NAME,
    note_of_unsafe_way,
    refuse_answered,
    refuse_time,
)
from collabcare.domain.calendar import london_date
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.course import course_of
from collabcare.domain.deaths import told_in_try
from collabcare.domain.decided import refuse_decided, refuse_wordless
from collabcare.domain.errors import RuleViolation
from collabcare.domain.gate_today import track_today
from collabcare.domain.missed_because import MAY_SAY_WHY, MissedBecause, refuse_because
from collabcare.domain.own_words import search_to_answer
from collabcare.domain.reach_facts import PauseFact, SnoozeFact, SnoozeKind
from collabcare.domain.reaching import safe_ways
from collabcare.domain.reengagement import AttemptOutcome, Channel, refuse_attempt
from collabcare.domain.routes import way_kept
from collabcare.domain.search_ends import REACHED, SEARCH_END_WORDS, SearchEnd, after_contact
from collabcare.domain.search_letters import ATTEMPT_BY, rung_of_letter, tries_now
from collabcare.domain.snoozes import refuse_snooze
from collabcare.domain.typed_text import typed_block, typed_line
from collabcare.queries.case_people import ANSWERING, LOGGING
from collabcare.services.contacts import Booking, book
from collabcare.services.deaths import note_death
from collabcare.services.found_out import note_of, what_is_recorded
from collabcare.services.in_care import open_episode
from collabcare.services.open_facts import open_facts, touch
from collabcare.services.open_searches import call_off_review, end_search, open_review_row
from collabcare.services.patient_details import correct_details
from collabcare.services.pauses import begin_pause
from collabcare.store.models import Attempt, Ladder, Patient, Snooze

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.decided import Decided
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, LadderId
    from collabcare.domain.patient_details import ContactDetails
    from collabcare.domain.reaching import Route
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.models import Episode
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOfIt:
    """What came of a try: the end of the search, or details put right, with what each of them needs.

    ``safety`` is what was said about safety where they do not want care.
    """

    end: SearchEnd
    safety: str = ""
    return_on: date | None = None
    died_on: date | None = None
    details: ContactDetails | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogAttempt:
    """One try to reach a patient who did not attend; speaking to them closes the ladder.

    ``accessible`` says that it was in the format and language they need. ``seen`` is how many tries of this
    search the user was looking at, None where they were shown none. ``tried_at`` (aware) is when it was made,
    None for now. ``spoke_to`` is who answered when it was not the patient, ``promised_on`` the day on which
    the patient, it was said, would come or ring. ``unsafe_reason`` says why a way was used that is not to be
    used for this patient. ``route`` is by which way of the channel it went, None where nobody says.
    ``decided`` is what was decided in a talk, ``decided_words`` why; ``through_number`` the number or whose
    telephone it was, where none that may be rung is recorded. ``another`` says that it is another one than
    a try just like it, which the user was shown.
    """

    episode_id: EpisodeId
    ladder_id: LadderId
    rung: int
    channel: Channel
    outcome: AttemptOutcome
    note: str = ""
    next_booking: Booking | None = None
    accessible: bool = False
    seen: int | None = None
    came_of_it: CameOfIt | None = None
    tried_at: datetime | None = None
    spoke_to: str = ""
    promised_on: date | None = None
    unsafe_reason: str = ""
    route: Route | None = None
    missed_because: MissedBecause | None = None
    missed_because_words: str = ""
    decided: Decided | None = None
    decided_words: str = ""
    through_number: str = ""
    another: bool = False


class LetterSent(NamedTuple):
    """A letter that was issued: its kind, its title, and whether it is in the form they need."""

    kind: str
    title: str
    accessible: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordReply:
    """Word from the patient on a day, such as an answer to the keep-in-touch letter."""

    episode_id: EpisodeId
    ladder_id: LadderId
    answered_on: date
    channel: Channel
    note: str = ""
    next_booking: Booking | None = None
    came_of_it: CameOfIt | None = None
    route: Route | None = None
    missed_because: MissedBecause | None = None
    missed_because_words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PutOff:
    """The step to act on now, to be shown again on a day; ``next_booking`` is what it waits for, if new."""

    episode_id: EpisodeId
    ladder_id: LadderId
    rung: int
    kind: SnoozeKind
    until: date
    reason: str
    next_booking: Booking | None = None


def log_attempt(command: LogAttempt, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Record one try to reach the patient; only reaching or finding them closes the ladder.

    Raises:
        RuleViolation: When the ladder is closed or another patient's, the outcome cannot come of the channel,
            the way is not to be used and nobody says why, its time cannot be, or something is lacking.
        StaleRecord: When somebody else logged a try meanwhile.
    """
    with uow.begin(Permission.LOG_ATTEMPT, LOGGING) as work:
        episode, ladder = _search(work, command.episode_id, command.ladder_id)
        refuse_attempt(command.channel, command.outcome)
        rules.refuse_rung(command.rung, rulebook.search.ladders)
        facts = open_facts(work, episode.id)
        made = _attempt(_checked(command, facts, rulebook, work), work)
        if command.next_booking is not None:
            book(work, episode, command.next_booking)
        _find(command, made.note, (episode, ladder), rulebook, work)
        touch(work, Kind.ATTEMPT, facts, made.id)
    return work.changes


def record_reply(command: RecordReply, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Record that the patient was in touch: the search ends, and so does a review of not attending.

    Where a word had ended it already and they have not been seen since, this is what they want now.

    Raises:
        RuleViolation: When they are not being sought, its day cannot be, or what came of it lacks something.
    """
    with uow.begin(Permission.LOG_ATTEMPT, ANSWERING) as work:
        says = command.came_of_it.end if command.came_of_it else None
        episode, ladder = _search(work, command.episode_id, command.ladder_id, says)
        facts = open_facts(work, episode.id)
        found = next(each for each in facts.ladders if each.id == ladder.id)
        rules.refuse_reply(command.channel, command.answered_on, missed_on=found.missed_on, today=work.today)
        note = note_of(command)
        answer = LogAttempt(
            episode_id=command.episode_id,
            ladder_id=command.ladder_id,
            rung=max((attempt.rung for attempt in found.attempts), default=found.first_rung),
            channel=command.channel,
            outcome=AttemptOutcome.SPOKE,
            note=note,
            next_booking=command.next_booking,
            came_of_it=command.came_of_it,
            route=way_kept(command.channel, command.route, AttemptOutcome.SPOKE, ""),
            missed_because=command.missed_because,
            missed_because_words=command.missed_because_words,
        )
        made = _attempt(answer, work, command.answered_on)
        review = open_review_row(work, episode.id)
        if review is not None and review.opt_in_sent_on is not None:
            review.opted_in_on = command.answered_on
        if command.next_booking is not None:
            book(work, episode, command.next_booking)
        _find(answer, note, (episode, ladder), rulebook, work)
        touch(work, Kind.ATTEMPT, facts, made.id)
    return work.changes


def put_off(command: PutOff, uow: UnitOfWork, rulebook: Rulebook) -> Changes:
    """Put the step to act on off as long and often as its track allows; RuleViolation says what that is."""
    with uow.begin(Permission.LOG_ATTEMPT, "Put off step of search") as work:
        episode, ladder = _search(work, command.episode_id, command.ladder_id)
        if command.next_booking is not None:
            book(work, episode, command.next_booking)
        facts = open_facts(work, episode.id)
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        asked = SnoozeFact(
            ladder_id=command.ladder_id,
            rung=command.rung,
            kind=command.kind,
            made_on=work.today,
            until=command.until,
            reason=reason,
            by=work.acting.name,
        )
        track = track_today(facts, rulebook, today=work.today).track
        refuse_snooze(asked, facts, rulebook.search, track=track)
        made = work.add(
            Snooze(
                ladder_id=ladder.id,
                rung=asked.rung,
                kind=asked.kind,
                made_on=asked.made_on,
                until=asked.until,
                reason=reason,
                made_by=work.acting.user_id,
                recorded_at=work.at,
            )
        )
        touch(work, Kind.SEARCH, facts, made.id)
        work.made = made.id
    return work.changes


def log_letter(work: Work, facts: EpisodeFacts, sent: LetterSent, rulebook: Rulebook) -> None:
    """Log a letter just issued as a try to reach the patient, inside its transaction.

    Raises:
        RuleViolation: When nobody is sought, the letter is none of a search, or may not go to the patient.
        NotAllowed: When this user's role may log no attempt.
    """
    work.acting.require(Permission.LOG_ATTEMPT)
    step = course_of(facts, rulebook, work.today).search
    if step is None or sent.kind not in tries_now(facts, rulebook.search, step):
        raise RuleViolation(
            "This letter is no try to reach somebody who is sought. Issue it without logging one."
        )
    command = LogAttempt(
        episode_id=facts.episode_id,
        ladder_id=step.ladder.id,
        rung=rung_of_letter(sent.kind, rulebook.search, step),
        channel=ATTEMPT_BY[sent.kind],
        outcome=AttemptOutcome.SENT,
        note=f"Letter issued: {sent.title}",
        accessible=sent.accessible,
    )
    made = _attempt(_checked(command, facts, rulebook, work), work)
    touch(work, Kind.ATTEMPT, facts, made.id)


def _search(
    work: Work, episode_id: EpisodeId, ladder_id: LadderId, says: SearchEnd | None = None
) -> tuple[Episode, Ladder]:
    episode, ladder = open_episode(work, episode_id), work.get(Ladder, ladder_id)
    news = says is not None and SEARCH_END_WORDS[says] != ladder.closed_because
    answered = search_to_answer(open_facts(work, episode.id)) if news else None
    goes_on = ladder.closed_on is None or (answered is not None and answered.id == ladder.id)
    if ladder.episode_id != episode.id or not goes_on:
        raise RuleViolation("The patient has been reached already, so there is no attempt to log.")
    return episode, ladder


def _checked(command: LogAttempt, facts: EpisodeFacts, rulebook: Rulebook, work: Work) -> LogAttempt:
    """Refuse a try that cannot be logged as it stands, and return it as it is kept.

    What went by a way that is not to be used counts as in no format they can use.
    """
    search = next(each for each in facts.ladders if each.id == command.ladder_id)
    on = work.today
    if command.tried_at is not None:
        refuse_time(
            command.tried_at, now=work.at, missed_on=search.missed_on, calendar=rulebook.search.calendar
        )
        on = london_date(command.tried_at)
    spoke_to = typed_line(command.spoke_to, "Who answered", LONGEST_NAME)
    refuse_answered(command.outcome, spoke_to, command.promised_on, on=on)
    typed = note_of(command)
    reason = typed_line(command.unsafe_reason, "The reason", LONGEST_REASON)
    why = typed_block(command.decided_words, "The words about the decision", LONGEST_REASON)
    refuse_wordless(command.channel, command.outcome, typed, found=command.came_of_it is not None)
    refuse_decided(command.decided, why, command.channel, command.outcome)
    ways = safe_ways(facts, rulebook.reengagement.reach)
    route = way_kept(command.channel, command.route, command.outcome, spoke_to)
    why_not = rules.why_not_this_way(ways, command.channel, command.outcome, route)
    unknown = rules.number_to_say(ways, command.channel, command.outcome, route)
    number = typed_line(command.through_number, "The number", LONGEST_NAME)
    note = rules.note_with_number(unknown, number, note_of_unsafe_way(why_not, reason, typed))
    rules.refuse_unseen_attempts(search.attempts, command.seen)
    made = rules.Try(
        rung=command.rung,
        channel=command.channel,
        outcome=command.outcome,
        by=work.acting.name,
        at=command.tried_at or work.at,
        note=note,
        route=route,
    )
    if not command.another:
        rules.refuse_same_attempt(search, made, same_minutes=rulebook.reengagement.same_try_minutes)
    fits = command.accessible and not why_not
    return replace(command, note=note, spoke_to=spoke_to, accessible=fits, route=route, decided_words=why)


def _attempt(command: LogAttempt, work: Work, on: date | None = None) -> Attempt:
    at = command.tried_at or work.at
    words = typed_line(command.missed_because_words, "The reason", LONGEST_NAME)
    refuse_because(command.missed_because, words, may_say=command.outcome in MAY_SAY_WHY)
    return work.add(
        Attempt(
            ladder_id=command.ladder_id,
            rung=command.rung,
            on_date=on or london_date(at),
            at=at,
            channel=command.channel,
            outcome=command.outcome,
            note=command.note,
            accessible=command.accessible,
            spoke_to=command.spoke_to,
            promised_on=command.promised_on,
            route=command.route,
            missed_because=command.missed_because,
            missed_because_words=words if command.missed_because else None,
            decided=command.decided,
            decided_words=command.decided_words or None,
            made_by=work.acting.user_id,
        )
    )


def _find(
    command: LogAttempt, note: str, sought: tuple[Episode, Ladder], rulebook: Rulebook, work: Work
) -> None:
    """Do what follows from a try: end the search, begin it again, or go on with it."""
    episode, ladder = sought
    found = command.came_of_it
    if found is not None:
        facts = open_facts(work, episode.id)
        recorded = what_is_recorded(found, note, facts, work.today)
        booked = command.next_booking is not None
        finding = rules.Finding(end=found.end, recorded=recorded, spoke_to=command.spoke_to, booked=booked)
        rules.refuse_finding(finding, command.channel, command.outcome)
        if after_contact(found.end).closes_search:
            end_search(ladder, work.today, SEARCH_END_WORDS[found.end])
            work.session.flush()
            facts = open_facts(work, episode.id)
        _carry_out(command, note, facts, rulebook, work)
    elif command.outcome.reached:
        rules.refuse_silence(note, booked=command.next_booking is not None)
        end_search(ladder, work.today, REACHED)
    call_off_review(work, episode)


def _carry_out(command: LogAttempt, note: str, facts: EpisodeFacts, rulebook: Rulebook, work: Work) -> None:
    """Record what was found out, as far as this user's role may."""
    found = command.came_of_it
    if found is None:
        return
    if found.end is SearchEnd.WANTS_PAUSE:
        work.acting.require(Permission.PAUSE_CARE)
        asked = PauseFact(
            started_on=work.today, reason=note or "The patient asked for a pause", review_on=found.return_on
        )
        begin_pause(work, facts, asked, rulebook)
    elif found.end is SearchEnd.DIED and found.died_on is not None:
        work.acting.require(Permission.RECORD_DEATH)
        told_by = told_in_try(command.spoke_to, command.channel)
        note_death(work, work.get(Patient, facts.patient.patient_id), found.died_on, told_by)
    elif found.end is SearchEnd.WRONG_DETAILS and found.details is not None:
        work.acting.require(Permission.CHANGE_DETAILS)
        correct_details(work, work.get(Patient, facts.patient.patient_id), found.details)
