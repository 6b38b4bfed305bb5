"""The cards beside the caseload for one task each: hand patients on, keep a view under a name, export."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from collabcare.documents.caseload_csv import caseload_csv_name
from collabcare.domain.acting import Permission, allowed
from collabcare.domain.caseload_columns import caseload_columns
from collabcare.domain.caseload_filters import Whose, belonging_to
from collabcare.domain.caseload_layout import LONGEST_NAME, refuse_name
from collabcare.domain.display import fmt_count
from collabcare.domain.due_kinds import DUE_ORDER, DUE_WORDS
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId
from collabcare.domain.typed_text import says_something
from collabcare.paths import documents_dir
from collabcare.queries.site import users
from collabcare.services.bulk import AllocateMany, HandOn, allocate_many
from collabcare.services.caseload_export import ExportCaseload, export_caseload
from collabcare.ui.count import Count
from collabcare.ui.prompts import FileChoice
from collabcare.ui.views.side_card import SideCard
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.queries.site import UserRow
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

_MOST_NAMES = 12
_CHOSEN = "chosen"
_NOT_ENCRYPTED = (
    "The file is not encrypted: anybody who opens it reads it. Keep it where patient records may be kept, "
    "and delete it when you are done. That you exported it is noted in the record for each patient in it."
)


def names_of(rows: Sequence[CaseloadRow]) -> str:
    """List who is meant, one to a line, and how many more there are."""
    names = [row.facts.patient.name for row in rows[:_MOST_NAMES]]
    more = len(rows) - len(names)
    return "\n".join([*names, f"and {fmt_count(more, 'other')}"] if more else names)


def fit_in(box: ComboBox) -> None:
    """Let a box be narrower than its longest entry, which its list shows in full."""
    box.setSizeAdjustPolicy(ComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)


_NO_COLLEAGUES = (
    "Your colleagues could not be read. Nothing is lost. Close this and choose Reassign again to try again."
)


def _chosen_words(count: int) -> str:
    return "The patient chosen" if count == 1 else f"The {count:,} patients chosen"


def late_words(rows: Sequence[CaseloadRow]) -> str:
    """Say what is overdue for patients, whoever holds them: ``Overdue: safety review due (2), …``."""
    counts = Counter(due.kind for row in rows for due in row.overdue)
    told = [f"{DUE_WORDS[kind]} ({counts[kind]:,})" for kind in DUE_ORDER if counts[kind]]
    return f"Overdue for them: {'; '.join(told)}. It goes with them." if told else ""


class ReassignCard(SideCard):
    """Hands the chosen patients, or everybody a colleague holds, to one practitioner, and asks why.

    Signals:
        handed: What was done in a sentence, and the command that takes it back; None where there is none.
    """

    handed = Signal(str, object)

    def __init__(
        self, desk: Desk, tasks: Tasks, chosen: Sequence[CaseloadRow], rows: Sequence[CaseloadRow]
    ) -> None:
        super().__init__("Reassign", "Reassign")
        self._desk, self._tasks = desk, tasks
        self._chosen, self._rows = tuple(chosen), tuple(rows)
        self._going: Count | None = None
        self.which = ComboBox("Which patients", self._groups())
        self.to = ComboBox("Hand to")
        self.to.setPlaceholderText("Choose a colleague")
        self._how_many = PlainLabel("", TextRole.STRONG, wrap=True)
        self._names = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.why = LineEdit("Why")
        self.why.setPlaceholderText("Such as: on leave until March")
        self._late = PlainLabel("", wrap=True)
        for part in (
            Field("&Which patients", self.which),
            Field("Hand &to", self.to),
            Field("Wh&y", self.why),
        ):
            self.put(part)
        for box in (self.which, self.to):
            fit_in(box)
        self.put(self._how_many, self._late, self._names)
        self.which.currentIndexChanged.connect(self._say)
        self.to.currentIndexChanged.connect(self._say)
        self._say()
        tasks.read(self, users, self._got_users, refused=self._on_unread, topic="users")

    def first(self) -> QWidget:
        return self.to

    def meant(self) -> tuple[CaseloadRow, ...]:
        """Return who would be handed on: those the new holder has already are left out."""
        value = self.which.value()
        rows = self._chosen
        if value != _CHOSEN and isinstance(value, int):
            rows = tuple(belonging_to(self._rows, Whose.COLLEAGUES, self._desk.acting.user_id, UserId(value)))
        return tuple(row for row in rows if row.facts.holder_id != self.to.value())

    def do(self) -> None:
        to = self.to.value()
        if not isinstance(to, int):
            self.message.show_error("Choose who is to hold these patients.")
            self.to.setFocus()
            return
        if not says_something(self.why.text()):
            self.message.show_error("Write why: it stays in the story of each of them.")
            self.why.setFocus()
            return
        meant = self.meant()
        command = AllocateMany(
            episodes=tuple(HandOn(episode_id=r.facts.episode_id, seen=r.facts.version) for r in meant),
            holder_id=UserId(to),
            reason=self.why.text(),
        )
        words = f"{fmt_count(len(meant), 'patient')} now held by {self.to.currentText()}."
        self.act.setEnabled(False)
        self._going = Count("Reassigning", "Stopped. Nobody was handed on.")
        self._tasks.write_counted(
            self._going,
            partial(allocate_many, command, self._desk.uow, self._going),
            lambda _changes: self._done(words, _back(meant)),
            self._refused,
        )

    def _groups(self) -> list[Option]:
        groups = [Option(_CHOSEN, _chosen_words(len(self._chosen)))]
        holders = {row.facts.holder_id: row.facts.holder for row in self._rows if row.facts.holder_id}
        for holder_id, name in sorted(holders.items(), key=lambda each: each[1] or ""):
            held = sum(row.facts.holder_id == holder_id for row in self._rows)
            groups.append(Option(holder_id, f"Everybody held by {name} ({held:,})"))
        return groups

    def _on_unread(self, _sentence: str) -> None:
        self.message.show_attention(_NO_COLLEAGUES)

    def _got_users(self, found: Sequence[UserRow]) -> None:
        can = [each for each in found if each.active and allowed(each.role, Permission.RECORD_CONTACT)]
        self.to.set_options([Option(each.id, each.name) for each in can])
        self.to.setCurrentIndex(-1)
        self._say()

    def _say(self) -> None:
        meant = self.meant()
        self._how_many.setText(
            f"{fmt_count(len(meant), 'patient')} to hand on" if meant else "Nobody to hand on"
        )
        self._names.setText(names_of(meant))
        self._late.setText(late := late_words(meant))
        self._late.setVisible(bool(late))
        self.act.setText(f"Reassign {fmt_count(len(meant), 'patient')}")
        self.act.setEnabled(bool(meant))

    def _done(self, words: str, back: AllocateMany | None) -> None:
        self.said.emit(words)
        self.closed.emit()
        self.handed.emit(words, back)

    def _refused(self, sentence: str) -> None:
        self.act.setEnabled(True)
        self.message.show_refused(sentence, stopped=self._going is not None and self._going.cancelled)


def _back(meant: Sequence[CaseloadRow]) -> AllocateMany | None:
    """Return what gives patients back to whoever held them all; None where that was nobody, or several."""
    held = {row.facts.holder_id for row in meant}
    before = held.pop() if len(held) == 1 else None
    if before is None:
        return None
    episodes = tuple(HandOn(episode_id=row.facts.episode_id, seen=row.facts.version + 1) for row in meant)
    return AllocateMany(episodes=episodes, holder_id=before, reason="Taken back.")


class NameCard(SideCard):
    """Asks for the name of a view."""

    def __init__(
        self, title: str, about: str, others: Sequence[str], keep: Callable[[str], None], name: str = ""
    ) -> None:
        super().__init__(title, "Save view")
        self._others, self._keep = tuple(others), keep
        self.name = LineEdit("Name of the view")
        self.name.setMaxLength(LONGEST_NAME)
        self.name.setText(name)
        self._field = Field("&Name of the view", self.name)
        self.put(PlainLabel(about, TextRole.SECONDARY, wrap=True))
        self.put(self._field)
        self.name.returnPressed.connect(self.do)

    def first(self) -> QWidget:
        return self.name

    def do(self) -> None:
        try:
            name = refuse_name(self.name.text(), self._others)
        except RuleViolation as refusal:
            self._field.set_problem(str(refusal))
            self.name.setFocus()
            return
        self._keep(name)
        self.closed.emit()


class ExportCard(SideCard):
    """Says what is about to leave the record, and asks where to."""

    def __init__(
        self, desk: Desk, tasks: Tasks, prompts: Prompts, make: Callable[..., ExportCaseload]
    ) -> None:
        super().__init__("Export the list", "Choose where…")
        self._desk, self._tasks, self._prompts, self._make = desk, tasks, prompts, make
        self._going: Count | None = None
        command = make(documents_dir())
        count = fmt_count(len(command.rows), "patient")
        titles = {each.id: each.title for each in caseload_columns(desk.rulebook, command.measure)}
        columns = ", ".join(titles[each] for each in command.columns if each in titles)
        for words, role in (
            (f"{command.shown}. {command.ordered}.", TextRole.STRONG),
            (
                f"A file for a spreadsheet with {count}, as they are seen. Columns: {columns}.",
                TextRole.BODY,
            ),
            (
                _NOT_ENCRYPTED,
                TextRole.BODY,
            ),
        ):
            self.put(PlainLabel(words, role, wrap=True))
        self.act.setEnabled(bool(command.rows))

    def do(self) -> None:
        choice = FileChoice(
            title="Save the list",
            kind="CSV",
            suffix=".csv",
            suggested=documents_dir() / caseload_csv_name(self._desk.today.isoformat()),
        )
        path = self._prompts.choose_save(choice)
        if path is None:
            return
        command = self._make(path)
        words = f"{fmt_count(len(command.rows), 'patient')} saved as {path.name}. The file is not encrypted."
        self.act.setEnabled(False)
        self._going = Count("Exporting", "Stopped. No file was saved.")
        self._tasks.write_counted(
            self._going,
            partial(export_caseload, command, self._desk, self._going),
            lambda _changes: self._done(words),
            self._refused,
        )

    def _done(self, words: str) -> None:
        self.said.emit(words)
        self.closed.emit()

    def _refused(self, sentence: str) -> None:
        self.act.setEnabled(True)
        self.message.show_refused(sentence, stopped=self._going is not None and self._going.cancelled)
