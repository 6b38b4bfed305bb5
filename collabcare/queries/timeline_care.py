"""The story beside contacts and scores: safety, goals, medicines, reminders, pauses, decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.due_kinds import DUE_WORDS
from collabcare.domain.goal_words import LIFE_DOMAIN_WORDS
from collabcare.domain.haste import HASTE_WORDS
from collabcare.domain.medication import TOLD_BY
from collabcare.domain.milestones import MILESTONE_WORDS
from collabcare.domain.moving import ASKED_WORDS
from collabcare.domain.postponing import Waiting
from collabcare.domain.reach_facts import Track
from collabcare.domain.reengagement import CHANNEL_WORDS
from collabcare.domain.reminder_lists import REMINDER_WORDS
from collabcare.domain.safety_facts import PlanStatus
from collabcare.domain.snoozes import put_off_until_words
from collabcare.domain.supervision_news import PROPOSAL_WORDS
from collabcare.queries.timeline_closing import closing_entries
from collabcare.queries.timeline_entry import EntryKind, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts, LadderFact
    from collabcare.domain.notes import InErrorFact
    from collabcare.domain.people_facts import MedicationFact
    from collabcare.domain.plan_facts import ProposalFact
    from collabcare.domain.safety_facts import SafetyPlanFact
    from collabcare.queries.beside_contacts import BesideContacts
    from collabcare.queries.earlier_care import CareRow

_ENDED = 1_000_000
"""Keeps the numbers of endings apart from those of the beginnings of the same things."""


def care_entries(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    """Yield everything that happened in an episode beside contacts, scores, steps, reviews and letters."""
    yield from _reminders(facts)
    yield from _moves(facts)
    yield from _assessments(facts)
    for plan in facts.safety_plans:
        yield from _plan(plan)
    yield from _haste(facts)
    yield from _goals(facts)
    yield from _medicines(facts)
    yield from _tracks(facts)
    for ladder in facts.ladders:
        yield from _snoozes(ladder)
    yield from _postponements(facts)
    yield from _pauses(facts)
    yield from closing_entries(facts)
    yield from (_proposal(proposal) for proposal in facts.proposals)
    yield from _milestones(facts)


def earlier_entries(care: Iterable[CareRow]) -> tuple[TimelineEntry, ...]:
    """Return the patient's other episodes, one line each, the newest first."""
    return tuple(
        TimelineEntry(
            kind=EntryKind.EARLIER,
            subject_id=row.episode_id,
            on=row.received_on,
            title=f"Other care, step {row.step}: {row.reason}",
            text="\n".join(filter(None, (_closed(row), "Enter opens it."))),
        )
        for row in care
    )


def _closed(row: CareRow) -> str:
    if row.closed_on is None:
        return "Still open."
    how = f": {row.ended}" if row.ended else ""
    return f"Ended {fmt_date(row.closed_on, weekday=True)}{how}."


def beside_entries(beside: BesideContacts, today: date) -> Iterator[TimelineEntry]:
    """Yield the notes, and what was entered in error with the reason and who marked it."""
    for note in beside.notes:
        late = london_date(note.recorded_at)
        written = "" if late == note.on else f"Written {fmt_date(late, weekday=True)}."
        yield TimelineEntry(
            kind=EntryKind.NOTE,
            subject_id=note.id,
            on=note.on,
            title=f"Note, {note.by}",
            text="\n".join(filter(None, (note.text, written))),
        )
    for place, wrong in enumerate(beside.in_error):
        yield _in_error(wrong, place, today)


def _in_error(wrong: InErrorFact, place: int, today: date) -> TimelineEntry:
    who = f" by {wrong.by}" if wrong.by else ""
    on = f" {fmt_date(wrong.marked_on, weekday=True)}" if wrong.marked_on else ""
    return TimelineEntry(
        kind=EntryKind.IN_ERROR,
        subject_id=place,
        on=min(wrong.on, wrong.marked_on or today),
        title=f"Entered in error: {wrong.what}",
        text="\n".join(filter(None, (f"Marked{on}{who}: {wrong.reason}", wrong.text))),
    )


