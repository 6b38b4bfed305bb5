"""What stands in the fields of a form, as values that JSON can hold, and putting it back as a hand would.

Fields are known by their object names, and where they have none by their spoken names under the nearest part
that has one. What is not there any more, or is not offered any more, is left out when it is put back. A
password is never looked at, whether it is hidden or shown.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from collabcare.ui.forms.choice_grid import ChoiceGrid
from collabcare.ui.widgets.answers_edit import AnswersEdit
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.password_edit import PasswordEdit
from collabcare.ui.widgets.segmented import Segmented

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Value: TypeAlias = str | bool | list[int | None] | None

_ROUNDS = 3
"""One choice may fill in or unfold others, so what was put back is looked at again until it stands."""


def kept_fields(form: QWidget) -> dict[str, Value]:
    """Return what stands in every field of a form now, in the order of the form."""
    return {name: _value(field) for name, field in _fields(form).items()}


def spoken_names(form: QWidget, names: set[str]) -> list[str]:
    """Return what the fields with these names are called on screen."""
    return [field.accessibleName() for name, field in _fields(form).items() if name in names]


def name_of(form: QWidget, field: QWidget | None) -> str:
    """Return the name that the field with the keyboard in it is known by; nothing for what is none."""
    fields = _fields(form).items()
    return next((n for n, each in fields if field is not None and _holds(each, field)), "")


def field_named(form: QWidget, name: str) -> QWidget | None:
    """Return the field of a form that is known by a name, if there is one now."""
    return _fields(form).get(name)


def put_back(form: QWidget, wanted: Mapping[str, Value]) -> None:
    """Put values back into the fields that still take them."""
    for _ in range(_ROUNDS):
        fields = _fields(form)
        wrong = [n for n, value in wanted.items() if n in fields and _value(fields[n]) != value]
        if not wrong:
            return
        for name in wrong:
            field = fields[name]
            if _value(field) != wanted[name]:  # another one may have filled it in meanwhile
                _put(field, wanted[name])


def _holds(field: QWidget, part: QWidget) -> bool:
    return part is field or field.isAncestorOf(part)


def _fields(form: QWidget) -> dict[str, QWidget]:
    found: dict[str, QWidget] = {}
    for path, field in _walk(form, ""):
        name, number = path, 1
        while name in found:
            number += 1
            name = f"{path} ({number})"
        found[name] = field
    return found


def _walk(part: QWidget, within: str) -> Iterator[tuple[str, QWidget]]:
    for child in part.children():
        if not isinstance(child, QWidget) or child.isWindow():
            continue
        own = child.objectName()
        own = "" if own.startswith("qt_") else own
        if _is_field(child):
            yield own or f"{within}/{child.accessibleName()}", child
        elif not isinstance(child, QLineEdit | QAbstractButton):
            yield from _walk(child, own or within)


def _is_field(part: QWidget) -> bool:
    if isinstance(part, QLineEdit):
        return not isinstance(part, PasswordEdit) and part.echoMode() is QLineEdit.EchoMode.Normal
    if isinstance(part, QAbstractButton):
        return part.isCheckable()
    return isinstance(part, QPlainTextEdit | QComboBox | Segmented | ChoiceGrid | AnswersEdit)


def _value(field: QWidget) -> Value:
    if isinstance(field, QPlainTextEdit):
        return field.toPlainText()
    if isinstance(field, QLineEdit):
        return field.text()
    if isinstance(field, QAbstractButton):
        return field.isChecked()
    if isinstance(field, AnswersEdit):
        return list(field.answers())
    if isinstance(field, ComboBox | Segmented | ChoiceGrid):
        return _as_text(field.value())
    raise TypeError(type(field).__name__)


def _as_text(value: object) -> str | None:
    return None if value is None else str(value.value if isinstance(value, Enum) else value)


def _put(field: QWidget, value: Value) -> None:
    if isinstance(field, QPlainTextEdit) and isinstance(value, str):
        field.setPlainText(value)
    elif isinstance(field, QLineEdit) and isinstance(value, str):
        field.setText(value)
    elif isinstance(field, QAbstractButton) and isinstance(value, bool):
        field.setChecked(value)
    elif isinstance(field, AnswersEdit) and isinstance(value, list):
        _answer(field, value)
    elif isinstance(field, ComboBox):
        _choose(field, value)
    elif isinstance(field, Segmented | ChoiceGrid):
        for option in field.options:
            if _as_text(option.value) == value:
                field.choose(option.value)
                return


def _choose(box: ComboBox, value: Value) -> None:
    for index in range(box.count()):
        if _as_text(box.itemData(index)) == value:
            box.setCurrentIndex(index)
            box.activated.emit(index)
            return


def _answer(grid: AnswersEdit, value: list[int | None]) -> None:
    if len(value) == len(grid.answers()):
        grid.set_answers(tuple(value))
        grid.answers_changed.emit(grid.answers())
