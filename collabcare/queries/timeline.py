"""The story of one episode as a list, newest first: everything that happened, each thing in plain words.

It is made from the facts the rules read, so that the story and what is due can never disagree.
"""

from __future__ import annotations

from datetime import date, time
from typing import TYPE_CHECKING

from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.codes import AttendanceStatus
from collabcare.domain.decided import decided_words
from collabcare.domain.display import fmt_count, fmt_date
from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import EntryMode, band_for, compared, score
from collabcare.domain.letter_formats import told
from collabcare.domain.missed_because import last_said, to_consider, why_of
from collabcare.domain.routes import way_and_outcome
from collabcare.domain.safety import covered_words, quoted_answer
from collabcare.domain.safety_owed import still_stands_words
from collabcare.domain.safety_prompt import ROUTE_WORDS
from collabcare.domain.safety_reason import last_try
from collabcare.domain.scoring import out_of, work_not_applicable
from collabcare.domain.search_ends import SEARCH_END_WORDS
from collabcare.queries.beside_contacts import NOTHING_BESIDE
from collabcare.queries.timeline_care import beside_entries, care_entries
from collabcare.queries.timeline_entry import EntryKind, TimelineEntry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from collabcare.domain.facts import (
        AttemptFact,
        ContactFact,
        EpisodeFacts,
        LadderFact,
        LetterFact,
        MeasureFact,
        ReviewFact,
        SafetyPromptFact,
        StepMoveFact,
    )
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.rulebook import Rulebook
    from collabcare.queries.beside_contacts import BesideContacts


_ORDER = {kind: place for place, kind in enumerate(EntryKind)}


def timeline(
    facts: EpisodeFacts,
    rulebook: Rulebook,
    today: date,
    *,
    referral_note: str = "",
    beside: BesideContacts = NOTHING_BESIDE,
) -> tuple[TimelineEntry, ...]:
    """Return everything that has happened up to today, newest first; what is booked is not yet part of it."""
    entries = [
        _referral(facts, rulebook.pathway, referral_note),
        *_contacts(facts, today),
        *(_measure(measure, rulebook) for measure in (*facts.measures, *facts.late_forms)),
        *(_safety(prompt, facts, rulebook) for prompt in facts.safety_prompts),
        *_steps(facts, rulebook.pathway),
        *(_review(review, facts) for review in facts.reviews),
        *(_letter(letter) for letter in facts.letters),
        *care_entries(facts),
        *beside_entries(beside, today),
    ]
    if facts.closed_on is not None:
        entries.append(
            TimelineEntry(
                kind=EntryKind.CLOSED,
                subject_id=facts.episode_id,
                on=facts.closed_on,
                title="Care ended",
                text=_how_it_ended(facts),
            )
        )
    return tuple(sorted(entries, key=_place, reverse=True))


def _how_it_ended(facts: EpisodeFacts) -> str:
    ending = facts.ending
    if ending is None:
        return ""
    reason = f"{ending.reason.label}." if ending.reason is not None else ""
    onward = f"Onward: {ending.onward_to}" if ending.onward_to else ""
    return "\n".join(filter(None, (reason, onward, ending.note)))


def _place(entry: TimelineEntry) -> tuple[date, int, time, int]:
    return entry.on, _ORDER[entry.kind], entry.at or time.min, entry.subject_id


def _referral(facts: EpisodeFacts, pathway: Pathway, note: str) -> TimelineEntry:
    first = facts.step_moves[0] if facts.step_moves else None
    step = first.to_step if first is not None else facts.step
    lines = (
        f"From {facts.referrer}." if facts.referrer else "",
        note,
        f"Started on step {step}, {pathway.step(step).name}.",
    )
    return TimelineEntry(
        kind=EntryKind.REFERRAL,
        subject_id=facts.episode_id,
        on=facts.referral_received_on,
        title=f"Referred by {_source(facts)}: {facts.referral_reason.label}",
        text="\n".join(line for line in lines if line),
    )


def _source(facts: EpisodeFacts) -> str:
    """Write who referred inside a sentence; abbreviations keep their capitals."""
    label = facts.referral_source.label
    return label if label[:2].isupper() else label[0].lower() + label[1:]


def _contacts(facts: EpisodeFacts, today: date) -> Iterator[TimelineEntry]:
    searches = {ladder.contact_id: ladder for ladder in facts.ladders}
    for contact in facts.contacts:
        if contact.status is not None or contact.on < today:
            yield _contact(contact, searches.get(contact.id))
    for ladder in facts.ladders:
        for place, attempt in enumerate(ladder.attempts):
            ended = attempt.outcome.reached and place == len(ladder.attempts) - 1
            wish = _WISHES.get(ladder.closed_because or "", "") if ended else ""
            yield _attempt(attempt, ladder.id * 100 + place, wish)


