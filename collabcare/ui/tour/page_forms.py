"""Every form that is not on the patient's own page: on which page it unfolds, and for whom.

The tour takes a picture of each and the tests walk each, so a new form is one entry here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.episode import Phase
from collabcare.domain.gate_today import open_review
from collabcare.domain.goals import active_goals
from collabcare.domain.haste import HAPPENS_ONCE
from collabcare.domain.safety import last_outcome
from collabcare.domain.safety_assessment import standing_assessment
from collabcare.domain.safety_plan import standing_plan
from collabcare.ui.pages import PageName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from collabcare.domain.facts import EpisodeFacts

    Subject = Callable[[EpisodeFacts], int | None]


@dataclass(frozen=True, slots=True)
class PageForm:
    """A form of a page about a patient, by the words the page unfolds it with.

    ``subject`` gives what the form is about for one patient: the number of a goal or a medicine, 0 where it
    is about the patient, None where the patient has nothing it could be about.
    """

    page: PageName
    kind: str
    subject: Subject

    def of(self, facts: EpisodeFacts) -> int | None:
        """Return what it is about for this patient, None where it does not apply."""
        return None if facts.phase is Phase.CLOSED else self.subject(facts)


def _always(_facts: EpisodeFacts) -> int:
    return 0


def _practice(facts: EpisodeFacts) -> int | None:
    return 0 if facts.patient.gp_practice_name else None


def _goal(facts: EpisodeFacts) -> int | None:
    return next((each.id for each in active_goals(facts.goals)), None)


def _has_goals(facts: EpisodeFacts) -> int | None:
    return 0 if active_goals(facts.goals) else None


def _medicine(facts: EpisodeFacts) -> int | None:
    return next((each.id for each in facts.medication if each.ended_on is None), None)


def _carer(facts: EpisodeFacts) -> int | None:
    return next((each.id for each in facts.carers if each.ended_on is None), None)


def _named(facts: EpisodeFacts) -> int | None:
    return 0 if facts.reach.nominated_contact else None


def _haste(facts: EpisodeFacts) -> int | None:
    return next((each.id for each in facts.haste), None)


def _lasting_haste(facts: EpisodeFacts) -> int | None:
    lasting = (each for each in facts.haste if each.kind not in HAPPENS_ONCE and each.ended_on is None)
    return next((each.id for each in lasting), None)


def _pause(facts: EpisodeFacts) -> int | None:
    return 0 if any(pause.ended_on is None for pause in facts.pauses) else None


def _no_pause(facts: EpisodeFacts) -> int | None:
    return 0 if _pause(facts) is None else None


def _proposal(facts: EpisodeFacts) -> int | None:
    return next((each.id for each in facts.proposals), None)


def _review(facts: EpisodeFacts) -> int | None:
    return 0 if open_review(facts) is not None else None


def _prompt(facts: EpisodeFacts) -> int | None:
    return 0 if facts.open_safety_prompts else None


def _plan(facts: EpisodeFacts) -> int | None:
    return 0 if facts.safety_plans else None


def _standing_plan(facts: EpisodeFacts) -> int | None:
    return None if standing_plan(facts) is None else 0


def _assessment(facts: EpisodeFacts) -> int | None:
    return None if standing_assessment(facts) is None else 0


def _outcome(facts: EpisodeFacts) -> int | None:
    return None if last_outcome(facts) is None else 0


def _no_plan(facts: EpisodeFacts) -> int | None:
    return 0 if _plan(facts) is None else None


_BY_PAGE: dict[PageName, dict[str, Subject]] = {
    PageName.DETAILS: {
        **dict.fromkeys(("who", "reach", "safe", "gp", "needs", "about"), _always),
        "gp_practice": _practice,
    },
    PageName.PEOPLE: {"carer": _always, "named": _named, "carer_change": _carer, "carer_end": _carer},
    PageName.GOALS: {
        "goal": _always,
        "goal_ratings": _has_goals,
        **dict.fromkeys(("goal_words", "goal_step", "goal_end"), _goal),
    },
    PageName.MEDICATION: {
        "medicine": _always,
        **dict.fromkeys(("medicine_dose", "medicine_taking", "medicine_end", "medicine_void"), _medicine),
    },
    PageName.SAFETY: {
        "safety": _prompt,
        "assessment": _plan,
        "plan": _plan,
        "decline": _no_plan,
        "end_plan": _plan,
        "kept": _standing_plan,
        "assessment_error": _assessment,
        "outcome_error": _outcome,
    },
    PageName.REACHING: {
        "haste": _always,
        "haste_end": _lasting_haste,
        "haste_void": _haste,
        "track": _always,
        "pause": _no_pause,
        "pause_review": _pause,
        "pause_end": _pause,
    },
    PageName.STAYING_WELL: {"staying_well": _always},
    PageName.ENDING: {
        "close": _always,
        "propose": _always,
        "death": _always,
        "accepted": _proposal,
        "rejected": _proposal,
        "close_unreached": _review,
        **dict.fromkeys(
            (
                *("gate_communicated", "gate_safety", "gate_gp", "gate_opt_in"),
                *("gate_discussed", "gate_way_back", "gate_reason"),
            ),
            _review,
        ),
    },
}


def page_forms() -> Iterator[PageForm]:
    """Yield every form of a page about a patient."""
    for page, forms in _BY_PAGE.items():
        for kind, subject in forms.items():
            yield PageForm(page, kind, subject)
