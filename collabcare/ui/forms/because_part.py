"""Why somebody had not come: chosen from a short list, in a few words more where they help, or left open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.display import spoken_dates
from collabcare.domain.missed_because import BECAUSE_WORDS, MissedBecause, to_consider
from collabcare.ui.forms.lines import Lines
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.line_edit import LineEdit
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from typing import Any

_OPEN = "Not noted"


class BecausePart(QWidget):
    """Asks for the reason; what some of them suggest is said below, and keeps nobody from saving."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._asked = True
        self.reason = ComboBox(
            "Why they had not come",
            [Option(None, _OPEN), *(Option(each, words) for each, words in BECAUSE_WORDS.items())],
        )
        self.words = LineEdit("In their words")
        self.words.setPlaceholderText("In their words, if it helps")
        self._thought = PlainLabel("", TextRole.SECONDARY, wrap=True)
        self._own, lines = QWidget(), Lines()
        own = Lines()
        own.line("In their words", self.words)
        self._own.setLayout(own)
        lines.line("Why m&issed", self.reason)
        head = QWidget()
        head.setLayout(lines)
        self.setLayout(column(head, self._own, self._thought, gap=4))
        self.reason.currentIndexChanged.connect(self._unfold)
        self._unfold()

    def ask(self, wanted: bool) -> None:  # noqa: FBT001 - shown or not, as Qt's setVisible
        """Ask for it, or not: then it takes no room and gives no answer."""
        self._asked = wanted
        self.setVisible(wanted)

    def because(self) -> MissedBecause | None:
        """Return the reason chosen, None for none."""
        chosen = self.reason.value()  # Qt hands a code back as plain text
        return MissedBecause(chosen) if isinstance(chosen, str) else None

    def given(self) -> dict[str, Any]:  # Any: two fields of a command, by name
        """Return both fields as the commands name them; nothing while nobody is asked."""
        because = self.because() if self._asked else None
        said = self.words.text() if because in _WORDED else ""
        return {"missed_because": because, "missed_because_words": said}

    def written(self) -> tuple[object, ...]:
        """Return what was chosen and typed."""
        return self.because(), self.words.text()

    def _unfold(self) -> None:
        because = self.because()
        self._own.setVisible(because in _WORDED)
        thought = to_consider(because)
        said = thought.sentence if thought else ""
        if said and said != self._thought.whole_text():
            announce(self, said)
        self._thought.setText(said)
        self._thought.setAccessibleName(spoken_dates(said))
        self._thought.setVisible(bool(said))


_WORDED = frozenset(MissedBecause) - {MissedBecause.NOT_ASKED}
