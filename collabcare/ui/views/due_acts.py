"""The one next act of each thing due: its words, its drawing, and where on the patient's page it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.due_kinds import DUE_WORDS, SEARCHES, DueKind
from collabcare.domain.safety_plan import is_of_plan
from collabcare.domain.search_letters import letter_first
from collabcare.domain.search_today import SearchStep
from collabcare.ui.pages import PageName
from collabcare.ui.widgets.look import Tone

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.acting import Role
    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.rulebook import Rulebook

GP_LETTER = "gp_step_change"
AT_PLAN = "at_plan"
"""Leads to the safety plan on the Safety page, where it is kept as it is or written anew."""
NO_TELEPHONE = "No telephone: letter or visit"
_REPLY = "reply"
_VISITS = {"booking": "Book visit", "attempt": "Log visit"}
"""What an act is called for somebody without a telephone, by the form it opens."""
ABOUT_SAFETY = frozenset({DueKind.SAFETY_CONVERSATION, DueKind.SAFETY_ASSESSMENT, DueKind.SAFETY_REVIEW})
"""What stands at the top of Today, and has no colour of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DueAct:
    """How one kind of thing due stands in Today.

    Attributes:
        section: The heading it stands under.
        short: What it is, in as few words as fit a table cell.
        act: The words on its button.
        compose: The form it opens on the patient's page; empty where it opens none.
        page: The page about the patient on which it is done, where that is not their own page.
        form: The form that is opened there; empty where the page itself shows what is to be done.
        icon: Its drawing.
        needs: What the user's role must permit; without it the patient can only be opened.
        reaches: Whether doing it means getting in touch, so that how to do so safely stands beside it.
    """

    section: str
    short: str
    act: str
    compose: str
    icon: str
    needs: Permission
    reaches: bool = False
    page: PageName | None = None
    form: str = ""


_ACTS = {
    DueKind.SAFETY_CONVERSATION: DueAct(
        section="Safety conversations to close",
        short="Safety conversation",
        act="Record conversation",
        compose="safety",
        icon="message",
        needs=Permission.RECORD_SAFETY_CONVERSATION,
        reaches=True,
    ),
    DueKind.SAFETY_ASSESSMENT: DueAct(
        section="Safety assessments to write",
        short="Safety assessment",
        act="Write assessment",
        compose="",
        icon="note",
        needs=Permission.PLAN_SAFETY,
        page=PageName.SAFETY,
        form="assessment",
    ),
    DueKind.SAFETY_REVIEW: DueAct(
        section="Safety plans and assessments to review",
        short="Safety review",
        act="Review",
        compose="supervision",
        icon="message",
        needs=Permission.REQUEST_SUPERVISION,
        reaches=True,
        page=PageName.SAFETY,
    ),
    DueKind.REENGAGE_PROMPT: DueAct(
        section="Not attended, reach again promptly",
        short="Reach again promptly",
        act="Log attempt",
        compose="attempt",
        icon="bell",
        needs=Permission.LOG_ATTEMPT,
        reaches=True,
    ),
    DueKind.REENGAGE: DueAct(
        section="Not attended, reach again",
        short="Reach again",
        act="Log attempt",
        compose="attempt",
        icon="not-attended",
        needs=Permission.LOG_ATTEMPT,
        reaches=True,
    ),
    DueKind.PROMISE: DueAct(
        section="Said they would be in touch, not heard",
        short="Promise gone by",
        act="Record contact",
        compose="contact",
        icon="not-attended",
        needs=Permission.RECORD_CONTACT,
        reaches=True,
    ),
    DueKind.OUTCOME: DueAct(
        section="Outcomes to record",
        short="Outcome to record",
        act="Record outcome",
        compose="contact",
        icon="calendar",
        needs=Permission.RECORD_CONTACT,
    ),
    DueKind.SAID_NO: DueAct(
        section="Said no to care: what is owed",
        short="Said no: what is owed",
        act="See what is owed",
        compose="contact",
        icon="letter",
        needs=Permission.CLOSE_EPISODE,
        reaches=True,
        page=PageName.ENDING,
    ),
    DueKind.CONTACT: DueAct(
        section="Contacts due",
        short="Contact",
        act="Book contact",
        compose="booking",
        icon="phone",
        needs=Permission.RECORD_CONTACT,
        reaches=True,
    ),
    DueKind.FIRST_CONTACT: DueAct(
        section="Waiting for a first contact",
        short="First contact",
        act="Book contact",
        compose="booking",
        icon="patient",
        needs=Permission.RECORD_CONTACT,
        reaches=True,
    ),
    DueKind.PAUSE_REVIEW: DueAct(
        section="Pauses to review",
        short="Pause to review",
        act="Review pause",
        compose="booking",
        icon="clock",
        needs=Permission.RECORD_CONTACT,
        reaches=True,
        page=PageName.REACHING,
    ),
    DueKind.MEASURE: DueAct(
        section="Measures due",
        short="Measure",
        act="Enter {measure}",
        compose="measure",
        icon="chart",
        needs=Permission.RECORD_MEASURE,
    ),
    DueKind.WORSENING: DueAct(
        section="Scores worse, review this week",
        short="Review this week",
        act="Book contact",
        compose="booking",
        icon="chart",
        needs=Permission.RECORD_CONTACT,
        reaches=True,
    ),
    DueKind.STEP_SUGGESTION: DueAct(
        section="Steps to think about",
        short="Step to think about",
        act="Look at step",
        compose="step",
        icon="step-hold",
        needs=Permission.MOVE_STEP,
    ),
    DueKind.GP_LETTER: DueAct(
        section="GPs to be told",
        short="GP to be told",
        act="Write letter",
        compose="",
        icon="letter",
        needs=Permission.ISSUE_LETTER,
    ),
    DueKind.LETTER_FORM: DueAct(
        section="Letters to arrange in another form",
        short="Letter to arrange",
        act="Say what became of it",
        compose="letter_end",
        icon="letter",
        needs=Permission.ISSUE_LETTER,
    ),
    DueKind.HANDOVER: DueAct(
        section="Handovers not answered",
        short="Handover",
        act="Look at handover",
        compose="supervision",
        icon="directory",
        needs=Permission.REQUEST_SUPERVISION,
        page=PageName.ENDING,
    ),
    DueKind.CLOSING_SIGNATURE: DueAct(
        section="Reviews before ending care, to sign off",
        short="Review to sign off",
        act="Look at review",
        compose="",
        icon="supervision",
        needs=Permission.SIGN_OFF_CLOSING,
        page=PageName.ENDING,
    ),
    DueKind.SUPERVISION_ACTION: DueAct(
        section="Supervision actions",
        short="Supervision action",
        act="Mark done",
        compose="",
        icon="supervision",
        needs=Permission.RECORD_SUPERVISION,
    ),
    DueKind.REBOOK: DueAct(
        section="Appointments to rebook",
        short="Rebook",
        act="Rebook",
        compose="booking",
        icon="undo",
        needs=Permission.RECORD_CONTACT,
        reaches=True,
    ),
}


