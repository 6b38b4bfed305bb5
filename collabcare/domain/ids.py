"""Typed identifiers, so that a contact's number is never passed where an episode's is meant."""

from __future__ import annotations

from typing import NewType

PatientId = NewType("PatientId", int)
EpisodeId = NewType("EpisodeId", int)
ContactId = NewType("ContactId", int)
MeasureId = NewType("MeasureId", int)
LadderId = NewType("LadderId", int)
ReviewId = NewType("ReviewId", int)
ActionId = NewType("ActionId", int)
LetterId = NewType("LetterId", int)
UserId = NewType("UserId", int)
GpPracticeId = NewType("GpPracticeId", int)
