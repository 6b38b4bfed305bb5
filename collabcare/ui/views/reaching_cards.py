"""The cards of the page on reaching a patient: what they say, each with the buttons it is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.calendar import london_date
from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.gate_today import track_today
from collabcare.domain.promises import promises_of
from collabcare.domain.search_today import rungs_ahead
from collabcare.domain.snoozes import put_off_until_words
from collabcare.ui.forms.attempt_head import attempt_words, due_words, search_now, ways_now
from collabcare.ui.forms.crisis_panel import whom_to_ring
from collabcare.ui.forms.haste_forms import haste_words
from collabcare.ui.forms.pause_forms import pause_words
from collabcare.ui.forms.ways_part import WaysPart
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.why import WhyButton

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date

    from PySide6.QtWidgets import QLayout

    from collabcare.domain.facts import LadderFact
    from collabcare.domain.reach_facts import HasteFact, PauseFact
    from collabcare.queries.patient_page import PatientPage

    ActsOf = Callable[[HasteFact], Sequence[QWidget]]


_NONE = "Nothing is recorded. That is not the same as nothing being the matter."
_WANTS_NOW = (
    "They have not been seen since they missed an appointment. Word from them says what they want now."
)
_ADDED_NONE = "Nothing was added here by hand. What else is recorded stands under “How fast we act, and why”."


def search_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Return where the search stands, and what comes after the step to act on, by plain dates."""
    step = search_now(page)
    if step is None:
        card = Card("The search")
        missed = page.facts.open_ladder is not None
        words = "Nobody searches for somebody who has died." if missed else "Nobody is being sought."
        card.body.addWidget(PlainLabel(words, wrap=True))
        if acts:
            card.body.addWidget(quiet(_WANTS_NOW))
            card.body.addWidget(FlowBox(*acts, gap=6))
        return card
    why = WhyButton(step, "The search")
    card = Card("The search", action=why)
    card.body.addWidget(PlainLabel(f"{step.what}.", TextRole.STRONG, wrap=True))
    card.body.addWidget(quiet(due_words(step, page.today)))
    card.body.addWidget(why.panel)
    card.body.addWidget(FlowBox(*acts, gap=6))
    for number, rung in enumerate(rungs_ahead(page.facts, page.rulebook.search, step)):
        first = "Next" if number == 0 else "Then"
        card.body.addWidget(quiet(f"{first}: {rung.what}, by {fmt_date(rung.due_on, weekday=True)}."))
    closes = "Only word from the patient, or of where they are, ends the search. Nothing is sent by itself."
    card.body.addWidget(quiet(closes))
    return card