def _moves(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    for each in facts.moves:
        how = each.mechanism.label.lower()
        yield TimelineEntry(
            kind=EntryKind.MOVED,
            subject_id=each.id,
            on=each.moved_on,
            title=f"Moved from {each.was.words} to {each.to.words}, {how}",
            text="\n".join(filter(None, (f"{ASKED_WORDS[each.asked_by]}.", each.note))),
        )


def _reminders(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    days = {contact.id: contact.on for contact in facts.contacts}
    for each in facts.reminders:
        about = days.get(each.contact_id)
        of = f" of {fmt_date(about, weekday=True)}" if about else ""
        how, came = CHANNEL_WORDS[each.channel], REMINDER_WORDS[each.outcome]
        yield TimelineEntry(
            kind=EntryKind.REMINDER,
            subject_id=each.contact_id * 100 + each.days_before,
            on=each.made_on,
            at=each.made_at.astimezone(LONDON).time().replace(second=0, microsecond=0),
            title=f"Reminder{of}, {_inside(how)}: {_inside(came)}, {each.by}",
            text=each.note,
        )


def _assessments(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    for each in facts.safety_assessments:
        quickly = "Act quickly if contact is lost." if each.act_quickly_if_contact_lost else ""
        lines = (
            each.formulation,
            f"If contact is lost: {each.if_contact_lost}" if each.if_contact_lost else quickly,
            f"Done at once: {each.action_now}" if each.action_now else "",
            f"To be looked at again on {fmt_date(each.review_on, weekday=True)}.",
        )
        yield TimelineEntry(
            kind=EntryKind.SAFETY,
            subject_id=_ENDED + each.id,
            on=each.assessed_on,
            title=f"Safety assessment, version {each.version}",
            text="\n".join(filter(None, lines)),
        )


_PLAN_TITLES = {
    PlanStatus.DRAFT: "Safety plan begun, not in use yet",
    PlanStatus.DECLINED: "Safety plan offered, declined",
}


def _plan(plan: SafetyPlanFact) -> Iterator[TimelineEntry]:
    lines = (
        plan.declined_reason,
        f"To be looked at again on {fmt_date(plan.review_on, weekday=True)}." if plan.review_on else "",
        f"Copy given: {plan.copy_given}" if plan.copy_given else "",
        f"Shared with: {plan.shared_with}" if plan.shared_with else "",
    )
    yield TimelineEntry(
        kind=EntryKind.SAFETY,
        subject_id=2 * _ENDED + plan.id,
        on=plan.made_on,
        title=_PLAN_TITLES.get(plan.status, f"Safety plan made with the patient, version {plan.version}"),
        text="\n".join(filter(None, lines)),
    )
    if plan.ended_on is not None:
        yield TimelineEntry(
            kind=EntryKind.SAFETY,
            subject_id=3 * _ENDED + plan.id,
            on=plan.ended_on,
            title="Safety plan ended",
            text=plan.ended_reason,
        )


def _haste(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    for each in facts.haste:
        words = HASTE_WORDS[each.kind]
        yield TimelineEntry(
            kind=EntryKind.HASTE, subject_id=each.id, on=each.happened_on, title=words, text=each.note
        )
        if each.ended_on is not None:
            ended = f"No longer so: {_inside(words)}"
            yield TimelineEntry(
                kind=EntryKind.HASTE, subject_id=_ENDED + each.id, on=each.ended_on, title=ended
            )


def _goals(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    rated: dict[date, list[str]] = {}
    for goal in facts.goals:
        area = f" ({_inside(LIFE_DOMAIN_WORDS[goal.domain])})" if goal.domain else ""
        yield TimelineEntry(
            kind=EntryKind.GOAL,
            subject_id=goal.id,
            on=goal.opened_on,
            title=f"Goal agreed{area}",
            text=f"“{goal.text}”",
        )
        if goal.closed_on is not None:
            yield TimelineEntry(
                kind=EntryKind.GOAL,
                subject_id=_ENDED + goal.id,
                on=goal.closed_on,
                title="Goal closed",
                text=f"“{goal.text}”",
            )
        for rating in goal.ratings:
            rated.setdefault(rating.rated_on, []).append(f"{rating.rating} of 10: “{goal.text}”")
    for day, lines in rated.items():
        yield TimelineEntry(
            kind=EntryKind.GOAL, subject_id=2 * _ENDED, on=day, title="Goals rated", text="\n".join(lines)
        )


def _medicines(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    by_id = {each.id: each for each in facts.medication}
    replaced = {each.replaces_id for each in facts.medication}
    for each in facts.medication:
        if (began := _began(each, by_id)) is not None and began.on >= facts.referral_received_on:
            yield began
        ended_on = each.ended_on
        if ended_on is not None and each.id not in replaced and ended_on >= facts.referral_received_on:
            yield TimelineEntry(
                kind=EntryKind.MEDICINE,
                subject_id=_ENDED + each.id,
                on=ended_on,
                title=f"Medicine stopped: {_medicine(each)}",
                text=each.end_note,
            )


def _began(each: MedicationFact, by_id: dict[int, MedicationFact]) -> TimelineEntry | None:
    """Tell of the start of a medicine, or of the day it was first told of when nobody knows its start."""
    before = by_id.get(each.replaces_id) if each.replaces_id is not None else None
    heard = each.recorded_at.astimezone(LONDON).date() if each.recorded_at else None
    on = each.started_on or heard
    if on is None:
        return None
    if before is not None:
        title = f"Medicine changed: {_medicine(before)} to {each.dose or each.name}"
    elif each.started_on is None:
        title = f"Medicine taken already: {_medicine(each)}"
    else:
        title = f"Medicine started: {_medicine(each)}"
    source = TOLD_BY[each.reported_by]
    told = f"{source[:1].upper()}{source[1:]}."
    lines = (f"For {each.purpose}." if each.purpose else "", each.taking, told)
    return TimelineEntry(
        kind=EntryKind.MEDICINE,
        subject_id=each.id,
        on=on,
        title=title,
        text="\n".join(filter(None, lines)),
    )


def _medicine(each: MedicationFact) -> str:
    return f"{each.name} {each.dose}".strip()


_TRACK_TITLES = {
    Track.PROMPT: "Moved to the Prompt track: we act soon when they do not attend",
    Track.STANDARD: "Moved to the Standard track",
}


def _tracks(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    for place, move in enumerate(facts.track_moves):
        agreed = "Agreed by a supervisor." if move.agreed_by_id is not None else ""
        yield TimelineEntry(
            kind=EntryKind.TRACK,
            subject_id=place,
            on=move.moved_on,
            title=_TRACK_TITLES[move.to],
            text="\n".join(filter(None, (move.reason, agreed))),
        )


def _snoozes(ladder: LadderFact) -> Iterator[TimelineEntry]:
    for place, each in enumerate(ladder.snoozes):
        yield TimelineEntry(
            kind=EntryKind.PUT_OFF,
            subject_id=ladder.id * 100 + place,
            on=each.made_on,
            title=f"{put_off_until_words(each.until)}: step of the search, {each.by}",
            text=each.reason,
        )


def _postponements(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    for place, each in enumerate(facts.postponements):
        what = DUE_WORDS[each.kind]
        if each.decision is Waiting.DECLINED or each.until is None:
            title = f"Decided against for now: {_inside(what)}, {each.by}"
        else:
            title = f"{put_off_until_words(each.until)}: {_inside(what)}, {each.by}"
        yield TimelineEntry(
            kind=EntryKind.PUT_OFF,
            subject_id=_ENDED + place,
            on=each.made_on,
            title=title,
            text=each.reason,
        )


def _pauses(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    for each in facts.pauses:
        on = each.review_on
        again = f"To be looked at again on {fmt_date(on, weekday=True)}." if on else ""
        yield TimelineEntry(
            kind=EntryKind.PAUSE,
            subject_id=each.id,
            on=each.started_on,
            title="Care paused: no contact expected",
            text="\n".join(filter(None, (each.reason, again))),
        )
        if each.ended_on is not None:
            yield TimelineEntry(
                kind=EntryKind.PAUSE, subject_id=_ENDED + each.id, on=each.ended_on, title="Pause ended"
            )


def _proposal(each: ProposalFact) -> TimelineEntry:
    decided = "Agreed" if each.agreed else "Not agreed"
    lines = (
        f"{decided} {fmt_date(each.decided_on)}." if each.decided_on else "",
        f"Accepted {fmt_date(each.accepted_on)}." if each.accepted_on else "",
        f"Turned down {fmt_date(each.rejected_on)}." if each.rejected_on else "",
    )
    to = f" to {each.to_service}" if each.to_service else ""
    return TimelineEntry(
        kind=EntryKind.PROPOSAL,
        subject_id=each.id,
        on=each.proposed_on,
        title=f"Proposed: {_inside(PROPOSAL_WORDS[each.kind])}{to}",
        text="\n".join(filter(None, lines)) or "Not decided yet.",
    )


def _milestones(facts: EpisodeFacts) -> Iterator[TimelineEntry]:
    for each in facts.milestones:
        at = each.at.astimezone(LONDON) if each.at else None
        clock = f" at {fmt_time(at)}" if at else ""
        yield TimelineEntry(
            kind=EntryKind.MILESTONE,
            subject_id=each.id,
            on=each.reached_on,
            title=f"{MILESTONE_WORDS[each.kind]}{clock}",
            text=each.finding,
        )


def _inside(words: str) -> str:
    """Write words in the middle of a sentence; abbreviations keep their capitals."""
    return words if words[:2].isupper() else f"{words[:1].lower()}{words[1:]}"