def due_act(kind: DueKind) -> DueAct:
    """Return how a kind of thing due stands in Today."""
    return _ACTS[kind]


def _has_word(due: Due) -> bool:
    return isinstance(due.reason, SearchStep) and due.reason.word is not None


def form_there(due: Due) -> str:
    """Return the form to open on the page about the patient, or which of its cards the keyboard goes to."""
    of_plan = due.kind is DueKind.SAFETY_REVIEW and is_of_plan(due.rule)
    return AT_PLAN if of_plan else _ACTS[due.kind].form


def opens_of(due: Due) -> str:
    """Return what the act of a thing due opens, as a form asks for it: a form, or a page and its form."""
    act = _ACTS[due.kind]
    if act.page is None:
        return form_for(due)
    return ":".join(filter(None, ("page", act.page.value, form_there(due))))


def act_words(kind: DueKind, rulebook: Rulebook, role: Role) -> str:
    """Return the words on the button of a thing due, or nothing where this role may not do it."""
    if not allowed(role, _ACTS[kind].needs):
        return ""
    return _ACTS[kind].act.format(measure=leading_measure(rulebook))


def letter_of(due: Due, facts: EpisodeFacts, rulebook: Rulebook, role: Role) -> str:
    """Return the kind of letter that is the act of a thing due, or nothing where the act is another one."""
    if due.letter:
        return due.letter
    if not isinstance(due.reason, SearchStep) or not allowed(role, Permission.ISSUE_LETTER):
        return ""
    return letter_first(facts, rulebook.search, due.reason)


def form_for(due: Due) -> str:
    """Return the form in which a thing due is done: that of its kind, or of what a search asks for first."""
    if _has_word(due):
        return _REPLY
    books = isinstance(due.reason, SearchStep) and due.reason.books_first
    return _ACTS[DueKind.CONTACT if books else due.kind].compose


def no_telephone(due: Due, facts: EpisodeFacts) -> bool:
    """Return whether doing it means getting in touch with somebody who has no telephone number."""
    if due.kind is DueKind.REENGAGE_PROMPT:  # says itself what can be done today; a letter is too slow
        return False
    return _ACTS[due.kind].reaches and not facts.patient.has_telephone


def words_for(due: Due, facts: EpisodeFacts, rulebook: Rulebook, role: Role) -> str:
    """Return the words on the button of a thing due for a patient; a step of a search may ask to write.

    Somebody without a telephone is written to, or visited.
    """
    if due.kind in SEARCHES and letter_of(due, facts, rulebook, role):
        return "Write letter"
    words = act_words(due.kind, rulebook, role)
    if words and _has_word(due):
        return "Record what they want"
    if due.kind in SEARCHES and form_for(due) != _ACTS[due.kind].compose:
        return act_words(DueKind.CONTACT, rulebook, role)
    if words and no_telephone(due, facts):
        return _VISITS.get(_ACTS[due.kind].compose, words)
    return words


def leading_measure(rulebook: Rulebook) -> str:
    """Return the name of the questionnaire this service follows first."""
    return rulebook.instruments[rulebook.pathway.measures[0]].name


def due_tone(due: Due, today: date) -> Tone:
    """Return the colour of lateness; what is about safety has none, its place at the top says it."""
    late = due.is_overdue(today) and due.kind not in ABOUT_SAFETY
    return Tone.ATTENTION if late else Tone.NEUTRAL


def coming_words(due: Due, today: date) -> str:
    """Say what comes and when: ``Contact due in 14 days``, ``GP to be told, due in 7 days``."""
    words = DUE_WORDS[due.kind].removesuffix(" due")
    comma = "" if words != DUE_WORDS[due.kind] else ","
    return f"{words}{comma} {due.when(today)}"
