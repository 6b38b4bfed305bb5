"""The story of the episode on a patient's page, with what is read for that page alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.queries.timeline import timeline

if TYPE_CHECKING:
    from collabcare.queries.patient_page import PatientPage
    from collabcare.queries.timeline_entry import TimelineEntry


def page_timeline(page: PatientPage) -> tuple[TimelineEntry, ...]:
    """Return everything that has happened up to the day of the page, newest first."""
    said, beside = page.referral_note, page.beside
    return timeline(page.facts, page.rulebook, page.today, referral_note=said, beside=beside)
