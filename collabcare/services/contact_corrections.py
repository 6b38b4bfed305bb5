"""Marking a contact or a booking as entered in error, and taking back what it had caused.

It stays in the record with the reason, and no rule goes by it any more. Where only its outcome was wrong, the
appointment stands on without one, and what is right is then recorded as usual.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Permission
from collabcare.domain.attendance import CancellationReason
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.codes import ATTENDED, AttendanceStatus
from collabcare.domain.contact_corrections import (
    COUNTED,
    IN_ERROR,
    MISSED_AGAIN,
    SEEN_AGAIN,
    phase_without,
    refuse_contact_voiding,
    refuse_voiding_what_was_followed_up,
    search_end,
    still_missed,
)
from collabcare.domain.deaths import SEARCH_ENDED
from collabcare.domain.errors import RuleViolation
from collabcare.domain.in_a_row import consecutive_missed
from collabcare.domain.missed_run import missed_run
from collabcare.domain.reengagement import first_rung
from collabcare.domain.tracks import is_another_supervisor
from collabcare.domain.typed_text import typed_block
from collabcare.services.another_person import on_case
from collabcare.services.moving import take_move_back
from collabcare.services.once_missed import once_missed, refuse_erasing, refuse_losing_seen
from collabcare.services.open_facts import open_facts, touch
from collabcare.services.open_searches import call_off_review, end_search, open_review_row
from collabcare.services.which_contact import refuse_moved
from collabcare.store.models import Contact, Episode, Ladder, Patient, Reminder

if TYPE_CHECKING:
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.ids import ContactId
    from collabcare.domain.pathway import Pathway
    from collabcare.store.unit_of_work import UnitOfWork, Work

LONGEST_REASON = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class VoidContact:
    """A contact or booking entered in error; ``seen`` is its ``row_version`` as it was shown.

    ``never_was`` says that there never was such an appointment; else only what became of it was wrong, and it
    is booked as before. A booking without an outcome has nothing else to be wrong.
    """

    contact_id: ContactId
    seen: int
    reason: str
    never_was: bool = False


def void_contact(command: VoidContact, uow: UnitOfWork, pathway: Pathway) -> Changes:
    """Mark a contact or a booking as entered in error, with everything that followed from it.

    The search that a missed contact opened ends. A search that the contact ended goes on, unless something
    else has reached the patient since. Care that began with it has not begun. The appointment itself stands
    on, booked and without an outcome, unless there never was one. A booking is not cancelled: it was never
    made; where it was to be the new time of another, that one stands at its old time again.

    Raises:
        RuleViolation: When there is no reason, it is marked already, the episode is closed, or only another
            supervisor may take back a miss that was followed up, or what was once missed altogether; and what
            was missed while a death is recorded.
        StaleRecord: When somebody else changed it meanwhile.
    """
    with uow.begin(Permission.RECORD_CONTACT, "Mark contact as entered in error") as work:
        contact = work.get(Contact, command.contact_id, seen=command.seen)
        episode = work.get(Episode, contact.episode_id)
        reason = typed_block(command.reason, "The reason", LONGEST_REASON)
        refuse_contact_voiding(reason, voided=contact.voided_reason is not None, closed_on=episode.closed_on)
        refuse_moved(contact)
        _refuse_beside_death(work, episode, contact)
        _refuse_followed_up(work, contact)
        refuse_losing_seen(work, contact)
        if command.never_was or contact.attendance is None:
            refuse_erasing(work, contact)
        contact.voided_reason, contact.voided_by, contact.voided_at = reason, work.acting.user_id, work.at
        work.session.flush()
        take_move_back(work, contact)
        if contact.attendance is not None and AttendanceStatus(contact.attendance) in COUNTED:
            _take_back(work, episode, contact, pathway)
            work.session.flush()
        if contact.attendance == AttendanceStatus.DID_NOT_ATTEND:
            _review(work, episode)
        touch(work, Kind.CONTACT, open_facts(work, episode.id), contact.id)
        if contact.attendance is not None and not command.never_was:
            _book_as_before(work, episode, contact)
    return work.changes


def _book_as_before(work: Work, episode: Episode, wrong: Contact) -> None:
    """Let the appointment stand as it was booked, with its reminders and without an outcome.

    It names the row with the wrong outcome as what it was before. Nothing is booked for somebody who had died
    by then.
    """
    died_on = work.get(Patient, episode.patient_id).died_on
    if died_on is not None and wrong.on_date >= died_on:
        return
    booked = work.add(
        Contact(
            episode_id=episode.id,
            on_date=wrong.on_date,
            at_time=wrong.at_time,
            minutes=wrong.minutes,
            mechanism=wrong.mechanism,
            appointment_type=wrong.appointment_type,
            in_group=wrong.in_group,
            joint=wrong.joint,
            interpreter_booked=wrong.interpreter_booked,
            place=wrong.place,
            practitioner_id=wrong.practitioner_id,
            note="",
            recorded_at=work.at,
            moved_from_id=wrong.id,
        )
    )
    work.made = booked.id
    facts = open_facts(work, episode.id)
    touch(work, Kind.CONTACT, facts, booked.id)
    _remind_as_before(work, facts, wrong, booked)


def _remind_as_before(work: Work, facts: EpisodeFacts, wrong: Contact, booked: Contact) -> None:
    for given in work.session.scalars(select(Reminder).where(Reminder.contact_id == wrong.id)).all():
        again = Reminder(
            contact_id=booked.id,
            days_before=given.days_before,
            made_at=given.made_at,
            made_on=given.made_on,
            channel=given.channel,
            outcome=given.outcome,
            note=given.note,
            made_by=given.made_by,
        )
        touch(work, Kind.REMINDER, facts, work.add(again).id)


def _refuse_followed_up(work: Work, contact: Contact) -> None:
    facts = open_facts(work, contact.episode_id)
    missed = next((each for each in facts.contacts if each.id == contact.id), None)
    if missed is not None:
        other = is_another_supervisor(facts, on_case(work, facts))
        refuse_voiding_what_was_followed_up(missed, facts, by_other_supervisor=other, today=work.today)


def _refuse_beside_death(work: Work, episode: Episode, contact: Contact) -> None:
    """Refuse to mark what was once missed, or what a death has cancelled, while that death is recorded.

    No appointment is booked for the dead, so it would be gone when the death is taken back.
    """
    died_on = work.get(Patient, episode.patient_id).died_on
    if died_on is None:
        return
    opened = work.session.scalar(select(Ladder.id).where(Ladder.contact_id == contact.id))
    cancelled = contact.cancellation_reason == CancellationReason.CLINICAL and contact.on_date >= died_on
    if cancelled or opened is not None or once_missed(work, contact):
        raise RuleViolation(
            "A death is recorded, and this appointment was missed or is cancelled because of it. Take the"
            " death back first if it was recorded in error; then mark this one."
        )


def _take_back(work: Work, episode: Episode, voided: Contact, pathway: Pathway) -> None:
    """Let the searches and the phase be what the contacts that stand make them."""
    facts = _own_search_ended(work, episode, voided)
    by_contact = {ladder.contact_id: ladder for ladder in _ladders(work, facts)}
    standing: dict[int, ContactFact] = {each.id: each for each in facts.contacts}
    for contact_id, ladder in by_contact.items():
        missed = standing.get(contact_id)
        if missed is not None and _ended_by(ladder, voided):
            end = search_end(missed, facts.contacts)
            if end is not None:
                end_search(ladder, *end)
    seek_again(work, facts, pathway)
    phase = phase_without(facts, voided.on_date) if voided.attendance in ATTENDED else None
    if phase is not None:
        episode.phase, episode.phase_since = phase
        touch(work, Kind.EPISODE, facts, episode.id)


def _own_search_ended(work: Work, episode: Episode, voided: Contact) -> EpisodeFacts:
    """End the search that a miss in error opened, and return the facts without it."""
    facts = open_facts(work, episode.id)
    own = work.session.scalar(select(Ladder).where(Ladder.contact_id == voided.id))
    if own is None or own.closed_because is not None:
        return facts
    end_search(own, work.today, IN_ERROR)
    touch(work, Kind.SEARCH, facts, own.id)
    work.session.flush()
    return open_facts(work, episode.id)


def seek_again(work: Work, facts: EpisodeFacts, pathway: Pathway) -> None:
    """Seek a patient whom nothing has reached since the last missed contact that stands.

    Searches for earlier misses that are still open end with it: it is counted with them. For one who has died
    that search has ended with the death, as it would have if it had gone on.
    """
    missed = still_missed(facts)
    if missed is None:
        return
    by_contact = {each.contact_id: each for each in _ladders(work, facts)}
    ladder = by_contact.get(missed.id) or _new(work, facts, missed)
    earlier = {each.id for each in facts.contacts if each.status is not None and each.id != missed.id}
    for other in by_contact.values():
        if other.closed_on is None and other.contact_id in earlier:
            end_search(other, missed.on, MISSED_AGAIN)
    died = facts.patient.died_on is not None
    ladder.closed_on, ladder.closed_because = (work.today, SEARCH_ENDED) if died else (None, None)
    counted = consecutive_missed([each.status for each in facts.contacts if each.status])
    ladder.consecutive = max(1, counted)  # seen on the same day before a miss without a time, they stand last
    if not any(each.attempts for each in facts.ladders if each.id == ladder.id):
        ladder.first_rung = first_rung(pathway.ladder, ladder.consecutive)
    work.session.flush()
    touch(work, Kind.SEARCH, facts, ladder.id)


def _new(work: Work, facts: EpisodeFacts, missed: ContactFact) -> Ladder:
    """Make the search for a miss that had none, because the contact that does not stand came after it."""
    made = Ladder(
        episode_id=facts.episode_id, contact_id=missed.id, first_rung=1, consecutive=1, opened_on=work.today
    )
    return work.add(made)


def _ended_by(ladder: Ladder, voided: Contact) -> bool:
    because = MISSED_AGAIN if voided.attendance == AttendanceStatus.DID_NOT_ATTEND else SEEN_AGAIN
    return (ladder.closed_on, ladder.closed_because) == (voided.on_date, because)


def _review(work: Work, episode: Episode) -> None:
    """End a review of not attending at once when nothing that was missed stands."""
    review = open_review_row(work, episode.id)
    facts = open_facts(work, episode.id)
    if review is not None and missed_run(facts, today=work.today).last is None:
        review.ended_on = work.today
        touch(work, Kind.CLOSING_REVIEW, facts, review.id)
    else:
        call_off_review(work, episode)


def _ladders(work: Work, facts: EpisodeFacts) -> list[Ladder]:
    return list(work.session.scalars(select(Ladder).where(Ladder.episode_id == facts.episode_id)))
