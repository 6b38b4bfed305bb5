"""What a command of the main window is: its words, its menu, its key, who may, and what it runs."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.acting import Permission

if TYPE_CHECKING:
    from collabcare.ui.pages import PageName

SOFT_KEYS = frozenset({"Esc"})
"""Keys that a form or a list may want first: the window takes them only when nothing inside it did."""


class Menu(StrEnum):
    """The menus of the menu bar, in order."""

    RECORD = "&Record"
    PATIENT = "&Patient"
    GO = "&Go"
    VIEW = "&View"
    HELP = "&Help"


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSpec:
    """One command.

    Attributes:
        id: Its name, which is also the method that runs it, unless ``compose`` or ``page`` is set.
        text: Its words in the menu, with the letter for Alt.
        menu: Where it stands.
        key: Its key, empty for none; several are separated by ``; ``.
        help: What it does, in a sentence, for the status bar and the shortcut sheet.
        needs: What the user's role must permit.
        compose: The form it opens on the page of the patient on show.
        page: The page it opens; one about a patient is about the patient on show.
        form: The form it opens on ``page``.
        nested: Whether it stands one level down in its menu, with the other forms of the pages.
        group: Commands of one menu and one group stand together between two lines.
        also: Other words under which somebody may look for it.
        listed: Whether the box at the top lists it; what only makes sense as a key is not.
    """

    id: str
    text: str
    menu: Menu
    key: str = ""
    help: str
    needs: Permission = Permission.READ_CASELOAD
    compose: str = ""
    page: PageName | None = None
    form: str = ""
    nested: bool = False
    group: int = 0
    also: str = ""
    listed: bool = True

    @property
    def words(self) -> str:
        """Return its words without the mark for Alt and without the dots that promise a form."""
        return self.text.replace("&", "").rstrip("…")

    @property
    def keys(self) -> tuple[str, ...]:
        """Return its keys one by one."""
        return tuple(key for key in self.key.split("; ") if key)
