"""What would follow from an outcome before it is saved: shown beside the form that is about to record it.

Each answer comes from the same rules that apply once it is saved, run over the facts with the outcome added.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.attendance import effect_of
from collabcare.domain.codes import AttendanceStatus, ConsultationMechanism
from collabcare.domain.contact_clock import next_contact_by
from collabcare.domain.course import course_of
from collabcare.domain.display import fmt_date
from collabcare.domain.facts import ContactFact, LadderFact, time_order
from collabcare.domain.ids import ContactId, LadderId
from collabcare.domain.in_a_row import consecutive_missed, consecutive_patient_cancellations
from collabcare.domain.reengagement import first_rung
from collabcare.domain.slots import slot_end
from collabcare.domain.snoozes import put_off_until_words

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.attendance import AttendanceEffect
    from collabcare.domain.facts import AttemptFact, EpisodeFacts
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.reach_facts import PauseFact, SnoozeFact
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.search_today import SearchStep

_UNSAVED = LadderId(0)
_UNSAVED_CONTACT = ContactId(0)


def search_if_missed(
    facts: EpisodeFacts, contact: ContactFact, rulebook: Rulebook, *, today: date
) -> SearchStep | None:
    """Return where the search would stand once this contact is recorded as missed, on the track that holds.

    None when the patient has been seen since: then nobody is looked for. A miss typed in late, when a later
    one has opened a search already, is counted in that search.
    """
    missed = replace(contact, status=AttendanceStatus.DID_NOT_ATTEND)
    after = with_contact(facts, missed)
    held = after.contacts
    since = held[[each.id for each in held].index(contact.id) + 1 :]
    if any(each.status is not None and each.status.attended for each in since):
        return None
    consecutive = consecutive_missed([each.status for each in held if each.status is not None])
    standing = {each.id for each in held}
    if any(each.missed_on > contact.on for each in facts.ladders if each.contact_id in standing):
        ladders = tuple(
            replace(each, consecutive=consecutive) if each.closed_on is None else each
            for each in facts.ladders
        )
    else:
        closed = tuple(replace(each, closed_on=each.closed_on or contact.on) for each in facts.ladders)
        ladders = (*closed, _search(missed, first_rung(rulebook.pathway.ladder, consecutive), consecutive))
    return course_of(replace(after, ladders=ladders), rulebook, today).search


def search_if_put_off(
    facts: EpisodeFacts, asked: SnoozeFact, rulebook: Rulebook, *, today: date, booked_on: date | None = None
) -> SearchStep | None:
    """Return where the search would stand once its step is put off; ``booked_on`` is a day agreed with it.

    A known absence that lasts longer holds the search back longer: what is put off never shows before it.
    """
    if booked_on is not None:
        facts = with_contact(facts, _booking(booked_on))
    ladders = tuple(
        replace(each, snoozes=(*each.snoozes, asked)) if each.id == asked.ladder_id else each
        for each in facts.ladders
    )
    return course_of(replace(facts, ladders=ladders), rulebook, today).search


def search_after_try(
    facts: EpisodeFacts, made: AttemptFact, rulebook: Rulebook, *, today: date
) -> SearchStep | None:
    """Return where the search stands once this try, which did not reach them, is in it."""
    ladders = tuple(
        replace(each, attempts=(*each.attempts, made)) if each.closed_on is None else each
        for each in facts.ladders
    )
    return course_of(replace(facts, ladders=ladders), rulebook, today).search


def search_if_paused(
    facts: EpisodeFacts, asked: PauseFact, rulebook: Rulebook, *, today: date
) -> SearchStep | None:
    """Return where the search would stand once care is paused, None when nobody is sought."""
    return course_of(replace(facts, pauses=(*facts.pauses, asked)), rulebook, today).search


def shows_again(step: SearchStep | None, *, today: date, put_off: tuple[int, date] | None = None) -> str:
    """Say on which day a search is on Today again, and why not before; nothing when nobody is sought.

    A call put off holds back its own step only: where the one after it is due already, that is what to do,
    and where it comes first both days are said. ``put_off`` is the step put off and its day, which is said
    first, as the story says it.
    """
    if step is None:
        return ""
    what = f"{step.what[:1].lower()}{step.what[1:]}"
    until = "" if put_off is None else f"{put_off_until_words(put_off[1])}. "
    if put_off is not None and step.due_on == put_off[1]:
        return until.rstrip()
    if put_off is not None and step.rung.number != put_off[0] and today < step.due_on < put_off[1]:
        on = fmt_date(step.due_on, weekday=True)
        return f"{until}Before that another step is due, on {on}: {what}."
    if step.due_on <= today:
        return f"{until}The next step of the search is due already: {what}."
    why = f" {step.because}." if step.because else ""
    return f"{until}The search shows again on {fmt_date(step.due_on, weekday=True)}.{why}"


def effect_if_recorded(
    facts: EpisodeFacts, contact: ContactFact, status: AttendanceStatus, rulebook: Rulebook, *, today: date
) -> AttendanceEffect:
    """Return what this ending would do, as the service model's own working days for rebooking have it."""
    after = with_contact(facts, replace(contact, status=status))
    policy = replace(rulebook.attendance, rebook_working_days=rulebook.pathway.rebook_working_days)
    return effect_of(
        status,
        contact.cancelled_on or min(contact.on, today),
        rulebook.calendar,
        policy,
        cancelled_in_a_row=consecutive_patient_cancellations(after.contacts),
    )


def _booking(on: date) -> ContactFact:
    return ContactFact(
        id=_UNSAVED_CONTACT,
        on=on,
        at=None,
        minutes=None,
        status=None,
        mechanism=ConsultationMechanism.TELEPHONE,
        practitioner="",
        note="",
    )


def _search(missed: ContactFact, first: int, consecutive: int) -> LadderFact:
    return LadderFact(
        id=_UNSAVED,
        contact_id=missed.id,
        missed_on=missed.on,
        slot_ended=slot_end(missed.at, missed.minutes),
        first_rung=first,
        consecutive=consecutive,
        attempts=(),
        closed_on=None,
        closed_because=None,
    )


def plan_if_attended(facts: EpisodeFacts, contact: ContactFact, pathway: Pathway) -> date | None:
    """Return the day by which the contact plan would want the patient seen again after this contact."""
    attended = replace(contact, status=AttendanceStatus.ATTENDED_ON_TIME)
    return next_contact_by(with_contact(facts, attended), pathway)


def with_contact(facts: EpisodeFacts, contact: ContactFact) -> EpisodeFacts:
    """Return the facts with one contact added, or put in the place of the booking it is the outcome of."""
    others = tuple(other for other in facts.contacts if other.id != contact.id)
    return replace(facts, contacts=tuple(sorted((*others, contact), key=time_order)))
