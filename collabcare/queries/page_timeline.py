"""The story of the episode on a patient's page, and which entry of it a mark of the picture stands for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.story_marks import CONTACTS, StoryKind, StoryMark
from collabcare.queries.timeline import timeline
from collabcare.queries.timeline_entry import EntryKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.queries.patient_page import PatientPage
    from collabcare.queries.timeline_entry import TimelineEntry

_HELD = frozenset({EntryKind.CONTACT, EntryKind.CANCELLED, EntryKind.MISSED, EntryKind.NOT_RECORDED})
_MEDICINE = frozenset({EntryKind.MEDICINE, EntryKind.HASTE})
_MEASURE = frozenset({EntryKind.MEASURE})
_ENTRIES_OF: dict[StoryKind, frozenset[EntryKind]] = {
    **dict.fromkeys(CONTACTS, _HELD),
    StoryKind.STEP: frozenset({EntryKind.STEP_UP, EntryKind.STEP_DOWN, EntryKind.REFERRAL}),
    StoryKind.PAUSED: frozenset({EntryKind.PAUSE}),
    StoryKind.SCORE: _MEASURE,
    StoryKind.PRORATED: _MEASURE,
    StoryKind.NO_SCORE: _MEASURE,
    StoryKind.SUPERVISION: frozenset({EntryKind.SUPERVISION}),
    StoryKind.MEDICATION_STARTED: _MEDICINE,
    StoryKind.MEDICATION_CHANGED: _MEDICINE,
    StoryKind.MEDICATION_STOPPED: _MEDICINE,
}


def page_timeline(page: PatientPage) -> tuple[TimelineEntry, ...]:
    """Return everything that has happened up to the day of the page, newest first."""
    said, beside = page.referral_note, page.beside
    return timeline(page.facts, page.rulebook, page.today, referral_note=said, beside=beside)


def entry_of(mark: StoryMark, entries: Iterable[TimelineEntry]) -> TimelineEntry | None:
    """Return the entry that a mark of the picture stands for, None for what is still to come.

    Where a day has several of a kind, the one that begins with the same words or at the same time is meant.
    """
    found = [each for each in entries if each.on == mark.day and each.kind in _ENTRIES_OF[mark.kind]]
    said = mark.what.partition(":")[0]
    meant = [each for each in found if _minute(each) == mark.minute and each.title.startswith(said)]
    worded = [each for each in found if each.title.startswith((f"{said} ", f"{said}:", f"{said},"))]
    named = [each for each in found if said.rpartition(" ")[0] in each.title]
    return next(iter([*meant, *worded, *named, *found]), None)


def _minute(entry: TimelineEntry) -> int:
    return -1 if entry.at is None else entry.at.hour * 60 + entry.at.minute
