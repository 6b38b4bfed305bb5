"""Every key on one page, made from the table of commands and from what forms and lists listen to."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from collabcare.domain.help_pages import Block, BlockKind, HelpPage, Span, Table
from collabcare.ui.action_spec import ActionSpec, Menu
from collabcare.ui.key_sheet import KEY_GROUPS
from collabcare.ui.views.help_reader import HelpReader
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Line = tuple[str, str]


class KeysView(QWidget):
    """The shortcut sheet, in the groups of the menus, to scroll and to be read out.

    Signals:
        back_requested: The user has seen enough.
    """

    back_requested = Signal()

    def __init__(self, actions: Sequence[ActionSpec], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = Button("Back", ButtonKind.QUIET, icon_name="arrow-left", compact=True)
        self.back.clicked.connect(self.back_requested)
        self.sheet = HelpReader()
        self.sheet.show_page(key_page(actions))
        self.sheet.setAccessibleName("Keys")
        head = row(self.back, PlainLabel("Keys", TextRole.TITLE), STRETCH, gap=12)
        whole = column(head, Sheet(self.sheet), gap=12, margin=16)
        whole.setStretch(1, 1)
        self.setLayout(whole)

    def take_keyboard(self) -> None:
        """Put the keyboard on the sheet, to scroll it."""
        self.sheet.setFocus()


def key_page(actions: Sequence[ActionSpec]) -> HelpPage:
    """Return every key as a page: the commands by their menus, then what the parts of a screen listen to."""
    menus = ((_plain(menu.value), _lines(actions, menu)) for menu in Menu)
    groups = [(title, lines) for title, lines in chain(menus, KEY_GROUPS) if lines]
    blocks: list[Block | Table] = []
    for title, lines in groups:
        blocks += _group(title, lines)
    return HelpPage(id="keys", title="Every key", blocks=tuple(blocks))


def _lines(actions: Sequence[ActionSpec], menu: Menu) -> list[Line]:
    """Return the commands of a menu that have a key, each with what it does."""
    mine = (spec for spec in actions if spec.menu is menu and spec.keys)
    return [(" or ".join(spec.keys), f"{spec.words}. {spec.help}") for spec in mine]


def _group(title: str, lines: Iterable[Line]) -> tuple[Block, Table]:
    rows = tuple(((Span(keys),), (Span(meaning),)) for keys, meaning in lines)
    return Block(BlockKind.HEADING, (Span(title),)), Table(((Span("Key"),), (Span("What it does"),)), rows)


def _plain(text: str) -> str:
    return text.replace("&", "")
