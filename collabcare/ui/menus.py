"""The menu bar, made from the table of commands."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QActionGroup, QKeySequence

from collabcare.domain.acting import ROLE_WORDS, allowed
from collabcare.ui.actions import ACTIONS, SOFT_KEYS, ActionSpec, Menu
from collabcare.ui.theme import ThemeName

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtCore import QObject
    from PySide6.QtWidgets import QMenuBar, QWidget

    from collabcare.domain.acting import Role

_LOOKS = {
    ThemeName.SYSTEM: "look_as_computer",
    ThemeName.LIGHT: "look_light",
    ThemeName.DARK: "look_dark",
    ThemeName.CONTRAST: "look_contrast",
}

_NESTED = "Forms of their pages"


def actions_for(role: Role) -> tuple[ActionSpec, ...]:
    """Return the commands this role may use."""
    return tuple(spec for spec in ACTIONS if allowed(role, spec.needs))


def build_menus(bar: QMenuBar, role: Role, owners: Sequence[QObject]) -> dict[str, QAction]:
    """Fill a menu bar with what ``role`` may do, and return the commands by id.

    Each command runs the method of its id on whichever of ``owners`` has one, ``compose`` with its form, or
    ``open_page`` with its page.
    """
    made: dict[str, QAction] = {}
    for menu in Menu:
        shown = bar.addMenu(menu.value)
        every = [spec for spec in actions_for(role) if spec.menu is menu]
        mine = [spec for spec in every if not spec.nested]
        for group, specs in groupby(mine, key=lambda spec: spec.group):
            if group and not shown.isEmpty():
                shown.addSeparator()
            for spec in specs:
                made[spec.id] = _action(bar, spec, _runs(spec, owners))
                shown.addAction(made[spec.id])
        if nested := [spec for spec in every if spec.nested]:
            shown.addSeparator()
            below = shown.addMenu(_NESTED)
            for spec in nested:
                made[spec.id] = _action(bar, spec, _runs(spec, owners))
                below.addAction(made[spec.id])
    return made


def say_whose_keys(window: QWidget, role: Role, say: Callable[[str], None]) -> None:
    """Let the keys of commands that ``role`` has no part in say so: a key that does nothing seems broken."""
    for spec in ACTIONS:
        keys = [QKeySequence(key) for key in spec.keys if key not in SOFT_KEYS]
        if keys and not allowed(role, spec.needs):
            silent = QAction(window)
            silent.setShortcuts(keys)
            silent.triggered.connect(
                partial(say, f"{spec.words} is not open to your role, {ROLE_WORDS[role]}.")
            )
            window.addAction(silent)


def tick_looks(made: Mapping[str, QAction], chosen: ThemeName) -> dict[ThemeName, QAction]:
    """Let the looks among the commands show which one is worn, and return them by name."""
    looks = {name: made[id] for name, id in _LOOKS.items()}
    group = QActionGroup(looks[chosen])
    for name, action in looks.items():
        action.setCheckable(True)
        action.setChecked(name is chosen)
        group.addAction(action)
    return looks


def _runs(spec: ActionSpec, owners: Sequence[QObject]) -> Callable[[], None]:
    method = "compose" if spec.compose else "open_page" if spec.page else spec.id
    run: Callable[..., None] = next(getattr(owner, method) for owner in owners if hasattr(owner, method))
    if spec.form:
        return partial(run, spec.page, spec.form)
    return partial(run, spec.compose or spec.page) if spec.compose or spec.page else run


def _action(bar: QMenuBar, spec: ActionSpec, run: Callable[[], None]) -> QAction:
    action = QAction(spec.text, bar)
    action.setObjectName(spec.id)
    action.setStatusTip(spec.help)
    action.setShortcuts([QKeySequence(key) for key in spec.keys if key not in SOFT_KEYS])
    action.triggered.connect(lambda _checked=False: run())
    return action
