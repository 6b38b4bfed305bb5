"""What the Safety page shows: what is open, the formulation and the plan as they stand, and whom to ring.

What nobody has talked about says "Not discussed". Nothing here has a colour of its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.crisis_lines import crisis_lines
from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.safety import (
    answer_line,
    covered_words,
    last_answer,
    last_outcome,
    last_talk,
    outcome_line,
)
from collabcare.domain.safety_assessment import (
    ASSESSMENT_HEADINGS,
    NOT_DISCUSSED,
    assessment_review,
    care_ended,
    formulation_needed,
    standing_assessment,
)
from collabcare.domain.safety_owed import assessment_to_write, still_stands_words
from collabcare.domain.safety_page import printed_under
from collabcare.domain.safety_plan import (
    PLAN_HEADINGS,
    PlanStep,
    plan_banner,
    plan_review,
    plan_steps,
    standing_plan,
)
from collabcare.domain.safety_reason import last_try, why_open
from collabcare.domain.safety_versions import ACT_QUICKLY, REVIEW, whole_assessment, whole_plan
from collabcare.ui.forms.crisis_panel import CrisisPanel
from collabcare.ui.forms.safety_plan_form import draft_of
from collabcare.ui.theme import current_theme
from collabcare.ui.views.suggested import quiet
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.why import WhyButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QLayout, QWidget

    from collabcare.domain.facts import SafetyPromptFact
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.reason import Explained
    from collabcare.domain.safety_facts import SafetyPlanFact
    from collabcare.queries.patient_page import PatientPage

_PRINTED = "Printed with step 5"
_FIRST = (
    ASSESSMENT_HEADINGS["quick_concern"],
    ASSESSMENT_HEADINGS["if_contact_lost"],
    ACT_QUICKLY,
    ASSESSMENT_HEADINGS["formulation"],
)
"""What is read first when somebody did not come: it stands above everything else."""


def conversations_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Say which conversations are open, the answer and the one before in words; else the last answers."""
    facts = page.facts
    card = Card("Safety conversations", count=len(facts.open_safety_prompts) or None)
    card.setObjectName("safety_conversations")
    _put_acts(card, acts)
    for prompt in facts.open_safety_prompts:
        card.body.addLayout(_open_one(page, prompt))
    if not facts.open_safety_prompts:
        card.body.addWidget(PlainLabel("None is open."))
        for instrument in _asking(page):
            card.body.addWidget(quiet(last_answer(facts, instrument)))
    if (recorded := last_outcome(facts)) is not None:
        for words in (_covered(page, recorded), still_stands_words(facts, recorded)):
            if words:
                card.body.addWidget(quiet(words))
    card.body.addWidget(quiet(last_talk(facts, page.today)))
    return card


def assessment_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Show the assessment that stands: what raises concern and what to do if contact is lost come first."""
    card = Card("Safety assessment and formulation")
    card.setObjectName("safety_assessment")
    standing = standing_assessment(page.facts)
    needed = formulation_needed(page.facts, page.rulebook.safety)
    _put_acts(card, acts)
    if (owed := assessment_to_write(page.facts)) is not None and not care_ended(page.facts):
        card.body.addLayout(_told(owed))
    if needed is not None:
        card.body.addLayout(_told(needed))
    if standing is None:
        card.body.addWidget(_nothing() if owed is None else quiet("None is written yet."))
        return card
    said = f"Version {standing.version}, talked about on {fmt_date(standing.assessed_on, weekday=True)}"
    review = assessment_review(page.facts, page.rulebook.safety, today=page.today)
    due = "." if review else f", to be reviewed by {fmt_date(standing.review_on, weekday=True)}."
    card.body.addWidget(quiet(f"{said}{due}"))
    if review is not None:
        card.body.addLayout(_told(review.suggestion))
    parts = whole_assessment(standing)
    for heading in _FIRST:
        card.body.addLayout(_part(heading, parts[heading], TextRole.STRONG))
    card.body.addSpacing(current_theme().px(8))
    for heading, text in parts.items():
        if heading not in {*_FIRST, REVIEW}:
            card.body.addLayout(_part(heading, text))
    return card


def plan_card(page: PatientPage, acts: Sequence[QWidget]) -> Card:
    """Show the plan in use as its six steps; without one, what is known instead."""
    card = Card("Safety plan")
    card.setObjectName("safety_plan")
    active, draft = standing_plan(page.facts), draft_of(page)
    _put_acts(card, acts)
    if page.facts.safety_plans:
        card.body.addWidget(quiet(plan_banner(page.facts, today=page.today)))
    if words := _which_is_shown(active, draft):
        card.body.addWidget(PlainLabel(words, TextRole.STRONG, wrap=True))
    review = plan_review(page.facts, page.rulebook.safety, today=page.today)
    if review is not None:
        card.body.addLayout(_told(review.suggestion))
    shown = active or draft
    if shown is None:
        declined = [plan.declined_reason for plan in page.facts.safety_plans if plan.declined_reason]
        card.body.addWidget(PlainLabel(declined[-1], wrap=True) if declined else _nothing())
        return card
    for step in plan_steps(shown):
        card.body.addLayout(_part(f"{step.number}. {step.heading}", step.text))
        if step.heading == PLAN_HEADINGS[PlanStep.PROFESSIONALS]:
            _put_printed(card, shown, page)
    rest = whole_plan(shown)
    steps = {step.heading for step in plan_steps(shown)}
    for heading, text in rest.items():
        if heading not in {*steps, REVIEW}:
            card.body.addLayout(_part(heading, text))
    return card


def _put_printed(card: Card, shown: SafetyPlanFact, page: PatientPage) -> None:
    """Put what the patient's copy gives beside the words of step 5, so that screen and paper say the same."""
    lines = crisis_lines(page.support.lines, page.rulebook.helplines)
    if printed := printed_under(shown, page.facts.patient, lines):
        card.body.addLayout(_part(_PRINTED, "\n".join(printed)))


