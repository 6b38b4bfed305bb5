"""Which episodes belong to what is asked of the caseload, worked out once for each reading of the record.

A key in the search box asks for a dozen counts: each is then a matter of putting sets together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.caseload_filters import (
    CaseloadFilter,
    Whose,
    belonging_to,
    episodes_among,
    of_practice,
)
from collabcare.domain.caseload_search import names_finder
from collabcare.domain.ids import UserId

if TYPE_CHECKING:
    from collections.abc import Iterable

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.caseload_layout import Asked
    from collabcare.domain.finding import Finder
    from collabcare.ui.models.rows import RowModel

Episodes = frozenset[object]


class Among:
    """Remembers the answers about the rows it was last given."""

    def __init__(self, model: RowModel[CaseloadRow], me: UserId) -> None:
        """Take the model that searches its rows, and the user who is asking."""
        self._model, self._me = model, me
        self.use(())

    def use(self, rows: tuple[CaseloadRow, ...]) -> None:
        """Go by other rows from now on."""
        self._rows = rows
        self._of: dict[CaseloadFilter, Episodes] = {}
        self._held: dict[tuple[Whose, UserId | None], Episodes] = {}
        self._practice: dict[str, Episodes] = {}
        self._exact: dict[str, Episodes] = {}
        self._near: dict[str, Episodes] = {}
        self._finder: Finder[CaseloadRow] | None = None

    def of(self, chosen: CaseloadFilter) -> Episodes:
        """Return the episodes of a ready-made view."""
        if chosen not in self._of:
            self._of[chosen] = Episodes(episodes_among(self._rows, chosen))
        return self._of[chosen]

    def held(self, whose: Whose, colleague: UserId | None = None) -> Episodes:
        """Return the episodes of whose patients are looked at."""
        if (whose, colleague) not in self._held:
            rows = belonging_to(self._rows, whose, self._me, colleague)
            self._held[whose, colleague] = Episodes(row.facts.episode_id for row in rows)
        return self._held[whose, colleague]

    def held_by(self, value: object) -> Episodes:
        """Return the same for the value of a chip: whose, or the id of a colleague."""
        if isinstance(value, Whose):
            return self.held(value)
        return self.held(Whose.COLLEAGUES, UserId(int(str(value))))

    def count_of(self, chosen: CaseloadFilter, asked: Asked, found: Episodes) -> int:
        """Return how many of these a chip would show: the dead are everybody's, whoever holds them."""
        everybodys = chosen is CaseloadFilter.DIED and asked.filter is not chosen
        whose = self.held(Whose.EVERYONES) if everybodys else self.held(asked.whose, asked.colleague)
        return len(whose & self.of(chosen) & found)

    def total(self, shown: Iterable[CaseloadRow]) -> int:
        """Return how many there are to show: everybody in care, and of the others those who are shown."""
        return len(self.of(CaseloadFilter.ALL).union(row.facts.episode_id for row in shown))

    def practice(self, name: str) -> Episodes:
        """Return the episodes of the patients of a GP practice, of everybody for no name."""
        if name not in self._practice:
            rows = of_practice(self._rows, name)
            self._practice[name] = Episodes(row.facts.episode_id for row in rows)
        return self._practice[name]

    def found(self, text: str) -> Episodes:
        """Return what a search finds; where nobody has these letters, those whose names are nearly so."""
        return self._exactly(text) or self._nearly(text)

    def is_near(self, text: str) -> bool:
        """Return whether nobody has these letters, but somebody a name that is nearly so."""
        return not self._exactly(text) and bool(self._nearly(text))

    def count(self, asked: Asked) -> int:
        """Return how many patients a view of the user's own would show."""
        found = self.found(asked.search) & self.practice(asked.practice)
        return len(self.held(asked.whose, asked.colleague) & self.of(asked.filter) & found)

    def _exactly(self, text: str) -> Episodes:
        if text not in self._exact:
            self._exact[text] = Episodes(self._model.found(text))
        return self._exact[text]

    def _nearly(self, text: str) -> Episodes:
        if text not in self._near:
            self._finder = self._finder or names_finder(self._rows)
            found = self._finder.find(text, len(self._rows))
            self._near[text] = Episodes(each.thing.facts.episode_id for each in found)
        return self._near[text]
