"""The contact clock: by when a patient is to be seen next, and what fell through in between.

It counts from the last contact at which the patient was seen. A missed or cancelled contact never puts it
off: the clock that a missed contact resets is how people are lost. What was cancelled, or could not be held
because they came late, is to be booked again within some working days, counted from when that was known; the
booking then answers to the plan's own day.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.episode import Phase
from collabcare.domain.follow_up import FOLLOW_UP_SOURCE, FOLLOW_UP_WORDS, agreed_by, follow_up_of
from collabcare.domain.in_a_row import consecutive_patient_cancellations
from collabcare.domain.months import add_months
from collabcare.domain.reason import Basis, Reason
from collabcare.domain.search_ends import SEARCH_END_WORDS, SearchEnd
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from collabcare.domain.course import Course
    from collabcare.domain.episode import EpisodePolicy
    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook

_DNA = AttendanceStatus.DID_NOT_ATTEND
_DECLINES = SEARCH_END_WORDS[SearchEnd.DECLINES]
_PLAN = "The service model's contact plan."


def next_contact_by(facts: EpisodeFacts, pathway: Pathway) -> date | None:
    """Return the day by which the contact plan wants the patient seen again, None before the first.

    It counts from the last contact at which they were seen; nothing missed or cancelled moves it. Once the
    plan has run out it goes on every so many weeks, so that nobody drops off the end of it. Where another
    interval was agreed for this patient, that holds.
    """
    return _planned(facts, facts.attended, pathway)


def contact_due(course: Course, rulebook: Rulebook) -> Due | None:
    """Return the one next thing about contact: to rebook, a first contact, the next contact.

    None while a contact is booked in time or not written up, and while a search goes on, which says what to
    do. A contact booked late stands for nothing: what is due stays due, and it is said for when it is booked.
    """
    if course.search is not None or (course.unrecorded and course.unrecorded[0].on <= course.today):
        return None
    facts, pathway = course.facts, rulebook.pathway
    planned = _planned(facts, course.attended, pathway)
    by = planned or facts.referral_received_on + timedelta(days=pathway.first_contact_days)
    if course.booked is not None:
        if is_in_time(course.booked.on, by, rulebook.episode, today=course.today):
            return None
        reason = Reason(_BOOKED_LATE, (course.booked.on, by, course.last_seen), rulebook.episode.source)
        return Due(DueKind.CONTACT if planned else DueKind.FIRST_CONTACT, by, reason)
    if (instead := _said_no_or_rebook(course, rulebook, by)) is not None:
        return instead
    if planned is None:
        received = facts.referral_received_on
        values = (received, (course.today - received).days)
        reason = Reason(_FIRST, values, pathway.source)
        return Due(DueKind.FIRST_CONTACT, by, reason)
    last = course.attended[-1].on
    agreed = facts.follow_up_weeks is not None
    said = FOLLOW_UP_WORDS[follow_up_of(facts.follow_up_weeks)] if agreed else None
    source = FOLLOW_UP_SOURCE if agreed else pathway.source
    reason = Reason(_AGAIN, (last, len(course.attended), said), source)
    return Due(DueKind.CONTACT, by, reason)


def rebook_by_of(free_since: date, rulebook: Rulebook) -> date:
    """Return the last day to book again what fell through, as the form and every list say it."""
    return rulebook.calendar.nth_after(free_since, rulebook.pathway.rebook_working_days)


def is_in_time(booked_on: date, by: date, policy: EpisodePolicy, *, today: date) -> bool:
    """Return whether a booking stands for a contact that is due ``by`` a day.

    Where that day has passed already, it counts from today: nobody can be seen sooner than that.
    """
    return (booked_on - max(by, today)).days <= policy.booked_late_days


def booked_late(booked_on: date, by: date, policy: EpisodePolicy, *, today: date) -> Suggestion | None:
    """Point out that a day to be booked is later than the day by which a contact is due; never a refusal."""
    if is_in_time(booked_on, by, policy, today=today):
        return None
    late = fmt_days((booked_on - by).days)
    return Suggestion(
        sentence=f"That is {late} after {fmt_date(by)}, when the contact plan wants them seen. "
        "Consider an earlier day.",
        rule=_BOOKED_LATE.rule,
        used=(Used("Booked for", booked_on), Used("Due by", by)),
        source=policy.source,
    )


def contact_by(facts: EpisodeFacts, pathway: Pathway) -> date:
    """Return the day by which the patient is to be seen: by the contact plan, or for the first time."""
    planned = next_contact_by(facts, pathway)
    return planned or facts.referral_received_on + timedelta(days=pathway.first_contact_days)


def _planned(facts: EpisodeFacts, attended: tuple[ContactFact, ...], pathway: Pathway) -> date | None:
    if not attended:
        return None
    last = attended[-1].on
    if (agreed := agreed_by(facts, last, pathway.supervision.interval_days)) is not None:
        return agreed
    if facts.phase is Phase.MAINTENANCE:
        planned = (add_months(facts.phase_since, months) for months in pathway.maintenance_months)
        return next((day for day in planned if day > last), last + timedelta(weeks=pathway.after_plan_weeks))
    return last + timedelta(weeks=pathway.weeks_to_next_contact(len(attended)))


def _said_no_or_rebook(course: Course, rulebook: Rulebook, by: date) -> Due | None:
    fell_through = _fell_through(course) if course.fallen else None
    if (said_no := _said_no(course, rulebook, fell_through)) is not None:
        return said_no
    return None if fell_through is None else _rebook(course, rulebook, *fell_through, by)


def _said_no(course: Course, rulebook: Rulebook, fell_through: tuple[ContactFact, date] | None) -> Due | None:
    """Return what is owed to somebody who, when they were reached, did not want care: nothing is rebooked.

    It holds until they are seen again or something is booked, also if that then falls through; by the days in
    which a booking would be due.
    """
    last = course.facts.ladders[-1] if course.facts.ladders else None
    if last is None or last.closed_on is None or last.closed_because != _DECLINES:
        return None
    later = (course.last_seen, fell_through[1] if fell_through else None)
    if any(day is not None and day > last.closed_on for day in later):
        return None
    by = rebook_by_of(last.closed_on, rulebook)
    reason = Reason(_SAID_NO, (last.closed_on, course.last_seen), rulebook.pathway.source)
    return Due(DueKind.SAID_NO, by, reason, last.contact_id, listed_from=last.closed_on)


def _rebook(course: Course, rulebook: Rulebook, contact: ContactFact, free_since: date, by: date) -> Due:
    """Return what fell through as an appointment to make again, listed at once and due in some working days.

    A missed appointment puts nothing off: the plan's own day, where it comes first, stays the day it is due.
    """
    rebook_by = rebook_by_of(free_since, rulebook)
    cancelled = consecutive_patient_cancellations(course.facts.contacts)
    sooner = by < rebook_by  # the plan wanted them sooner, which the words say
    values = (contact.status, contact.on, cancelled, course.last_seen, sooner)
    again = (
        contact.status is AttendanceStatus.CANCELLED_BY_PATIENT
        and cancelled >= rulebook.attendance.cancellations_before_prompt
    )
    reason = Reason(_CANCELLED_AGAIN if again else _FELL_THROUGH, values, rulebook.pathway.source)
    due_on = min(by, rebook_by) if contact.status is _DNA else rebook_by
    return Due(DueKind.REBOOK, due_on, reason, contact.id, listed_from=free_since)


def _fell_through(course: Course) -> tuple[ContactFact, date] | None:
    """Return the contact that fell through last and since when, unless the patient has been seen since."""
    contact = course.fallen[0]
    free_since = _free_since(course.facts, contact)
    for other in course.fallen[1:]:
        if (since := _free_since(course.facts, other)) > free_since:
            contact, free_since = other, since
    if (seen := course.last_seen) is not None and (
        seen > free_since or (seen == free_since and contact.cancelled_on is None)
    ):
        return None
    return contact, free_since


def _free_since(facts: EpisodeFacts, contact: ContactFact) -> date:
    """Return the day from which nothing was booked any more because ``contact`` fell through."""
    if contact.status is not _DNA:
        return contact.cancelled_on or contact.on
    for ladder in facts.ladders:
        if ladder.contact_id == contact.id and ladder.closed_on is not None:
            return ladder.closed_on
    return contact.on


def _say_first(received: date, waited: int) -> str:
    return f"Referred {fmt_date(received)}, waiting {fmt_days(waited)}; nothing booked"


def _say_again(last_seen: date, _attended: int, agreed: str | None) -> str:
    how = f"{agreed}, as agreed; last" if agreed else "Last"
    return f"{how} seen {fmt_date(last_seen)}; nothing booked"


def _say_booked_late(on: date, by: date, _last_seen: date | None) -> str:
    return f"Booked for {fmt_date(on)}, due by {fmt_date(by)}"


def _say_fell_through(
    status: AttendanceStatus,
    on: date,
    _cancelled: int,
    last_seen: date | None,
    sooner: bool,  # noqa: FBT001 - a value in a row, never written as a bare True at a call
) -> str:
    """Say how a contact fell through, as the caseload and Today say it."""
    return _why_sooner(_what_became_of(status, fmt_date(on, weekday=True)), last_seen, sooner=sooner)


def _say_cancelled_again(
    _status: AttendanceStatus,
    on: date,
    cancelled: int,
    last_seen: date | None,
    sooner: bool,  # noqa: FBT001 - as above
) -> str:
    """Say that the patient has cancelled so often that it is worth asking what would help."""
    day = fmt_date(on, weekday=True)
    said = f"Cancelled {cancelled} times in a row, last {day}; ask what would make it easier"
    return _why_sooner(said, last_seen, sooner=sooner)


def _say_said_no(on: date, _last_seen: date | None) -> str:
    day = fmt_date(on, weekday=True)
    return f"Said {day} that they do not want care now: talk about safety, tell the GP, end care"


def _why_sooner(said: str, last_seen: date | None, *, sooner: bool) -> str:
    if not sooner:
        return said
    return f"{said}, last seen {fmt_date(last_seen)}" if last_seen else f"{said}, not yet seen"


def _what_became_of(status: AttendanceStatus, day: str) -> str:
    if status is AttendanceStatus.CANCELLED_BY_PROVIDER:
        return f"We cancelled {day}; nothing booked since"
    if status is AttendanceStatus.ARRIVED_LATE_NOT_SEEN:
        return f"Arrived late {day} and could not be seen; nothing booked since"
    if status is _DNA:
        return f"Did not attend {day}; nothing booked since"
    return f"Cancelled by the patient {day}; nothing booked since"


_FIRST = Basis(
    rule="due.first_contact", source=_PLAN, facts=("Referral received", "Days waiting"), say=_say_first
)
_AGAIN = Basis(
    rule="due.contact",
    source=_PLAN,
    facts=("Last seen", "Contacts attended", "Agreed for this patient"),
    say=_say_again,
)
_BOOKED_LATE = Basis(
    rule="due.booked_late", source=_PLAN, facts=("Booked for", "Due by", "Last seen"), say=_say_booked_late
)
_FACTS = (
    "What became of it",
    "Booked for",
    "Cancelled by the patient in a row",
    "Last seen",
    "The contact plan wanted them sooner",
)
_FELL_THROUGH = Basis(rule="due.rebook", source=_PLAN, facts=_FACTS, say=_say_fell_through)
_CANCELLED_AGAIN = Basis(rule="due.rebook", source=_PLAN, facts=_FACTS, say=_say_cancelled_again)
_SAID_NO = Basis(rule="due.said_no", source=_PLAN, facts=("Said so on", "Last seen"), say=_say_said_no)
