"""The report on the caseload and on reaching people again: for whom, over which days, and its measures."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.being_sought import being_sought
from collabcare.domain.caseload_figures import caseload_figures
from collabcare.domain.counting import uncounted
from collabcare.domain.display import fmt_date
from collabcare.domain.loop_rates import by_holder, followed, measures_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from collabcare.domain.acting import Acting
    from collabcare.domain.being_sought import Sought
    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_figures import CaseloadFigures, EndedFigures
    from collabcare.domain.counting import Counting
    from collabcare.domain.loop_facts import LoopEpisode, LoopPolicy
    from collabcare.domain.loop_rates import LoopMeasures
    from collabcare.domain.open_to_return import MayReturn
    from collabcare.domain.periods import Period

WHOLE_SERVICE = "Whole service"
NOBODY = "Nobody"
_AT_A_TIME = 500
"""Episodes that are followed between two looks at whether the user has stopped it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopReport:
    """What is shown, printed and exported; ``practitioners`` are empty where it is about one alone.

    ``caseload`` is of the open patients, ``ended`` of the care that ended in the period, None if not read,
    and ``returning`` who of them may come straight back.
    """

    period: Period
    today: date
    whose: str
    measures: LoopMeasures
    practitioners: tuple[tuple[str, LoopMeasures], ...]
    sought: tuple[Sought, ...]
    policy: LoopPolicy
    caseload: CaseloadFigures
    ended: EndedFigures | None = None
    returning: tuple[MayReturn, ...] = ()

    @property
    def stamp(self) -> str:
        """Return what it is about and as at which day."""
        return f"{self.whose}, {self.period.words}. Data as at {fmt_date(self.today)}."

    @property
    def sentence(self) -> str:
        """Return the most that fits in a line or two."""
        return f"{self.caseload.sentence} {self.measures.sentence}"


@dataclass(frozen=True, slots=True, kw_only=True)
class LoopAsked:
    """The days asked about; ``only`` is the practitioner it is about, None for the whole service."""

    period: Period
    today: date
    only: Acting | None = None


def loop_report(
    asked: LoopAsked,
    episodes: Sequence[LoopEpisode],
    rows: Iterable[CaseloadRow],
    policy: LoopPolicy,
    counting: Counting = uncounted,
) -> LoopReport:
    """Return the report: of the patients the practitioner holds or held, or of everybody's.

    Raises:
        Cancelled: When the user has stopped it.
    """
    only, shown = asked.only, list(rows)
    mine = [each for each in episodes if only is None or each.holder_id == only.user_id]
    found = []
    for done, each in enumerate(mine):
        if done % _AT_A_TIME == 0:
            counting(done, len(mine))
        found.append(followed(each, asked.period, policy, today=asked.today))
    lines = by_holder(found) if only is None else {}
    return LoopReport(
        period=asked.period,
        today=asked.today,
        whose=only.name if only else WHOLE_SERVICE,
        measures=measures_of(found, policy, today=asked.today),
        practitioners=tuple(
            (name or NOBODY, measures_of(held, policy, today=asked.today))
            for (_id, name), held in lines.items()
        ),
        sought=being_sought(shown, holder_id=only.user_id if only else None),
        policy=policy,
        caseload=caseload_figures(
            [row for row in shown if only is None or row.facts.holder_id == only.user_id], asked.period
        ),
    )