def _contact(contact: ContactFact, search: LadderFact | None) -> TimelineEntry:
    if contact.status is None:
        kind, title = EntryKind.NOT_RECORDED, "Booked, what happened is not recorded"
    elif contact.status.attended:
        kind, title = EntryKind.CONTACT, contact.status.label
    elif contact.status is AttendanceStatus.DID_NOT_ATTEND:
        kind, title = EntryKind.MISSED, contact.status.label
    else:
        kind, title = EntryKind.CANCELLED, contact.status.label
    how = contact.mechanism.label.lower()
    minutes = f", {contact.minutes} minutes" if contact.minutes and kind is EntryKind.CONTACT else ""
    told = f"Cancelled on {fmt_date(contact.cancelled_on, weekday=True)}." if contact.cancelled_on else ""
    lines = (contact.note, told, _why(contact, search), _search(search) if search is not None else "")
    return TimelineEntry(
        kind=kind,
        subject_id=contact.id,
        on=contact.on,
        at=contact.at,
        title=f"{title}, {how}{minutes}, {contact.practitioner}",
        text="\n".join(line for line in lines if line),
    )


def _why(contact: ContactFact, search: LadderFact | None) -> str:
    """Say why they did not come, as it was said last, and what that suggests to think about."""
    missed = contact if contact.status is AttendanceStatus.DID_NOT_ATTEND else None
    why = last_said(missed, search.attempts if search else ())
    if why is None:
        return ""
    thought = to_consider(why.because)
    return " ".join(filter(None, (why.sentence, thought.sentence if thought else "")))


def _search(search: LadderFact) -> str:
    tries = fmt_count(len(search.attempts), "attempt") if search.attempts else "no attempt"
    if search.closed_on is None:
        return f"Still being sought: {tries} so far."
    because = search.closed_because or "Closed"
    return f"{because} {fmt_date(search.closed_on, weekday=True)} after {tries}."


_WISHES = {words: f", {words[:1].lower()}{words[1:]}" for words in SEARCH_END_WORDS.values()}


def _attempt(attempt: AttemptFact, subject_id: int, wish: str) -> TimelineEntry:
    """Return a try; ``wish`` is what the patient said they want with it, where it ended the search."""
    why = why_of(attempt)
    return TimelineEntry(
        kind=EntryKind.ATTEMPT,
        subject_id=subject_id,
        on=attempt.on,
        at=attempt.at.astimezone(LONDON).time().replace(second=0, microsecond=0),
        title=f"{way_and_outcome(attempt)}{wish}, {attempt.by}",
        text="\n".join(
            filter(None, (_promise(attempt), why.sentence if why else "", attempt.note, _decided(attempt)))
        ),
    )


def _decided(attempt: AttemptFact) -> str:
    return decided_words(attempt.decided, attempt.decided_words) if attempt.decided else ""


def _promise(attempt: AttemptFact) -> str:
    """Say who answered in the patient's place, and by when they are to come or ring."""
    spoke = f"Spoke to {attempt.spoke_to}." if attempt.spoke_to else ""
    promised = f"Promised for {fmt_date(attempt.promised_on, weekday=True)}." if attempt.promised_on else ""
    return " ".join(filter(None, (spoke, promised)))


def _measure(measure: MeasureFact, rulebook: Rulebook) -> TimelineEntry:
    instrument = rulebook.instruments[measure.instrument]
    if measure.total is None:
        title = f"{instrument.name}: {_inside(measure.text)}"
    else:
        band = band_for(instrument, measure.total)
        said = f"{instrument.name} {measure.total} of {out_of(instrument, measure.answers)}"
        if instrument.conversion:
            said += f" (metric {compared(instrument, measure.total)})"
        title = f"{said}, {band}" if band else said
        if measure.missing:
            title += f" ({'prorated, ' if measure.prorated else ''}{measure.missing} missing)"
    if measure.entry_mode is EntryMode.TOTAL_ONLY:
        text = "Total only, copied from elsewhere."
    else:
        text = f"Answers {_marks(instrument, measure.answers)}."
        if instrument.function_question and any(measure.answers):
            words = {option.value: option.label for option in instrument.function_options}
            told = words.get(measure.function_answer) if measure.function_answer is not None else None
            text += f" Function: {_inside(told) if told else 'not recorded'}."
        text += "".join(
            f" {note[:1].upper()}{note[1:].removesuffix('.')}." for note in _notes(instrument, measure)
        )
    if measure.after_end is not None:
        title = f"After care had ended: {title}"
        text += f"\n{_came_late(measure)} It counts in no figure of this care."
    if measure.correction:
        text += f"\nCorrected: {measure.correction}"
    return TimelineEntry(
        kind=EntryKind.MEASURE, subject_id=measure.id, on=measure.taken_on, title=title, text=text
    )


