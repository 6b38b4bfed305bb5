"""How one user likes the caseload: which columns, in which order, how wide, sorted how; and their own views.

Kept for each user as JSON. What is read back is not trusted: an unknown column, a width nobody could use or a
broken text never keeps the list from opening; what can be read is used and the rest is left out.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING

from collabcare.domain.caseload_filters import CaseloadFilter, Whose
from collabcare.domain.caseload_score_columns import other_scores
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

FIRST_COLUMN = "patient"
"""Always there and always first: a row that names nobody is a row about anybody."""
LEAST_WIDTH, MOST_WIDTH = 40, 600
LONGEST_NAME = 40
MOST_VIEWS = 30
LAYOUT, VIEWS = "caseload.layout", "caseload.views"
"""The names under which both are kept."""


@dataclass(frozen=True, slots=True)
class Placed:
    """One column in its place; ``width`` is in pixels at 100 %, None for the usual width."""

    id: str
    width: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The columns, the sort and the questionnaire; ``columns`` empty stands for the usual ones.

    ``then`` is the second column sorted by, empty for none: the name then orders what is equal.
    """

    columns: tuple[Placed, ...] = ()
    sort: str = FIRST_COLUMN
    descending: bool = False
    then: str = ""
    then_descending: bool = False
    measure: str | None = None

    @property
    def is_usual(self) -> bool:
        """Return whether the user left the columns as they come."""
        return not self.columns

    def with_measure(self, measure: str, before: str) -> Layout:
        """Choose another questionnaire; where it had columns of its own, the one ``before`` takes them."""
        instead = dict(zip(other_scores(measure), other_scores(before), strict=True))
        swapped = tuple(replace(each, id=instead.get(each.id, each.id)) for each in self.columns)
        sort, then = (instead.get(each, each) for each in (self.sort, self.then))
        return replace(self, columns=swapped, measure=measure, sort=sort, then=then)

    def sorted_by(self, column_id: str, *, descending: bool) -> Layout:
        """Sort by one column alone; the same one turned round keeps the second."""
        then = self.then if column_id == self.sort else ""
        return replace(self, sort=column_id, descending=descending, then=then)

    def with_width(self, column_id: str, width: int) -> Layout:
        """Make a column wider or narrower, within what can be read and used."""
        fitting = max(LEAST_WIDTH, min(width, MOST_WIDTH))
        return replace(
            self,
            columns=tuple(
                replace(each, width=fitting) if each.id == column_id else each for each in self.columns
            ),
        )

    def moved(self, column_id: str, by: int) -> Layout:
        """Move a column so many places to the right, or to the left below 0; the first column stays first."""
        places = [each.id for each in self.columns]
        if column_id == FIRST_COLUMN or column_id not in places:
            return self
        place = places.index(column_id)
        columns = list(self.columns)
        columns.insert(max(1, min(place + by, len(columns) - 1)), columns.pop(place))
        return replace(self, columns=tuple(columns))

    def showing(self, column_id: str, *, shown: bool) -> Layout:
        """Add a column at the end, or take it away; the first column stays."""
        without = tuple(each for each in self.columns if each.id != column_id)
        if column_id == FIRST_COLUMN:
            return self
        return replace(self, columns=(*without, Placed(column_id)) if shown else without)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is asked of the caseload: whose patients, which of them, of which practice, and what is searched.

    ``practice`` is the name of a GP practice, empty for all of them.
    """

    whose: Whose = Whose.EVERYONES
    colleague: UserId | None = None
    filter: CaseloadFilter = CaseloadFilter.ALL
    search: str = ""
    practice: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnView:
    """A view a user keeps under a name: what is asked, and how it is laid out."""

    name: str
    asked: Asked
    layout: Layout


def refuse_name(name: str, others: Collection[str]) -> str:
    """Return a name for a view, trimmed.

    Raises:
        RuleViolation: When it is blank, too long, or another view has it.
    """
    trimmed = " ".join(name.split())
    if not trimmed:
        raise RuleViolation("Give the view a name.")
    if len(trimmed) > LONGEST_NAME:
        raise RuleViolation(f"A name has at most {LONGEST_NAME} characters.")
    if trimmed.casefold() in {other.casefold() for other in others}:
        raise RuleViolation(f"There is a view called “{trimmed}” already. Choose another name.")
    return trimmed


def refuse_another(views: Sequence[OwnView]) -> None:
    """Refuse more views than anybody could find their way in.

    Raises:
        RuleViolation: When there are as many as can be kept.
    """
    if len(views) >= MOST_VIEWS:
        raise RuleViolation(f"{MOST_VIEWS} views are kept already. Delete one that is no longer used.")


def layout_text(layout: Layout) -> str:
    """Write a layout as it is kept."""
    return json.dumps(asdict(layout))


def views_text(views: Sequence[OwnView]) -> str:
    """Write a user's own views as they are kept."""
    return json.dumps([asdict(view) for view in views])


