"""Whose record this is: on every screen, form and letter about one patient, never on a list.

Order, labels and marks follow the NHS Common User Interface patient banner (ISB 1505, withdrawn in 2019 and
used here for its safety sense): name, born with age, gender, NHS number; no colons; labels lighter than
values; somebody who has died is marked by colour and pattern.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QGridLayout, QLayout, QMenu, QSizePolicy, QWidget

from collabcare.domain.display import fmt_date, fmt_date_long
from collabcare.ui.theme import Token, current_theme, icon
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.look import set_look
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from datetime import date

_NOT_KNOWN = "Not Known"
_HATCHED = 12
_NARROWEST = 240
_ROOM_OF_A_DETAIL = 300
_MOST_DETAIL_COLUMNS = 3
_GAP = 24
_TIGHT = 2
_DIRECTIONS = QBoxLayout.Direction
_MEANS = {
    "Address": "Where this person lives or has their post sent, with the postcode",
    "Telephone": "The number to ring first, and the other number if there is one",
    "Email": "The email address this person gave",
    "Before you ring": "What was noted about getting in touch; read it first",
    "Allergies": "Allergies and bad reactions as this person reports them",
    "Safe ways": "By which ways this person said it is safe to reach them, and by which it is not",
    "Interpreter": "The language for which this person needs an interpreter, signed or spoken",
    "Needs": "How this person needs information, and help to follow it or be understood",
    "GP": "The doctor this person sees at the practice",
    "GP practice": "The practice where this person is registered, and where its letters go",
}
"""What the labels of the second zone mean, for their tool tips."""
_STEPS: dict[int, int] = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@dataclass(frozen=True, slots=True, kw_only=True)
class BannerFacts:
    """What the banner shows; texts are ready to read, dates are dates so that they are spoken in full."""

    name: str
    born: date | None
    age: int | None
    gender: str
    nhs_number: str
    preferred_name: str = ""
    died: date | None = None
    age_at_death: int | None = None
    details: tuple[tuple[str, str], ...] = ()


class PatientBanner(QFrame):
    """One line that says who, and a second zone of contact details behind ``more``.

    Over a narrow page or panel the line becomes two, three or four; the order stays and nothing is cut. Over
    a very low page it is folded to name, born and NHS number, with the gender where there is room for it;
    ``more`` brings all of it back.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Patient")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._deceased = self._folded = False
        self._name = _Value("Name", TextRole.HEADING)
        self.setFocusProxy(self._name)
        self._preferred = _Fact("Preferred name", "The name this person asks to be called by")
        self._born = _Fact("Born", "Date of birth, with the age in years today")
        self._died = _Fact("Died", "Date of death")
        self._at_death = _Fact("Age at Death", "Age in years on the day of death")
        self._gender = _Fact("Gender", "Gender as this person states it")
        self._number = _Fact("NHS No.", "NHS number, checked by its last digit")
        self._more = Button("more", ButtonKind.QUIET, icon_name="chevron-down", compact=True)
        self._more.setCheckable(True)
        self._more.setAccessibleName("More about this patient")
        self._more.toggled.connect(self._on_more)
        self._details: tuple[tuple[str, str], ...] = ()
        self._zone2 = QWidget()
        self._zone2.hide()
        self._zone1, self._facts, self._life = (QBoxLayout(_DIRECTIONS.LeftToRight) for _ in range(3))
        born = column(row(self._born, STRETCH), row(self._died, self._at_death, STRETCH, gap=16), gap=0)
        self._life.addLayout(born)
        self._life.addLayout(row(self._gender, STRETCH))
        self._facts.addLayout(self._life)
        self._facts.addLayout(row(self._number, STRETCH, self._more, gap=_GAP // 2))
        self._zone1.addLayout(column(self._name, row(self._preferred, STRETCH), gap=0))
        self._zone1.addLayout(self._facts)
        outer = column(self._zone1, self._zone2, gap=8)
        outer.setSizeConstraint(
            QLayout.SizeConstraint.SetNoConstraint
        )  # a long name must not widen the window
        self._layout = outer
        self.setLayout(outer)

    def show_patient(self, facts: BannerFacts) -> None:
        """Show another patient; the second zone closes."""
        self._more.setChecked(False)
        self._deceased = facts.died is not None
        set_look(self, "deceased", self._deceased)
        self._name.say(facts.name, facts.name)
        self._preferred.say(facts.preferred_name)
        born = _NOT_KNOWN if facts.born is None else fmt_date(facts.born)
        spoken = _NOT_KNOWN if facts.born is None else fmt_date_long(facts.born)
        if facts.age is not None and not self._deceased:
            born, spoken = f"{born} ({facts.age}y)", f"{spoken}, {facts.age} years old"
        self._born.say(born, spoken)
        self._died.say(
            fmt_date(facts.died) if facts.died else "", fmt_date_long(facts.died) if facts.died else ""
        )
        self._at_death.say(f"{facts.age_at_death}y" if facts.age_at_death is not None else "")
        self._gender.say(facts.gender or _NOT_KNOWN)
        self._number.say(facts.nhs_number or _NOT_KNOWN)
        self._details = facts.details
        self._more.setVisible(bool(facts.details))
        self._fit()

    def fold(self, *, folded: bool) -> None:
        """Make do with one line, or show all there is."""
        if folded is not self._folded:
            self._folded = folded
            self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go from one value to the next: Tab stops at the name only, and all can be copied by keyboard."""
        step = _STEPS.get(event.key())
        facts = (self._preferred, self._born, self._died, self._at_death, self._gender, self._number)
        every = (self._name, *(each.value for each in (*facts, *self._zone2.findChildren(_Fact))))
        values = [each for each in every if each.isVisible()]
        here = next((place for place, each in enumerate(values) if each.hasFocus()), None)
        if step is None or here is None:
            super().keyPressEvent(event)
        else:
            values[min(max(here + step, 0), len(values) - 1)].setFocus()

    def go_on_below(self) -> None:
        """Where there is no room for both, leave it to what has the keyboard now and show one line again."""
        if self._folded:
            self._more.setChecked(False)

    def minimumSizeHint(self) -> QSize:
        return QSize(current_theme().px(_NARROWEST), self.minimumHeight())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._deceased:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        band = QRect(0, 0, theme.px(_HATCHED), self.height())
        painter.setClipRect(band)
        painter.fillRect(band, theme.colour(Token.DECEASED_STRIPE))
        painter.setPen(theme.colour(Token.TEXT))
        for top in range(-band.width(), self.height(), theme.px(6)):
            painter.drawLine(0, top + band.width(), band.width(), top)
        painter.end()

    def _fit(self) -> None:
        """Put the name, then the facts, on lines of their own where one is too short; nothing is ever cut."""
        theme = current_theme()
        self._leave_out()
        name = self._name.fontMetrics().horizontalAdvance(self._name.whole_text())
        life = self._room(self._born, self._died, self._at_death, self._gender)
        facts = life + self._room(self._number, self._more)
        narrow = name + facts > self.width()
        stacked = facts > self.width()
        tight = (stacked or self._is_short()) and not self._deceased
        edge = theme.px(_GAP // 2 if tight else _GAP)
        self._layout.setContentsMargins(edge, theme.px(8), min(edge, theme.px(16)), theme.px(8))
        self._name.setWordWrap(narrow)
        self._turn(self._zone1, stacked=narrow)
        self._turn(self._facts, stacked=stacked)
        self._turn(self._life, stacked=life > self.width())
        if self._more.isChecked():
            self._fill_zone2()
        self._take_height()

    def _leave_out(self) -> None:
        """Leave out of a folded line what does not fit: whose record it is can be told without it."""
        for part in (self._preferred, self._gender, self._at_death):
            part.setVisible(part.has_value)
        if not self._is_short():
            return
        self._preferred.hide()
        self._at_death.hide()
        name = self._name.fontMetrics().horizontalAdvance(self._name.whole_text())
        bare = self._room(self._born, self._died, self._number, self._more)
        gender = self._room(self._gender) - self._room() if self._gender.has_value else 0
        before = name if name + bare <= self.width() else 0
        self._gender.setVisible(self._gender.has_value and before + bare + gender <= self.width())

    def _is_short(self) -> bool:
        return self._folded and not self._more.isChecked()

    def _gap(self) -> int:
        return current_theme().px(_GAP // 2 if self._is_short() else _GAP)

    def _room(self, *facts: QWidget) -> int:
        """Return the width these need side by side, with the gaps between them and at one end."""
        shown = [fact.sizeHint().width() + self._gap() for fact in facts if not fact.isHidden()]
        return sum(shown) + self._gap()

    def _turn(self, line: QBoxLayout, *, stacked: bool) -> None:
        line.setDirection(_DIRECTIONS.TopToBottom if stacked else _DIRECTIONS.LeftToRight)
        line.setSpacing(current_theme().px(_TIGHT) if stacked else self._gap())
        line.setStretch(line.count() - 1, 0 if stacked else 1)

    def _take_height(self) -> None:
        """Be as high as the words need at this width, whatever room there is below."""
        for line in (self._life, self._facts, self._zone1, self._layout):
            line.invalidate()
        self._layout.activate()
        needed = self._layout.totalHeightForWidth(self.width()) if self._layout.hasHeightForWidth() else -1
        self.setFixedHeight(needed if needed > 0 else self._layout.totalSizeHint().height())
        self._layout.setGeometry(self.rect())

    def _fill_zone2(self) -> None:
        columns = max(1, min(_MOST_DETAIL_COLUMNS, self.width() // current_theme().px(_ROOM_OF_A_DETAIL)))
        zone = QWidget(self)
        grid = QGridLayout(zone)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(current_theme().px(24))
        for place, (label, value) in enumerate(self._details):
            fact = _Fact(label, _MEANS.get(label, ""), wrap=True, parent=zone)
            fact.say(value or _NOT_KNOWN)
            grid.addWidget(fact, place // columns, place % columns, Qt.AlignmentFlag.AlignTop)
        for place in range(columns):
            grid.setColumnStretch(place, 1)
        self._put_zone2(zone)

    def _put_zone2(self, zone: QWidget) -> None:
        self._layout.replaceWidget(self._zone2, zone)
        self._zone2.hide()
        self._zone2.deleteLater()
        self._zone2 = zone
        zone.setVisible(self._more.isChecked())

    def _on_more(self, shown: bool) -> None:  # noqa: FBT001 - the truth a toggle signal carries
        if shown:
            self._fill_zone2()
        self._zone2.setVisible(shown)
        self._fit()
        self._more.setText("less" if shown else "more")
        self._more.setIcon(icon("chevron-up" if shown else "chevron-down", Token.ACCENT))


class _Value(PlainLabel):
    """A value that can be selected, copied and read out with its label."""

    def __init__(self, label: str, role: TextRole = TextRole.STRONG, *, wrap: bool = False) -> None:
        super().__init__("", role, wrap=wrap)
        self._label = label
        self.make_copyable()

    def say(self, shown: str, spoken: str) -> None:
        """Show a value; ``spoken`` is what a screen reader says for it."""
        self.setText(shown)
        self.setAccessibleName(f"{self._label} {spoken}")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _STEPS:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        text = self.whole_text()
        forms = [text] if not text.replace(" ", "").isdigit() else [text, text.replace(" ", "")]
        for form in forms:
            menu.addAction(f"Copy {form}").triggered.connect(partial(_copy, form))
        menu.popup(event.globalPos())


class _Fact(QWidget):
    """A light label and its value; hidden while there is nothing to say."""

    def __init__(
        self, label: str, meaning: str, *, wrap: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.has_value = False
        self._label = PlainLabel(label, TextRole.SECONDARY)
        self._label.setToolTip(meaning)
        self.value = _Value(label, wrap=wrap)
        self.value.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # nothing is done here: Tab leads past it
        inside = row(self._label, self.value, gap=6)
        if wrap:
            self._label.setAlignment(Qt.AlignmentFlag.AlignTop)
            inside.setStretch(1, 1)
        self.setLayout(inside)

    def say(self, shown: str, spoken: str = "") -> None:
        """Show a value; an empty one hides the whole fact."""
        self.value.say(shown, spoken or shown)
        self.has_value = bool(shown)
        self.setVisible(self.has_value)


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)