def _came_late(measure: MeasureFact) -> str:
    how = ROUTE_WORDS[measure.route] if measure.route else "from outside"
    on = f" on {fmt_date(london_date(measure.arrived_at), weekday=True)}" if measure.arrived_at else ""
    return f"Came in {how}{on}."


def _marks(instrument: Instrument, answers: Sequence[int | None]) -> str:
    left_out = instrument.not_applicable_item if work_not_applicable(instrument, answers) else None
    return " ".join(
        "n/a" if item == left_out else "–" if answer is None else str(answer)
        for item, answer in enumerate(answers, start=1)
    )


def _notes(instrument: Instrument, measure: MeasureFact) -> tuple[str, ...]:
    """Return what the form says besides its number, if it is still scored as it was then."""
    try:
        scored = score(instrument, measure.answers)
    except RuleViolation:
        return ()  # the questionnaire has another form by now
    return scored.notes if scored.total == measure.total else ()


_SAFETY_TITLES = {
    "talked_today": "Safety talked about",
    "already_covered": "Safety already covered in the week before",
}


def _safety(prompt: SafetyPromptFact, facts: EpisodeFacts, rulebook: Rulebook) -> TimelineEntry:
    instrument = rulebook.instruments[prompt.instrument]
    item = f"{instrument.name} item {instrument.safety_item}"
    said = quoted_answer(instrument, prompt.answer)
    answer = said if prompt.answer is None else f"answered {said}"
    asked = f"{item} {answer} on {fmt_date(prompt.opened_on, weekday=True)}."
    if prompt.closed_on is not None:
        title = _SAFETY_TITLES.get(prompt.outcome or "", "Safety conversation recorded")
        asked += f" {covered}." if (covered := covered_words(prompt)) else ""
    else:
        title = "Safety conversation still to be had"
        tried = last_try(prompt) or ("it could not be asked yet" if prompt.outcome else "")
        asked += f" {tried[:1].upper()}{tried[1:]}:" if tried else ""
    return TimelineEntry(
        kind=EntryKind.SAFETY,
        subject_id=prompt.measure_id,
        on=prompt.closed_on or prompt.opened_on,
        title=title,
        text="\n".join(filter(None, (asked, prompt.note, still_stands_words(facts, prompt)))),
    )


def _steps(facts: EpisodeFacts, pathway: Pathway) -> Iterator[TimelineEntry]:
    for place, move in enumerate(facts.step_moves):
        if move.from_step is not None:
            yield _step(move, move.from_step, place, pathway)


def _step(move: StepMoveFact, from_step: int, place: int, pathway: Pathway) -> TimelineEntry:
    agreed = "Agreed with the patient." if move.agreed_with_patient else "Not yet agreed with the patient."
    told = "GP not told yet." if move.gp_informed_on is None else f"GP told {fmt_date(move.gp_informed_on)}."
    return TimelineEntry(
        kind=EntryKind.STEP_UP if move.to_step > from_step else EntryKind.STEP_DOWN,
        subject_id=place,
        on=move.moved_on,
        title=f"{move.direction.words} from {from_step} to {move.to_step}, {pathway.step(move.to_step).name}",
        text=f"{move.reason}\n{agreed} {told}",
    )


def _review(review: ReviewFact, facts: EpisodeFacts) -> TimelineEntry:
    lines = [f"Asked: {review.question}"] if review.question else []
    lines.append(f"Decided: {review.decision}")
    for action in facts.actions:
        if action.review_id == review.id:
            done = f"done {fmt_date(action.done_on)}" if action.done_on else f"by {fmt_date(action.due_on)}"
            lines.append(f"Action: {action.text} ({action.owner}, {done})")
    return TimelineEntry(
        kind=EntryKind.SUPERVISION,
        subject_id=review.id,
        on=review.reviewed_on,
        title=f"Supervision with {review.supervisor}",
        text="\n".join(lines),
    )


def _letter(letter: LetterFact) -> TimelineEntry:
    return TimelineEntry(
        kind=EntryKind.LETTER,
        subject_id=letter.id,
        on=letter.issued_on,
        title=f"Letter: {letter.title}",
        text=told(letter),
    )


def _inside(words: str) -> str:
    """Write words in the middle of a sentence."""
    return words[:1].lower() + words[1:]
