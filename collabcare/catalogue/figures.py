"""The figures every service model needs: its own where its file gives them, else the default model's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.reengagement import ladders
from collabcare.catalogue.supervision import supervision_policy
from collabcare.domain.pathway import Stated, Step
from collabcare.domain.reengagement_policy import Ladders

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.catalogue.service_models import Quoter
    from collabcare.catalogue.toml_file import TomlTable
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.supervision_policy import SupervisionPolicy

WHOLE = ("steps", "moves", "ladder", "supervision")
"""Tables that a file gives whole or not at all, with one quotation for each."""
SECTIONS = ("contact", "measures", "letters", "warning")
"""Tables whose figures are given, and quoted, one by one."""


class Figures:
    """Takes the figures of one file over those of ``ours``; without ``ours`` the file must give them all."""

    def __init__(self, table: TomlTable, ours: Pathway | None) -> None:
        self._table = table
        self.ours = ours
        self._sections = {name: table.table(name) for name in SECTIONS if ours is None or table.has(name)}

    def whole(self, figure: str, default: Callable[[Pathway], int], *, least: int = 0) -> int:
        """Take a whole number, or the default model's."""
        if self.ours is not None and not self._gives(figure):
            return default(self.ours)
        section, key = figure.split(".")
        return self._sections[section].whole(key, least=least)

    def rising(self, figure: str, default: Callable[[Pathway], tuple[int, ...]]) -> tuple[int, ...]:
        """Take a list of whole numbers that rises, or the default model's."""
        if self.ours is not None and not self._gives(figure):
            return default(self.ours)
        section, key = figure.split(".")
        return self._sections[section].rising(key)

    def texts(self, figure: str, default: Callable[[Pathway], tuple[str, ...]]) -> tuple[str, ...]:
        """Take a list of texts, or the default model's."""
        if self.ours is not None and not self._gives(figure):
            return default(self.ours)
        section, key = figure.split(".")
        return self._sections[section].texts(key)

    def steps(self) -> tuple[Step, ...]:
        """Take the steps, numbered from the least intensive."""
        if self.ours is not None and not self._table.has("steps"):
            return self.ours.steps
        found = []
        for entry in self._table.tables("steps"):
            found.append(
                Step(number=entry.whole("number", least=1), id=entry.text("id"), name=entry.text("name"))
            )
            entry.done()
        if not found or [step.number for step in found] != list(range(1, len(found) + 1)):
            raise self._table.fault("steps", "must be numbered 1, 2, 3 and so on")
        return tuple(found)

    def ladders(self) -> Ladders:
        """Take both re-engagement ladders."""
        if self.ours is not None and not self._table.has("ladder"):
            return Ladders(standard=self.ours.ladder, prompt=self.ours.prompt_ladder)
        return ladders(self._table.table("ladder"))

    def supervision(self) -> SupervisionPolicy:
        """Take when cases come to supervision."""
        if self.ours is not None and not self._table.has("supervision"):
            return self.ours.supervision
        return supervision_policy(self._table.table("supervision"))

    def stated(self, quoter: Quoter) -> tuple[Stated, ...]:
        """Take the quotations of the figures this file gives, which over ``ours`` each must have one."""
        quoted: dict[str, Stated] = {}
        if self._table.has("stated"):
            table = self._table.table("stated")
            for name in table.names():
                quoted |= self._quoted(table, name, quoter)
        given = [name for name in WHOLE if self._table.has(name)]
        given += [f"{name}.{key}" for name, section in self._sections.items() for key in section.names()]
        for figure in given:
            if self.ours is not None and figure not in quoted:
                raise self._table.fault(figure, f"has no quotation: add stated.{figure}")
        for figure in quoted:
            if figure not in given:
                raise self._table.fault(f"stated.{figure}", "quotes a figure that this file does not give")
        return tuple(quoted.values())

    def done(self) -> None:
        """Refuse fields that nobody took."""
        for table in (self._table, *self._sections.values()):
            table.done()

    def _quoted(self, table: TomlTable, name: str, quoter: Quoter) -> dict[str, Stated]:
        entries = {name: table.table(name)}
        if name in SECTIONS:
            section = table.table(name)
            entries = {f"{name}.{key}": section.table(key) for key in section.names()}
        found = {}
        for figure, entry in entries.items():
            found[figure] = Stated(figure=figure, quotation=quoter.quotation(entry))
            entry.done()
        return found

    def _gives(self, figure: str) -> bool:
        section, key = figure.split(".")
        return section in self._sections and self._sections[section].has(key)
