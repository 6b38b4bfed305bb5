"""Everything that is to be put right in a form, said at once and marked at its own field until it changes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.ui.forms.entry_form import RefusedAt
from collabcare.ui.forms.mending import Mending

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from PySide6.QtWidgets import QWidget

    from collabcare.ui.forms.entry_form import EntryForm
    from collabcare.ui.widgets.field import Field


class Marks:
    """The marks at the fields of one form; ``fields`` stand in the order in which they are read."""

    def __init__(self, form: EntryForm, fields: Mapping[str, Field]) -> None:
        self._form, self._fields = form, fields
        self._mending: list[Mending] = []

    def refuse(self, wrong: Mapping[str, str], place_of: Callable[[str], QWidget]) -> None:
        """Say everything that is wrong at once, by the field it is about, and go to the first.

        Raises:
            RefusedAt: With every sentence, when there is any.
        """
        self._clear()
        parts = [part for part in self._fields if part in wrong]
        if not parts:
            return
        for part in parts:
            self._mark(part, wrong[part], place_of(part))
        place = place_of(parts[0])
        place.setFocus()
        if len(parts) == 1:
            raise RefusedAt(wrong[parts[0]], place)
        lines = (f"{len(parts)} things are to be put right:", *(wrong[part] for part in parts))
        raise RefusedAt("\n".join(lines), self._form)

    def _mark(self, part: str, words: str, place: QWidget) -> None:
        field = self._fields[part]
        field.set_problem(words)
        for watched in {field.editor, place}:
            mending = Mending(watched, self._form)
            mending.begun.connect(partial(field.set_problem, ""))
            self._mending.append(mending)

    def _clear(self) -> None:
        for mending in self._mending:
            mending.deleteLater()
        self._mending = []
        for field in self._fields.values():
            field.set_problem("")