def track_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Return which track holds and why, and every move between them."""
    answer = track_today(page.facts, page.rulebook, today=page.today)
    card = Card("How fast we act, and why")
    card.body.addWidget(PlainLabel(answer.sentence, wrap=True))
    if answer.set_aside:
        names = " ".join(each.sentence for each in answer.set_aside)
        agreed = fmt_date(answer.agreed_on)
        card.body.addWidget(quiet(f"Known when the Standard track was agreed on {agreed}: {names}"))
    by_id = {user.id: user.name for user in page.users}
    for move in page.facts.track_moves:
        agreed_by = by_id.get(move.agreed_by_id) if move.agreed_by_id else None
        who = f"{by_id.get(move.by_id, '')}{f', agreed by {agreed_by}' if agreed_by else ''}"
        words = f"{fmt_date(move.moved_on)}: to the {move.to.value.capitalize()} track. {move.reason} ({who})"
        card.body.addWidget(quiet(words))
    card.body.addWidget(FlowBox(*acts, gap=6))
    return card


def haste_card(page: PatientPage, add: Sequence[QWidget], acts_of: ActsOf) -> Card:
    """Return what is recorded that makes us act sooner, what holds first, each with its acts."""
    facts = page.facts
    recorded = sorted(
        (*facts.earlier.haste, *facts.haste), key=lambda fact: (fact.ended_on is not None, -fact.id)
    )
    card = Card("What makes us act sooner", count=len(recorded) or None)
    if not recorded:
        asking = track_today(facts, page.rulebook, today=page.today).reasons
        card.body.addWidget(quiet(_ADDED_NONE if asking else _NONE))
    for fact in recorded:
        words = quiet(haste_words(fact)) if fact.ended_on else PlainLabel(haste_words(fact), wrap=True)
        card.body.addLayout(column(words, FlowBox(*acts_of(fact), gap=6), gap=0))
    card.body.addWidget(FlowBox(*add, gap=6))
    return card


def pause_card(page: PatientPage, open_pause: PauseFact | None, acts: Sequence[QWidget]) -> Card:
    """Return the absence that is known now, and those before it."""
    card = Card("Known absence")
    if open_pause is None:
        card.body.addWidget(quiet("Care is not paused."))
    else:
        card.body.addWidget(PlainLabel(pause_words(open_pause), TextRole.STRONG, wrap=True))
    for pause in reversed(page.facts.pauses):
        if pause is not open_pause:
            card.body.addWidget(quiet(pause_words(pause)))
    card.body.addWidget(FlowBox(*acts, gap=6))
    return card


def ways_card(page: PatientPage) -> Card:
    """Return the safe ways to reach this patient, and whom they or we can ring when it cannot wait."""
    card = Card("How to reach them safely")
    ways = WaysPart()
    ways.show_ways(page.facts, ways_now(page, search_now(page)))
    card.body.addWidget(ways)
    card.body.addWidget(quiet(whom_to_ring(page)))
    return card


def history_card(page: PatientPage) -> Card:
    """Return every search with everything done in it, the latest first; none is too old to be here."""
    ladders = tuple(reversed(page.facts.ladders))
    card = Card("Every search so far", count=len(ladders) or None)
    if not ladders:
        card.body.addWidget(quiet("No appointment has been missed."))
    for ladder in ladders:
        card.body.addLayout(_search(ladder))
    for promise in promises_of(page.facts, today=page.today):
        card.body.addWidget(quiet(f"Promised: {promise.sentence}"))
    return card


def _search(ladder: LadderFact) -> QLayout:
    in_a_row = f", {ladder.consecutive} in a row" if ladder.consecutive > 1 else ""
    missed = f"Did not attend {fmt_date(ladder.missed_on, weekday=True)}{in_a_row}"
    ended = f"Ended {fmt_date(ladder.closed_on)}: {ladder.closed_because}" if ladder.closed_on else "Open"
    head = row(PlainLabel(missed, TextRole.STRONG), PlainLabel(ended, TextRole.SECONDARY), STRETCH, gap=12)
    lines = [quiet(words) for _at, words in sorted(_happenings(ladder), key=lambda each: each[0])]
    none = () if lines else (quiet("No attempt is recorded."),)
    inside = QWidget()
    inside.setLayout(column(*lines, *none, gap=2))
    return column(head, inside, gap=2)


def _happenings(ladder: LadderFact) -> Iterable[tuple[date, str]]:
    """Yield what was done in a search, each with its day; within a day tries come before putting off."""
    for attempt in ladder.attempts:
        note = f" {' '.join(attempt.note.split())}" if attempt.note else ""
        yield attempt.on, f"{attempt_words(attempt)}{note}"
    for snooze in ladder.snoozes:
        until, made = put_off_until_words(snooze.until), fmt_date(snooze.made_on)
        yield snooze.made_on, f"{made}. {until}: {snooze.reason}. {snooze.by}."
    if ladder.restarted_at is not None:
        day = london_date(ladder.restarted_at)
        yield day, f"{fmt_date(day)}, contact details put right: the search began again."


def quiet(text: str) -> PlainLabel:
    """Return a line in the second tone that wraps, its dates said in full."""
    label = PlainLabel(text, TextRole.SECONDARY, wrap=True)
    label.setAccessibleName(spoken_dates(text))
    return label
