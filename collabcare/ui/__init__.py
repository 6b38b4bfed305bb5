"""The screens: the only package that knows Qt.

With Qt comes a hook on Python's import that reads the source of every module imported after it, looking for
a switch (snake_case names for Qt's methods) that is not used here. Taking it out saves a sixth of the time to
the first paint, and a fifth of what is imported behind it.
"""

from __future__ import annotations

import builtins

import PySide6.QtCore  # noqa: F401 - the hook comes with it

_hooks = vars(builtins)
if "__orig_import__" in _hooks:  # as PySide 6.11 keeps it; elsewhere nothing is changed
    _hooks["__import__"] = _hooks["__orig_import__"]
