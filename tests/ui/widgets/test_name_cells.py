"""Names in a table: broken between their parts, never inside one, and digits never cut."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem

from collabcare.ui.theme import TextSize, ThemeName, apply_theme, current_theme
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.name_delegate import Flag, NameCell, NameDelegate, PatientDelegate
from collabcare.ui.widgets.shortened import shortened
from collabcare.ui.widgets.wrapped_delegate import wrapped

COLUMN = 168  # pixels at 100 %: what the caseload gives its first column
NUMBER = "999 000 0018"


def metrics() -> tuple[QFontMetrics, QFontMetrics]:
    theme = current_theme()
    return QFontMetrics(theme.font(bold=True)), QFontMetrics(theme.font(TextSize.SECONDARY))


@pytest.mark.parametrize(
    ("name", "width", "lines"),
    [
        ("LI, Mei", 400, ("LI, Mei", NUMBER)),
        ("OYELARAN-FITZGERALD, Bo", 160, ("OYELARAN-FITZGERALD,", f"Bo  {NUMBER}")),
        ("OYELARAN, Bartholomew-Alexander", 175, ("OYELARAN,", "Bartholomew-Alexander")),
        ("OYELARAN-FITZGERALD-SMYTHE, Bo", 150, ("OYELARAN-FITZGERALD-", "SMYTHE, Bo")),
        ("OYELARANOLUWASEUN", 60, ("OYELARANOLUWASEUN", NUMBER)),
    ],
    ids=["fits", "breaks after the surname", "the number would be cut", "a double surname", "one name"],
)
def test_a_name_too_long_for_its_line_goes_on_below_where_the_number_stays_whole(
    name: str, width: int, lines: tuple[str, str]
) -> None:
    assert PatientDelegate().lines(NameCell(name, NUMBER), metrics(), (width, width)) == lines


class Drawn(PatientDelegate):
    """Keeps what was written, and what of it had no room."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[str] = []
        self.cut: list[str] = []

    def draw_line(self, painter: QPainter, box: QRect, text: str) -> None:
        super().draw_line(painter, box, text)
        self.written.append(text)
        if painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, box.width()) != text:
            self.cut.append(text)


@pytest.mark.parametrize("scale", [1.0, 1.5])
@pytest.mark.parametrize("flags", [0, 2])
@pytest.mark.parametrize(
    "name",
    [
        "PAPAKONSTANTINOPOULOS, Konstantinos",
        "OYELARAN-FITZGERALD, Bartholomew-Alexander",
        "WOJCIECHOWSKA-KACZMAREK, Aleksandra",
        "LI, Mei",
    ],
)
def test_a_name_is_whole_at_the_width_its_column_starts_with(
    qapp: QApplication, name: str, flags: int, scale: float
) -> None:
    """NID-0014: surname and forename in full, whatever flags stand beside them."""
    apply_theme(qapp, ThemeName.LIGHT, scale)
    try:
        drawn, theme = Drawn(), current_theme()
        model = QStandardItemModel(1, 1)
        cell = NameCell(name, NUMBER, (Flag("warning", Tone.ATTENTION, "Overdue"),) * flags)
        model.setData(model.index(0, 0), cell, Qt.ItemDataRole.UserRole)
        image = QImage(theme.px(COLUMN), theme.row, QImage.Format.Format_RGB32)
        option = QStyleOptionViewItem()
        option.rect = image.rect()
        painter = QPainter(image)
        drawn.paint(painter, option, model.index(0, 0))
        painter.end()
    finally:
        apply_theme(qapp, ThemeName.LIGHT)
    assert drawn.cut == []
    assert " ".join(drawn.written).replace("- ", "-").startswith(name)


def test_other_cells_of_two_lines_are_left_as_they_are() -> None:
    cell = NameCell("a, very long first line", "second")
    assert NameDelegate().lines(cell, metrics(), (20, 20)) == (cell.first, cell.second)


@given(st.text("ab ", max_size=60), st.integers(20, 200))
def test_words_go_on_in_a_second_line_and_are_never_broken(text: str, width: int) -> None:
    plain = " ".join(text.split())
    font = current_theme().font(TextSize.SECONDARY)
    lines = wrapped(plain, font, width)
    assert 1 <= len(lines) <= 2
    told = " ".join(lines).replace("…", " ").split()
    for place, word in enumerate(told):
        whole = plain.split()[place] if place < len(plain.split()) else ""
        assert whole.startswith(word)
    if not any("…" in line for line in lines):
        assert " ".join(lines).split() == plain.split()


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("06-Nov-2026", "06-Nov-20…", "…"),
        ("Booked for 03-Mar-2027", "Booked for 03-Mar…", "Booked for…"),
        ("Bo  999 000 0018", "Bo  999 000…", "Bo…"),
        ("Little change (PHQ-9); Not seen", "Little change (PHQ…", "Little change…"),
        ("06-Nov-2026", "06-Nov-2026", "06-Nov-2026"),
    ],
)
def test_a_date_or_a_number_is_whole_or_not_there(text: str, room: str, shown: str) -> None:
    fits = metrics()[0]
    assert shortened(fits, text, fits.horizontalAdvance(room)) == shown