def read_layout(text: str, known: Collection[str], instruments: Collection[str]) -> Layout:
    """Read a layout back; ``known`` and ``instruments`` are the ids there are."""
    return _layout(_parsed(text), known, instruments)


def read_views(text: str, known: Collection[str], instruments: Collection[str]) -> tuple[OwnView, ...]:
    """Read a user's own views back; a view that cannot be read or has no name of its own is left out."""
    parsed = _parsed(text)
    found: dict[str, OwnView] = {}
    for each in parsed if isinstance(parsed, list) else []:
        if not isinstance(each, dict) or not isinstance(name := each.get("name"), str):
            continue
        try:
            fitting = refuse_name(name, found)
        except RuleViolation:
            continue
        asked = _asked(each.get("asked"))
        if asked is not None and len(found) < MOST_VIEWS:
            layout = _layout(each.get("layout"), known, instruments)
            found[fitting] = OwnView(name=fitting, asked=asked, layout=layout)
    return tuple(found.values())


def _parsed(text: str) -> object:
    try:
        parsed: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return parsed


def _layout(parsed: object, known: Collection[str], instruments: Collection[str]) -> Layout:
    if not isinstance(parsed, dict):
        return Layout()
    listed = parsed.get("columns")
    columns = _columns(listed if isinstance(listed, list) else [], known)
    sort, then, measure = (parsed.get(each) for each in ("sort", "then", "measure"))
    first = sort if isinstance(sort, str) and sort in known else FIRST_COLUMN
    return Layout(
        columns=columns,
        sort=first,
        descending=parsed.get("descending") is True,
        then=then if isinstance(then, str) and then in known and then != first else "",
        then_descending=parsed.get("then_descending") is True,
        measure=measure if isinstance(measure, str) and measure in instruments else None,
    )


def _columns(listed: list[object], known: Collection[str]) -> tuple[Placed, ...]:
    """Return the columns that there are, each once, the first one first; nothing when none was kept."""
    found: dict[str, Placed] = {}
    for each in listed:
        if isinstance(each, dict) and isinstance(name := each.get("id"), str) and name in known:
            found.setdefault(name, Placed(name, _width(each.get("width"))))
    if not found:
        return ()
    first = found.pop(FIRST_COLUMN, Placed(FIRST_COLUMN))
    return (first, *found.values())


def _width(parsed: object) -> int | None:
    if not isinstance(parsed, int) or isinstance(parsed, bool):
        return None
    return parsed if LEAST_WIDTH <= parsed <= MOST_WIDTH else None


def _asked(parsed: object) -> Asked | None:
    """Return what a view asks; a filter or an owner nobody knows makes it another view, so it is none."""
    if not isinstance(parsed, dict):
        return None
    try:
        whose, chosen = Whose(str(parsed.get("whose"))), CaseloadFilter(str(parsed.get("filter")))
    except ValueError:
        return None
    colleague, search, practice = (parsed.get(name) for name in ("colleague", "search", "practice"))
    of = UserId(colleague) if isinstance(colleague, int) and not isinstance(colleague, bool) else None
    if whose is Whose.COLLEAGUES and of is None:
        return None
    return Asked(
        whose=whose,
        colleague=of if whose is Whose.COLLEAGUES else None,
        filter=chosen,
        search=search if isinstance(search, str) else "",
        practice=practice if isinstance(practice, str) else "",
    )
