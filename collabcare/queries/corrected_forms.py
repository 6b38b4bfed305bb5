"""Forms that were entered wrongly, as they were entered, beside the form that took their place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select
from sqlalchemy.orm import aliased

from collabcare.domain.ids import MeasureId
from collabcare.domain.instruments import fmt_total
from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from sqlalchemy.orm import Session

    from collabcare.domain.ids import EpisodeId


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectedForm:
    """One such form: what took its place, what it said, and what was wrong with it."""

    replaced_by: MeasureId
    measure_id: MeasureId
    taken_on: date
    answers: tuple[int | None, ...]
    total: Decimal | int | None
    missing: int
    prorated: bool
    reason: str

    @property
    def text(self) -> str:
        """Return its total as every place shows it."""
        return fmt_total(self.total, missing=self.missing, prorated=self.prorated)


def corrected_forms(session: Session, episode_id: EpisodeId) -> tuple[CorrectedForm, ...]:
    """Return the forms of an episode that were corrected, the latest correction first."""
    first, then = aliased(m.Measure), aliased(m.Measure)
    rows = session.execute(
        select(
            then.id,
            first.id,
            first.taken_on,
            first.answers,
            first.total,
            first.missing,
            first.prorated,
            then.correction_reason,
        )
        .join(first, first.id == then.corrects_id)
        .where(then.episode_id == episode_id)
        .order_by(then.id.desc())
    )
    return tuple(
        CorrectedForm(
            replaced_by=MeasureId(by),
            measure_id=MeasureId(key),
            taken_on=taken_on,
            answers=tuple(answers),
            total=total,
            missing=missing,
            prorated=prorated,
            reason=reason or "",
        )
        for by, key, taken_on, answers, total, missing, prorated, reason in rows
    )


def earlier_versions(forms: tuple[CorrectedForm, ...], measure_id: MeasureId) -> tuple[CorrectedForm, ...]:
    """Return what a form was entered as before, the latest first: a correction can be corrected too."""
    found: list[CorrectedForm] = []
    by_newer = {each.replaced_by: each for each in forms}
    while measure_id in by_newer:
        found.append(by_newer[measure_id])
        measure_id = found[-1].measure_id
    return tuple(found)
