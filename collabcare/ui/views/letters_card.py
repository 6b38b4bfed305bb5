"""Letters of one kind for several patients: each is put together and looked at alone, and nothing is sent."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QProgressBar

from collabcare.domain.display import fmt_count
from collabcare.paths import documents_dir
from collabcare.services.bulk import check_letter, save_letter
from collabcare.services.letters import issue_letter, letter_file_name
from collabcare.ui.count import Count
from collabcare.ui.prompts import FileChoice
from collabcare.ui.views.caseload_cards import fit_in
from collabcare.ui.views.side_card import SideCard
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.field import Field
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.services.bulk import CheckedLetter
    from collabcare.services.desk import Desk
    from collabcare.ui.prompts import Prompts
    from collabcare.ui.tasks import Tasks

_ABOUT = (
    "Each letter is put together from the record and checked by itself. One with anything to look at is left "
    "out, with why: open that patient and write it there."
)
_CHECK, _STOP = "Check the letters", "Stop"


class LettersCard(SideCard):
    """Checks first, then says what would be issued and to whom, and issues one after the other.

    Each letter that is issued stands in its patient's record as if it had been issued there. Its page is
    saved as a numbered file whose name says nothing of a patient.
    """

    def __init__(self, desk: Desk, tasks: Tasks, prompts: Prompts, rows: Sequence[CaseloadRow]) -> None:
        super().__init__(f"Letters for {fmt_count(len(rows), 'patient')}", _CHECK)
        self._desk, self._tasks, self._prompts = desk, tasks, prompts
        self._rows = tuple(rows)
        self._checked: list[CheckedLetter] = []
        self._issued = 0
        self._unsaved = 0
        self._going: Count | None = None
        self._to: Path | None = None
        kinds = [Option(kind.id, kind.title) for kind in desk.letter_kinds.values()]
        self.kind = ComboBox("Kind of letter", kinds)
        fit_in(self.kind)
        self.bar = QProgressBar()
        self.bar.setAccessibleName("Letters done")
        self.bar.setTextVisible(False)
        self.bar.hide()
        self.progress = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.can = PlainLabel("", wrap=True)
        self.cannot = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self.put(PlainLabel(_ABOUT, TextRole.SECONDARY, wrap=True))
        for part in (Field("&Kind of letter", self.kind), self.bar, self.progress, self.can, self.cannot):
            self.put(part)
        self.kind.currentIndexChanged.connect(self._start_again)

    def first(self) -> QWidget:
        return self.kind

    def is_busy(self) -> bool:
        return self._going is not None

    @property
    def _stopped(self) -> bool:
        return self._going is not None and self._going.cancelled

    @property
    def ready(self) -> list[tuple[CaseloadRow, CheckedLetter]]:
        """The letters that can be issued, each with its patient."""
        pairs = zip(self._rows, self._checked, strict=False)
        return [(row, letter) for row, letter in pairs if not letter.why_not]

    def do(self) -> None:
        if self._going is not None:
            self._going.cancel()  # what is being written is finished; nothing more is begun
        elif len(self._checked) < len(self._rows):
            self._go("Checking letters", len(self._rows))
            self._check_next()
        else:
            self._ask_where()

    def _start_again(self) -> None:
        self._checked, self._issued, self._unsaved = [], 0, 0
        self.message.clear()
        for label in (self.progress, self.can, self.cannot):
            label.setText("")
        self._stand(_CHECK)

    def _go(self, doing: str, total: int) -> None:
        self._going = Count(doing, "")
        self._going(0, total)
        self._tasks.follow(self._going)
        self.act.setFocus()
        self.kind.setEnabled(False)
        self.close_it.setEnabled(False)
        self.message.clear()
        self.act.setText(_STOP)
        self.bar.setRange(0, total)
        self.bar.show()
        announce(self, doing)

    def _stand(self, act: str, *, enabled: bool = True) -> None:
        if self._going is not None:
            self._going.finished = True
            self._going = None
        self.kind.setEnabled(True)
        self.close_it.setEnabled(True)
        self.bar.hide()
        self.act.setText(act)
        self.act.setEnabled(enabled)

    def _check_next(self) -> None:
        done = len(self._checked)
        self._tell(done)
        self.progress.setText(f"Checked {done:,} of {len(self._rows):,}")
        if done == len(self._rows):
            self._say_checked()
        elif self._stopped:
            self._checked = []
            self._stand(_CHECK)
            self.message.show_info("Stopped. Nothing was issued.")
        else:
            episode_id, kind = self._rows[done].facts.episode_id, str(self.kind.value())
            self._tasks.read(
                self,
                lambda session: check_letter(session, episode_id, kind, self._desk),
                self._got,
                topic="check",
                refused=self._not_checked,
            )

    def _not_checked(self, sentence: str) -> None:
        self._checked = []
        self._stand(_CHECK)
        self.message.show_error(f"{sentence} Nothing was issued.")

    def _got(self, letter: CheckedLetter) -> None:
        self._checked.append(letter)
        self._check_next()

    def _say_checked(self) -> None:
        ready = self.ready
        left = [(r, c) for r, c in zip(self._rows, self._checked, strict=True) if c.why_not]
        self.can.setText(_can_words(ready))
        self.cannot.setText(_cannot_words(left))
        words = fmt_count(len(ready), "letter")
        self._stand(f"Issue {words} and save…" if ready else "Nothing to issue", enabled=bool(ready))
        self.progress.setText(
            "Issued letters stay in each record for good. Nothing is sent by this program." if ready else ""
        )
        announce(self, self.can.whole_text())

    def _ask_where(self) -> None:
        name = letter_file_name(str(self.kind.value()), self._desk.today)
        self._to = self._prompts.choose_save(
            FileChoice(
                title="Save the letters; each name gets a number",
                kind="PDF",
                suffix=".pdf",
                suggested=documents_dir() / name,
            )
        )
        if self._to is not None:
            self._issued = self._unsaved = 0
            self._go("Issuing letters", len(self.ready))
            self._issue_next()

    def _tell(self, done: int) -> None:
        """Say how many are done, here and in the strip at the top of the window."""
        self.bar.setValue(done)
        if self._going is not None and not self._going.cancelled:
            self._going(done, self._going.total)

    def _issue_next(self) -> None:
        ready = self.ready
        self._tell(self._issued)
        self.progress.setText(f"Issued {self._issued:,} of {len(ready):,}")
        if self._issued == len(ready) or self._stopped:
            self._finish("")
            return
        letter = ready[self._issued][1]
        self._tasks.write(
            partial(issue_letter, letter.command, self._desk),
            lambda _changes: self._save(letter),
            self._finish,
        )

    def _save(self, letter: CheckedLetter) -> None:
        self._issued += 1
        if self._to is None:
            return
        path = self._to.with_stem(f"{self._to.stem}-{self._issued:02d}")
        self._tasks.run(
            self,
            partial(save_letter, letter.pdf, path),
            lambda _nothing: self._issue_next(),
            refused=self._not_saved,
            topic="save",
        )

    def _not_saved(self, _sentence: str) -> None:
        self._unsaved += 1
        self._issue_next()

    def _finish(self, sentence: str) -> None:
        """Say what was done, and what was not and why; what was issued stays issued."""
        asked = len(self.ready)
        done = f"{fmt_count(self._issued, 'letter')} issued. Nothing was sent. The files are not encrypted."
        self._stand("Done", enabled=False)
        if self._unsaved:
            self.message.show_attention(
                f"{done} {self._unsaved:,} could not be saved as a file: save those from the patient’s page."
            )
        elif self._issued < asked:
            self.message.show_attention(f"{done} {asked - self._issued:,} not issued. {sentence}".strip())
        else:
            self.message.show_good(done)
        self.said.emit(done)


def _can_words(ready: Sequence[tuple[CaseloadRow, CheckedLetter]]) -> str:
    """List who would have a letter, one to a line."""
    if not ready:
        return "No letter can be issued here."
    lines = [f"{row.facts.patient.name}, to {letter.recipient}" for row, letter in ready]
    return "\n".join([f"{fmt_count(len(ready), 'letter')} can be issued:", *lines])


def _cannot_words(left: Sequence[tuple[CaseloadRow, CheckedLetter]]) -> str:
    """List who would have none and why, or nothing."""
    lines = [f"{row.facts.patient.name}: {letter.why_not}" for row, letter in left]
    return "\n".join(["Left out:", *lines]) if lines else ""
