"""A bar inside a form or page that says what happened, what is safe and what to do."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QWidget

from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.icon_label import IconLabel
from collabcare.ui.widgets.layouts import row
from collabcare.ui.widgets.look import TONE_TOKEN, Tone, set_look
from collabcare.ui.widgets.plain_label import PlainLabel

_ICONS = {Tone.ACCENT: "info", Tone.GOOD: "check", Tone.ATTENTION: "warning", Tone.DANGER: "error"}


class InlineMessage(QFrame):
    """Hidden until it has something to say; what it says is also announced to assistive technology."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("info", TONE_TOKEN[Tone.ACCENT], 18)
        self._words = PlainLabel("", wrap=True)
        self._words.make_copyable(as_typed=False)
        self._acts = row()
        self._lasts = False
        inside = row(self._icon, self._words, self._acts, gap=8, margin=8)
        inside.setStretch(1, 1)
        self.setLayout(inside)
        self.hide()

    def show_info(self, text: str) -> None:
        """Say something worth knowing."""
        self._say(text, Tone.ACCENT)

    def show_good(self, text: str) -> None:
        """Say that something is done."""
        self._say(text, Tone.GOOD)

    def show_attention(self, text: str) -> None:
        """Say something to look at before going on."""
        self._say(text, Tone.ATTENTION)

    def show_refused(self, sentence: str, *, stopped: bool) -> None:
        """Show why something was not done: an error, or plainly what the user stopped themselves."""
        (self.show_info if stopped else self.show_error)(sentence)

    def show_error(self, text: str) -> None:
        """Say what was refused and why."""
        self._say(text, Tone.DANGER)

    def add_act(self, button: QWidget) -> None:
        """Put a button at the end of the bar."""
        self._acts.addWidget(button)

    def show_lasting(self, text: str, tone: Tone = Tone.ACCENT) -> None:
        """Say what stays until it is dealt with, whatever else is done meanwhile."""
        self._say(text, tone)
        self._lasts = True

    def pass_on(self) -> None:
        """Say no more of what was done, since something else is; what is to last stays."""
        if not self._lasts:
            self.clear()

    def is_lasting(self) -> bool:
        """Return whether what is said stays until it is dealt with."""
        return self._lasts

    def clear(self) -> None:
        """Say nothing and take no room."""
        self._lasts = False
        self._words.setText("")
        self.hide()

    def text(self) -> str:
        """Return what is being said, or nothing."""
        return self._words.whole_text()

    def _say(self, text: str, tone: Tone) -> None:
        self._lasts = False
        set_look(self, "tone", tone.value)
        self._icon.set_icon(_ICONS[tone], TONE_TOKEN[tone])
        self._words.setText(text)
        self._words.setAccessibleName(text)
        self.show()
        announce(self, text)