def _covered(page: PatientPage, recorded: SafetyPromptFact) -> str:
    """Say which talk covered the latest question; of one that was talked about its day is said already."""
    if not covered_words(recorded):
        return ""
    return f"{outcome_line(recorded, page.rulebook.instruments[recorded.instrument])}."


def _which_is_shown(active: SafetyPlanFact | None, draft: SafetyPlanFact | None) -> str:
    """Say whether the words on the card are those of the plan in use or of a draft."""
    if active is None:
        return "" if draft is None else f"Draft of {fmt_date(draft.made_on)}, not in use yet."
    shown = f"Active plan, in use since {fmt_date(active.made_on)}."
    if draft is None:
        return shown
    return f"{shown} A draft of {fmt_date(draft.made_on)} is begun; it is not in use and not shown here."


def crisis_card(page: PatientPage) -> Card:
    """Show whom to ring, and that this is no emergency system."""
    card = Card("Whom to ring")
    card.body.addWidget(CrisisPanel(page))
    return card


def _open_one(page: PatientPage, prompt: SafetyPromptFact) -> QLayout:
    instrument = page.rulebook.instruments[prompt.instrument]
    title = PlainLabel(answer_line(page.facts, prompt, instrument), TextRole.STRONG, wrap=True)
    why = WhyButton(why_open(prompt, instrument), title.whole_text())
    head = row(title, why, gap=4)
    head.setStretch(0, 1)
    tried = last_try(prompt) or "no conversation about it yet"
    since = f"Since {fmt_date(prompt.opened_on, weekday=True)}; {tried}."
    return column(head, quiet(since), why.panel, gap=2)


def _asking(page: PatientPage) -> list[Instrument]:
    """Return the questionnaires with a safety item that this service follows or that were filled in."""
    book, facts = page.rulebook, page.facts
    return [
        each
        for each in book.instruments.values()
        if each.safety_item and (each.id in book.pathway.measures or facts.measures_of(each.id))
    ]


def _told(told: Explained) -> QLayout:
    words = quiet(told.sentence)
    why = WhyButton(told, told.sentence)
    head = row(words, why, gap=4)
    head.setStretch(0, 1)
    return column(head, why.panel, gap=2)


def _part(heading: str, text: str, role: TextRole = TextRole.SECONDARY) -> QLayout:
    """Put a text under its heading; what was not talked about is said in the second tone."""
    quietly = text == NOT_DISCUSSED
    words = PlainLabel(text, TextRole.SECONDARY if quietly else TextRole.BODY, wrap=True)
    words.setAccessibleName(spoken_dates(f"{heading}: {text}"))
    return column(PlainLabel(heading, role, wrap=True), words, gap=0)


def _nothing() -> PlainLabel:
    return PlainLabel(NOT_DISCUSSED, TextRole.SECONDARY)


def _put_acts(card: Card, acts: Sequence[QWidget]) -> None:
    """Put the acts under the title of a card, in a line that wraps."""
    if acts:
        card.body.addWidget(FlowBox(*acts, gap=current_theme().px(8)))
