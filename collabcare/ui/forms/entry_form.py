"""What every form has: Save and Cancel, their keys, and the sentence that says why saving was refused."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, ClassVar, NoReturn, Protocol

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QSizePolicy, QWidget

from collabcare.domain.errors import RuleViolation
from collabcare.ui.forms.fitting_area import RING, FittingArea
from collabcare.ui.forms.kept_fields import kept_fields
from collabcare.ui.forms.late_part import Growing
from collabcare.ui.forms.mending import Mending
from collabcare.ui.forms.own_height import height_needed
from collabcare.ui.theme import current_theme
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.inline_message import InlineMessage
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.note_edit import NoteEdit
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.telephone_edit import TelephoneEdit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from collabcare.domain.acting import Acting
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.widgets.date_edit import DateEdit


_ALL = 1000


class RoomWanted(IntEnum):
    """How much of a patient's page a form is shown on."""

    USUAL = 0
    WHOLE = 1
    HIGH = 2
    """The whole page, and what stands over it where that is not high."""
    ONLY = 3
    """Nothing else is shown: the page is low."""


class Checked(Protocol):
    """A field that can say what is wrong with what was typed."""

    def problem(self) -> str:
        """Return why the text is not acceptable, or nothing."""

    def setFocus(self) -> None:
        """Take the keyboard."""


class RefusedAt(RuleViolation):
    """Something is missing or cannot be read in one field."""

    def __init__(self, sentence: str, field: QWidget | None) -> None:
        super().__init__(sentence)
        self.field = field


