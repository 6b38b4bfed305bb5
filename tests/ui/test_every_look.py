"""Every page in each look, judged by its pixels: words can be read, edges and the focus can be seen.

The tokens have their own test; here it is what came out of style sheet, palette and paint that counts. Where
things stand does not change with the look: tests/ui/test_every_screen.py walks that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPoint, QRect
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from collabcare.ui.pages import PageName, Place
from collabcare.ui.theme import ThemeName, current_theme
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.ui.accessibility import tab_stops
from tests.ui.pixels import colour_at, contrast, text_contrast
from tests.ui.screens_scene import (
    PATIENT_PAGES,
    PLAIN_PAGES,
    demo_desktop,
    on_a_small_laptop,
    settle,
    somebody,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage

    from collabcare.demo.build import DemoRecord
    from collabcare.ui.main_window import MainWindow
    from collabcare.ui.shell import Shell

SCALE = 1.5
TEXT, PART = 4.5, 3.0
RING = 0.9
FORMS = ("contact", "measure")
ROWS = 3
EDGED = (QLineEdit, QPlainTextEdit, QComboBox)


@pytest.fixture(scope="module", params=[ThemeName.LIGHT, ThemeName.DARK, ThemeName.CONTRAST])
def shell(
    qapp: QApplication,
    built_demo: DemoRecord,
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Shell]:
    """The desktop in one look, with text of 150 %, whose strokes are wide enough to show their colour."""
    with demo_desktop(built_demo, tmp_path_factory.mktemp("looks"), SCALE) as shell:
        if request.param is not ThemeName.LIGHT:
            put_on(shell, request.param)
        yield shell


@pytest.fixture
def window(shell: Shell) -> Iterator[MainWindow]:
    """The main window on a small laptop, for one test."""
    window = on_a_small_laptop(shell)
    yield window
    window.hide()


def put_on(shell: Shell, look: ThemeName) -> None:
    """Put on another look as a user does, with everything there already."""
    assert shell.main_window is not None
    shell.main_window.look.use_theme(look)
    while shell.is_changing:
        QApplication.processEvents()
    shell.main_window.hide()


def places(window: MainWindow) -> Iterator[str]:
    """Go to every page and to the longest forms, one after another, and name each."""
    for name in PLAIN_PAGES:
        if name is PageName.NEW_PATIENT:
            window.act("new_patient")
        else:
            window.work.go(Place(name))
        yield name
    for name in PATIENT_PAGES:
        window.work.go(Place(name, somebody(window), "gp_review" if name is PageName.LETTER else ""))
        yield name
    for kind in FORMS:
        window.work.show_patient(somebody(window, kind), kind)
        yield f"form {kind}"
        form = window.work.patient.composer.form()
        assert form is not None
        form.cancelled.emit()


@pytest.mark.timeout(240)
def test_every_word_every_edge_and_the_focus_can_be_seen(window: MainWindow) -> None:
    poor: list[str] = []
    kinds: set[str] = set()
    written = 0
    for place in places(window):
        settle()
        written += sum(bool(words_of(part)) and part.isVisible() for part in window.findChildren(QWidget))
        picture = window.grab().toImage()
        found = (*poor_words(window, picture), *poor_edges(window, picture), *poor_rings(window, kinds))
        poor += [f"{place}: {each}" for each in found]
    assert poor == []
    assert written > 500, "there are words to judge"
    assert len(kinds) > 20, "and kinds of control"


def poor_words(window: MainWindow, picture: QImage) -> Iterator[str]:
    """Yield the words in view that stand out too little; what cannot be used now may be faint."""
    for part in window.findChildren(QWidget):
        words = words_of(part)
        if words and part.isEnabled() and whole(window, part):
            edge = 0 if isinstance(part, PlainLabel) else current_theme().px(3)  # its border is no word
            ratio = text_contrast(picture, box_of(window, part).adjusted(edge, edge, -edge, -edge))
            if ratio < TEXT:
                yield f"{type(part).__name__} {words[:40]!r} {ratio:.1f}"
        elif isinstance(part, QAbstractItemView) and part.isVisible():
            yield from poor_cells(window, part, picture)


def poor_cells(window: MainWindow, view: QAbstractItemView, picture: QImage) -> Iterator[str]:
    """Yield the cells of the first rows whose upper or lower line stands out too little."""
    model = view.model()
    room = QRect(view.viewport().mapTo(window, QPoint(0, 0)), view.viewport().size())
    for row in range(min(model.rowCount(QModelIndex()), ROWS)):
        for column in range(1 if isinstance(model, QAbstractListModel) else model.columnCount(QModelIndex())):
            index = model.index(row, column)
            box = view.visualRect(index).translated(room.topLeft())
            if not index.data() or box.isEmpty() or not room.contains(box):
                continue
            half = box.height() // 2
            for line in (box.adjusted(0, 0, 0, -half), box.adjusted(0, half, 0, 0)):
                ratio = text_contrast(picture, line)
                if 1.5 < ratio < TEXT:  # nothing at all is written on some lines
                    yield f"{type(view).__name__} {str(index.data())[:40]!r} {ratio:.1f}"


def poor_edges(window: MainWindow, picture: QImage) -> Iterator[str]:
    """Yield the fields in view whose left edge does not stand out from what is around them."""
    for part in window.findChildren(QWidget):
        if not isinstance(part, EDGED) or not part.isEnabled() or not whole(window, part):
            continue
        box = box_of(window, part)
        around = colour_at(picture, QPoint(box.left() - 2, box.center().y()))
        edge = range(box.left(), box.left() + current_theme().px(3))
        ratio = max(contrast(around, colour_at(picture, QPoint(x, box.center().y()))) for x in edge)
        if ratio < PART and not part.hasFocus():
            yield f"{type(part).__name__} {part.accessibleName()!r} {ratio:.1f}"


def poor_rings(window: MainWindow, kinds: set[str]) -> Iterator[str]:
    """Yield the kinds of control not judged before that do not show that they have the keyboard."""
    stops = tab_stops(window)
    for part in stops:
        kind = f"{type(part).__name__}{part.property('kind') or ''}{part.property('choice') or ''}"
        if kind not in kinds and whole(window, part):
            kinds.add(kind)
            share = ring_share(window, part, next(each for each in stops if each is not part))
            if share < RING:
                yield f"{kind} {part.accessibleName()!r}, {share:.0%} of its edge"


def ring_share(window: MainWindow, part: QWidget, away: QWidget) -> float:
    """Return how much of the edge of a control changes visibly when the keyboard comes to it."""
    box = box_of(window, part)
    reach = current_theme().px(3)
    around = box.adjusted(-reach - 1, -reach - 1, reach + 1, reach + 1) & window.rect()
    away.setFocus()
    QApplication.processEvents()
    without = window.grab(around).toImage()
    part.setFocus()
    QApplication.processEvents()
    with_ring = window.grab(around).toImage()
    if QApplication.focusWidget() is not part or box_of(window, part) != box:
        return 1.0  # it scrolled into another place, or hands the keyboard on: judged where it does not
    lines = across(box.translated(-around.topLeft()), reach)
    found = [any(changed(without, with_ring, at) for at in line) for line in lines]
    return sum(found) / len(found)


def across(box: QRect, reach: int) -> Iterator[list[QPoint]]:
    """Yield lines across the edge of a box, a few on each of its sides."""
    band = range(-reach, reach + 1)
    for share in (0.2, 0.35, 0.5, 0.65, 0.8):
        x, y = box.left() + round(box.width() * share), box.top() + round(box.height() * share)
        yield [QPoint(x, box.top() + step) for step in band]
        yield [QPoint(x, box.bottom() + step) for step in band]
        yield [QPoint(box.left() + step, y) for step in band]
        yield [QPoint(box.right() + step, y) for step in band]


def changed(before: QImage, after: QImage, at: QPoint) -> bool:
    """Return whether a pixel stands out from what it was."""
    return before.rect().contains(at) and contrast(colour_at(before, at), colour_at(after, at)) >= PART


def words_of(part: QWidget) -> str:
    """Return what is written on a part."""
    if isinstance(part, QLineEdit):
        return part.text().strip() or part.placeholderText()
    if isinstance(part, QPlainTextEdit):
        return part.toPlainText().strip() or part.placeholderText()
    if isinstance(part, PlainLabel | QAbstractButton):
        return part.text().strip()
    return part.currentText().strip() if isinstance(part, QComboBox) else ""


def box_of(window: MainWindow, part: QWidget) -> QRect:
    """Return where a part stands in the window."""
    return QRect(part.mapTo(window, QPoint(0, 0)), part.size())


def whole(window: MainWindow, part: QWidget) -> bool:
    """Return whether a part is in view from edge to edge."""
    return (
        part.isVisibleTo(window) and part.width() > 0 and part.visibleRegion().boundingRect() == part.rect()
    )


def test_the_measure_of_contrast_knows_black_on_white(qapp: QApplication) -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((118, 118, 118), (255, 255, 255)) == pytest.approx(4.54, abs=0.01)
