"""The service models the program ships, for tests, and figures to make up others from."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from collabcare.catalogue.pathways import load_pathways
from collabcare.domain.plan_facts import MilestoneFact
from collabcare.domain.quotation import Certainty, Quotation
from collabcare.paths import resources_dir
from tests.builders import instruments

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.pathway import Pathway
    from collabcare.domain.plan_facts import MilestoneKind

SAID = Quotation(words="as they say", certainty=Certainty.FOUNDING, source="A paper")


@cache
def models() -> dict[str, Pathway]:
    """Return every service model by its id."""
    return load_pathways(resources_dir() / "pathways", instruments())


def model(name: str) -> Pathway:
    """Return one service model."""
    return models()[name]


def milestone(kind: MilestoneKind, on: date, at: datetime | None = None) -> MilestoneFact:
    """Return one milestone."""
    return MilestoneFact(kind=kind, reached_on=on, at=at)