class EntryForm(Growing):
    """Edits one command in place; whoever shows it runs the command and says how that went.

    A subclass fills ``body``, names its editors and ends its own construction with :meth:`start`.

    Signals:
        submitted: The command the user wants carried out.
        cancelled: The user thinks better of it.
    """

    submitted = Signal(object)
    cancelled = Signal()

    KIND: ClassVar[str] = ""
    TITLE: ClassVar[str] = ""
    SAVE: ClassVar[str] = "Save"
    KEEPS_FIELDS: ClassVar[bool] = False
    """Whether ``[[ ]]`` may stay in what is written here: in a snippet it is filled in later."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(f"{self.KIND}_form")
        self.setAccessibleName(self.TITLE)
        self.body = column(gap=8)
        self.message = InlineMessage()
        self.save = Button(self.SAVE, ButtonKind.PRIMARY)
        self.save.setToolTip(f"{self.SAVE} (Ctrl+Enter)")
        self.cancel = Button("Cancel", ButtonKind.QUIET)
        self.cancel.setToolTip("Close without saving (Esc)")
        self.keys = PlainLabel("Ctrl+Enter saves, Esc closes", TextRole.SECONDARY)
        self.keys.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._area = FittingArea(self.body)
        self.keys.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._feet = row(self.save, self.cancel, self.keys, STRETCH)
        self._feet.setStretch(2, _ALL)  # and what is left after it, once it is hidden, to nothing
        self._feet.setContentsMargins(current_theme().px(RING), 0, current_theme().px(RING), 0)
        self._stack = column(self._area, self.message, self._feet, gap=8)
        self.setLayout(self._stack)
        self._named(save=self.save, cancel=self.cancel, message=self.message)
        self.save.clicked.connect(self._on_save)
        self.cancel.clicked.connect(self.cancelled)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self._on_save)
        self._clean: tuple[object, ...] = ()
        self._saving, self._doubt = False, ""
        self._mending: Mending | None = None

    def called(self) -> str:
        """Return what it is about now, in a few words, for a list of what is not saved yet."""
        return self.TITLE

    def first(self) -> QWidget:
        """Return the field where the keyboard goes when the form is opened."""
        raise NotImplementedError

    def take_keyboard(self) -> None:
        """Put the keyboard into the first field.

        Not a focus proxy, which would make one Tab stop of a whole form.
        """
        self.first().setFocus()

    def start(self) -> None:
        """Take what stands in the fields now as what nobody has touched."""
        self._clean = self.written()
        self.opened = kept_fields(self)

    def keep_in_view(self, part: QWidget) -> None:
        """Put something between the fields and the message: it is seen however far the fields scroll."""
        self._stack.insertWidget(1, part)

    @property
    def saving(self) -> bool:
        """Whether what stands in the form is being saved just now."""
        return self._saving

    def written(self) -> tuple[object, ...]:
        """Return everything the user can type or choose, to tell a touched form from an untouched one."""
        raise NotImplementedError

    def is_touched(self) -> bool:
        """Return whether anything has been typed or chosen since the form was opened."""
        return self.written() != self._clean

    def command(self) -> object:
        """Return what the user asked for.

        Raises:
            RuleViolation: With the sentence to show, when something is missing or cannot be read.
        """
        raise NotImplementedError

    def refuse_unfilled(self) -> None:
        """Refuse to save a note in which something of a snippet is still to be filled in.

        Raises:
            RefusedAt: With the place selected.
        """
        for note in self.findChildren(NoteEdit):
            if note.isVisibleTo(self) and note.is_unfilled() and not self.KEEPS_FIELDS:
                words = note.show_unfilled()
                raise RefusedAt(f"Fill in {words} in the note, or take it out. Nothing is saved yet.", note)

    def doubt(self) -> str:
        """Return what to say before the first save of what can be saved but is rarely meant, or nothing."""
        return ""

    def refuse(self, sentence: str, field: QWidget | None = None) -> None:
        """Stay open with every character kept, and say why it was not saved.

        It is said until ``field`` changes, or anything when nobody knows which field it is about.
        """
        self.set_saving(saving=False)
        self.message.show_error(sentence)
        self._watch(field or self)

    def say_no_more(self) -> None:
        """Take back what was said about a save: it is tried again, or what it was about changed."""
        self.message.clear()
        self._watch(None)

    def set_saving(self, *, saving: bool) -> None:
        """Wait for an answer, so that two presses do not save twice; the keyboard stays where it is."""
        self._saving = saving

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), height_needed(self))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit_keys()
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        # Taken before any shortcut of the window sees it: Esc leaves the form first, then the page.
        if event.type() == QEvent.Type.ShortcutOverride and _is_escape(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.cancelled.emit()
            return
        super().keyPressEvent(event)

    def _fit_keys(self) -> None:
        """Leave the hint out where it has no room beside the buttons; their tool tips have the keys too."""
        shown = [part.sizeHint().width() for part in (self.save, self.cancel) if not part.isHidden()]
        gaps = self._feet.spacing() * len(shown) + 2 * current_theme().px(RING)
        fits = self.width() - gaps - sum(shown) >= self.keys.sizeHint().width()
        self.keys.setVisible(bool(shown) and fits)

    def _named(self, **editors: QWidget) -> None:
        """Give each editor the object name ``<kind>_<attribute>``."""
        for name, editor in editors.items():
            editor.setObjectName(f"{self.KIND}_{name}")

    def _on_save(self) -> None:
        if self._saving:
            return
        try:
            self.refuse_unfilled()
            _refuse_numbers(self)
            command = self.command()
        except RuleViolation as refusal:
            self.refuse(str(refusal), refusal.field if isinstance(refusal, RefusedAt) else None)
            return
        doubt = " ".join(filter(None, (self.doubt(), *_doubted_numbers(self))))
        if doubt and doubt != self._doubt:
            self.message.show_attention(doubt)
            self._watch(self)
            self._doubt = doubt
            return
        self.say_no_more()
        self.set_saving(saving=True)
        self.submitted.emit(command)

    def _watch(self, field: QWidget | None) -> None:
        """Take the message back once ``field`` changes, and no longer when another one does."""
        if self._mending is not None:
            self._mending.begun.disconnect(self.say_no_more)
            self._mending.deleteLater()
        self._doubt = ""
        self._mending = None if field is None else Mending(field, self)
        if self._mending is not None:
            self._mending.begun.connect(self.say_no_more)


class PatientForm(EntryForm):
    """A form about one patient's episode, which it is bound to for as long as it lives.

    Signals:
        wants: What the user asks for instead or besides: a form, ``letter:KIND`` or ``page:NAME``.
        room_changed: Whether it wants the room beside it may have changed.
    """

    wants = Signal(str)
    room_changed = Signal()

    def __init__(self, page: PatientPage, acting: Acting, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = page
        self.acting = acting
        self.now: Callable[[], datetime | None] = lambda: None

    def tell_time(self, now: Callable[[], datetime]) -> None:
        """Take where to ask for the time: what has not begun is said to be so before it is saved."""
        self.now = now

    def set_page(self, page: PatientPage) -> None:
        """Take in what has changed about the same episode meanwhile; what was typed stays."""
        self.page = page

    def wants_room(self) -> RoomWanted:
        """Return how much of the page it is better shown on."""
        return RoomWanted.USUAL


def fit(*editors: Checked) -> None:
    """Refuse the first field that cannot be read, and put the keyboard there.

    Raises:
        RuleViolation: With that field's own words.
    """
    for editor in editors:
        if problem := editor.problem():
            refuse_at(editor, problem)


def _refuse_numbers(form: QWidget) -> None:
    """Refuse a telephone number that cannot be one.

    Raises:
        RefusedAt: With the number that it is.
    """
    for edit in _telephones(form):
        fit(edit)


def _doubted_numbers(form: QWidget) -> Iterator[str]:
    """Yield what to ask about each telephone number."""
    return (edit.doubt() for edit in _telephones(form))


def _telephones(form: QWidget) -> Iterator[TelephoneEdit]:
    return (edit for edit in form.findChildren(TelephoneEdit) if edit.isVisibleTo(form))


def needed_day(editor: DateEdit) -> date:
    """Return the day typed in a field that may not stay empty.

    Raises:
        RuleViolation: With the field's own words.
    """
    fit(editor)
    day = editor.value()
    if day is None:
        refuse_at(editor, "Type a date, such as 12/3, t for today, or +2w.")
    return day


def refuse_at(editor: Checked | QWidget, sentence: str) -> NoReturn:
    """Put the keyboard where something is missing.

    Raises:
        RefusedAt: With the sentence.
    """
    editor.setFocus()
    raise RefusedAt(sentence, editor if isinstance(editor, QWidget) else None)


def _is_escape(event: QEvent) -> bool:
    return isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape
