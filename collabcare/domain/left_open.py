"""What is still open when care ends: shown before and after, so that nothing vanishes with the ending.

None of it keeps an ending back; what does is said by the rules of ending. Afterwards it stands on no list, so
the page keeps it in view.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from collabcare.domain.due import what_is_due
from collabcare.domain.due_kinds import DUE_WORDS, DueKind
from collabcare.domain.episode import Phase

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.due_kinds import Due
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.rulebook import Rulebook

_MISSED = frozenset({DueKind.SAFETY_REVIEW, DueKind.MEASURE, DueKind.GP_LETTER})
_UNANSWERED = frozenset({DueKind.LETTER_FORM, DueKind.HANDOVER, DueKind.SUPERVISION_ACTION})


def left_open(facts: EpisodeFacts, rulebook: Rulebook, *, today: date) -> tuple[str, ...]:
    """Return what an ending leaves open, a sentence each: as of today, or as of the day care ended.

    A measure, a letter to the GP and a review of safety whose day had come; every letter in another form,
    handover and action that has no answer. Nothing for a patient who has died.
    """
    if facts.patient.died_on is not None:
        return ()
    on = facts.closed_on or today
    in_care = replace(facts, phase=Phase.ACTIVE, closed_on=None) if facts.phase is Phase.CLOSED else facts
    due = what_is_due(in_care, rulebook, today=on)
    return tuple(_said(each) for each in due if _is_left(each, on))


def _is_left(due: Due, on: date) -> bool:
    return due.kind in _UNANSWERED or (due.kind in _MISSED and due.is_listed(on))


def _said(due: Due) -> str:
    return f"{DUE_WORDS[due.kind]}: {due.why}."
