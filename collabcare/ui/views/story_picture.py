"""The story of one patient as a picture over the timeline: put away with one key, or turned into a table.

Until somebody says otherwise it is open where there is room for it and for the timeline under it; what a
person chooses holds until they sign out.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHeaderView, QSizePolicy, QWidget

from collabcare.domain.display import fmt_date, fmt_date_long
from collabcare.domain.prorated import fmt_score
from collabcare.domain.story_chart import StoryRow, story_chart, story_measures
from collabcare.domain.story_marks import StoryKind
from collabcare.ui.models.row_table import RowTable
from collabcare.ui.models.rows import Column, RowModel
from collabcare.ui.theme import current_theme
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.widgets.announce import announce
from collabcare.ui.widgets.buttons import Button, ButtonKind
from collabcare.ui.widgets.card import CARD_MARGIN, Card
from collabcare.ui.widgets.combo_box import ComboBox
from collabcare.ui.widgets.flow_box import FlowBox
from collabcare.ui.widgets.layouts import GROUP, column, row
from collabcare.ui.widgets.option import Option
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.story_chart import StoryChartView, StoryGlyph

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.ids import EpisodeId
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.story_chart import StoryChart, StoryLegend
    from collabcare.queries.patient_page import PatientPage

_NAMED = frozenset({StoryKind.STEP, StoryKind.SUPERVISION})
_NAME = "The story over time"
_ALL = Option("all", "All measures")
_FOLDED = 2
"""Above and under the line that brings the picture back, in pixels at 100 %."""
_COLUMNS = (
    Column[tuple[int, StoryRow]](
        title="Date",
        text=lambda line: fmt_date(line[1].day),
        sort=lambda line: line[0],
        spoken=lambda line: fmt_date_long(line[1].day),
        width=104,
    ),
    Column[tuple[int, StoryRow]](title="What", text=lambda line: line[1].what, width=200),
    Column[tuple[int, StoryRow]](
        title="Detail",
        text=lambda line: line[1].detail,
        spoken=lambda line: line[1].spoken,
        tip=lambda line: line[1].detail,
    ),
)


class StoryPicture(Card):
    """The picture, its legend and its table twin (key T) under a line that puts them away.

    Signals:
        chosen: Somebody put it away or brought it out.
        print_requested: The patient's row of the caseload, to be printed with this picture.
        mark_opened: The mark whose entry in the story is wanted.
    """

    chosen = Signal()
    print_requested = Signal(object)
    mark_opened = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.measure = ComboBox("Measure in the picture")
        self.as_table = Button("Table", ButtonKind.QUIET, compact=True)
        self.print = Button("Print", ButtonKind.QUIET, compact=True)
        self.fold = Button("Hide", ButtonKind.QUIET, compact=True)
        self.summary = PlainLabel("", TextRole.SECONDARY, elide=True)
        self._acts = QWidget()
        self._acts.setLayout(row(self.summary, self.measure, self.as_table, self.print, self.fold, gap=2))
        super().__init__("Over time", action=self._acts, parent=parent)
        self._page: PatientPage | None = None
        self._episode: EpisodeId | None = None
        self._instruments: dict[str, Instrument] = {}
        self._wanted: bool | None = None
        self._open = True
        self.chart = StoryChartView(_NAME)
        self.rows = RowModel[tuple[int, StoryRow]](
            _COLUMNS, key=lambda line: line[0], name=lambda line: f"{-line[0]:06d}"
        )
        self.table = RowTable(self.rows, f"{_NAME}, newest first")
        self._inside = _Inside(self.chart, self.table)
        self.body.addWidget(self._inside)
        self._dress()
        self.measure.activated.connect(self._on_measure)
        self.as_table.toggled.connect(self._on_table)
        self.print.clicked.connect(self._on_print)
        self.fold.clicked.connect(self._on_fold)
        self.chart.mark_opened.connect(self.mark_opened)
        key = QShortcut(QKeySequence("T"), self)
        key.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        key.activated.connect(self.as_table.toggle)

    @property
    def wanted(self) -> bool | None:
        """Whether a person wants to see it; None as long as nobody has said.

        Who puts it away does so for every patient; who brings it out, though the story has to make way for
        it, does so for the patient on show.
        """
        return self._wanted

    @property
    def is_open(self) -> bool:
        """Whether the picture or its table is in view."""
        return self._open

    def set_page(self, page: PatientPage) -> None:
        """Show another patient's story, or what has become of the same one."""
        if page.facts.episode_id != self._episode:
            self._episode = page.facts.episode_id
            if self._wanted:  # put away holds for everybody, brought out for this visit
                self._wanted = None
            self.measure.clear()
        self._page = page
        self._instruments = {each.id: each for each in story_measures(page.facts, page.rulebook)}
        each_alone = [Option(each.id, each.name) for each in self._instruments.values()]
        self.measure.set_options([*each_alone, *((_ALL,) if len(each_alone) > 1 else ())])
        self._show()

    def set_open(self, *, shown: bool) -> None:
        """Show the picture or only the line that brings it back; this is no choice of anybody's."""
        if shown == self._open:
            return
        self._open = shown
        edge = current_theme().px(CARD_MARGIN)
        above = edge if shown else current_theme().px(_FOLDED)
        self._whole.setContentsMargins(edge, above, edge, above)
        self._inside.setVisible(shown)
        self.as_table.setVisible(shown)
        self.print.setVisible(shown)
        self.summary.setVisible(not shown)
        self.fold.setText("Hide" if shown else "Show")
        self.fold.setAccessibleName(f"{'Hide' if shown else 'Show'} the picture of the story")
        self._offer_measures()

    @property
    def has_scene(self) -> bool:
        """Whether there is a measure to draw the story with."""
        return bool(self._instruments)

    def legend(self) -> tuple[str, ...]:
        """Return the words of the legend in view."""
        return self._inside.legend()

    def put_away(self) -> None:
        """Put the picture away as its button does, so that the story has the room."""
        if self._open:
            self._on_fold()

    def bring_out(self) -> None:
        """Bring the picture out as its button does, the keyboard on what puts it away again."""
        self._wanted = True
        self.set_open(shown=True)
        self.chosen.emit()
        self.fold.setFocus()

    def set_foldable(self, *, foldable: bool) -> None:
        """Say whether it can be put away here."""
        self.fold.setVisible(foldable)

    def open_height(self) -> int:
        """Return the height of all of it, when it is open."""
        theme = current_theme()
        edge = theme.px(CARD_MARGIN)
        border = self.height() - self.contentsRect().height()
        acts = (self.summary, self.measure, self.as_table, self.print, self.fold)
        # All of them, in view or not: the height it would have does not hang on whether it is open now.
        head = max(act.sizeHint().height() for act in acts) + theme.px(GROUP) + 2 * edge + border
        return head + self._inside.needed(self.contentsRect().width() - 2 * edge)

    def _dress(self) -> None:
        self.setAccessibleName(_NAME)
        self.chart.setObjectName("story_chart")
        self.table.setObjectName("story_table")
        self.measure.setObjectName("story_measure")
        self.as_table.setObjectName("story_as_table")
        self.print.setObjectName("story_print")
        self.fold.setObjectName("story_fold")
        self.as_table.setCheckable(True)
        self.as_table.setAccessibleName(f"{_NAME} as a table")
        self.as_table.setToolTip("Show the story as a table, or as a picture (T)")
        self.print.setAccessibleName("Print the picture and the table")
        self.print.setToolTip("Save the picture and the table as a PDF")
        self.fold.setAccessibleName("Hide the picture of the story")
        self.summary.hide()
        self.table.hide()

    def _show(self) -> None:
        instrument = self._instruments.get(str(self.measure.value())) or next(
            iter(self._instruments.values()), None
        )
        if self._page is None or instrument is None:
            return
        page, everything = self._page, self.measure.value() == _ALL.value
        more = [*self._instruments.values()][1:] if everything else ()
        scene = story_chart(page.facts, instrument, page.rulebook, today=page.today, more=more)
        self.chart.set_scene(scene)
        self._inside.set_legend(scene.legend)
        # The number keeps lines of one day in their order; the highest is the newest.
        lines = list(enumerate(reversed(scene.rows)))
        self.rows.set_rows(reversed(lines))
        self.summary.setText(_summary(scene))
        self._offer_measures()

    def _offer_measures(self) -> None:
        self.measure.setVisible(self._open and len(self._instruments) > 1)

    def _on_measure(self) -> None:
        self._show()
        announce(self, self.chart.accessibleDescription())

    def _on_table(self, shown: bool) -> None:  # noqa: FBT001 - the truth a toggle signal carries
        self.as_table.setText("Picture" if shown else "Table")
        held = (self.chart if shown else self.table).hasFocus()
        self._inside.show_table(shown=shown)
        if held:
            (self.table if shown else self.chart).setFocus()
        self.chosen.emit()

    def _on_print(self) -> None:
        if self._page is not None:
            self.print_requested.emit(self._page.row)

    def _on_fold(self) -> None:
        self._wanted = not self._open
        self.set_open(shown=self._wanted)
        self.chosen.emit()


class _Inside(Scrolled):
    """The picture over its legend, or the table; scrolls only where there is less room than it needs."""

    def __init__(self, chart: StoryChartView, table: RowTable) -> None:
        self._chart, self._table = chart, table
        self._legend = QWidget()
        self._column = column(chart, self._legend, table, gap=4)
        super().__init__(self._column, "Picture")
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)
        table.setWordWrap(True)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        table.sortByColumn(0, Qt.SortOrder.DescendingOrder)
        table.setMinimumHeight(current_theme().px(160))
        chart.installEventFilter(self)

    def set_legend(self, legend: Sequence[StoryLegend]) -> None:
        """Say what the shapes stand for."""
        entries = [_Entry(each) for each in legend if each.kind is not StoryKind.SCORE]
        theme = current_theme()
        made = FlowBox(*entries, gap=theme.px(12), line_gap=theme.px(2))
        self._column.replaceWidget(self._legend, made)
        made.setVisible(self._chart.isVisibleTo(self))  # only now: without a parent it would be a window
        self._legend.hide()
        self._legend.deleteLater()
        self._legend = made
        self._fit_legend()

    def legend(self) -> tuple[str, ...]:
        """Return the words in view, in order."""
        return tuple(entry.words for entry in self._legend.findChildren(_Entry) if not entry.isHidden())

    def show_table(self, *, shown: bool) -> None:
        """Show the table in the place of the picture, or the picture again."""
        self._chart.setVisible(not shown)
        self._legend.setVisible(not shown)
        self._table.setVisible(shown)
        self.updateGeometry()

    def needed(self, width: int) -> int:
        """Return the height of all that is inside."""
        if self._table.isVisibleTo(self):
            return current_theme().px(220)
        return self._column.totalHeightForWidth(max(width, 1))

    def sizeHint(self) -> QSize:
        return QSize(super().sizeHint().width(), self.needed(self.width()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        elif watched is self._chart and event.type() == QEvent.Type.Resize:
            self._fit_legend()
        return super().eventFilter(watched, event)

    def _fit_legend(self) -> None:
        """Leave out of the legend what the names before the lines say, where there is room for those."""
        named = self._chart.names_its_lines()
        for entry in self._legend.findChildren(_Entry):
            entry.setVisible(not (named and entry.kind in _NAMED))
        self.updateGeometry()


class _Entry(QWidget):
    """One shape of the legend and its words."""

    def __init__(self, said: StoryLegend) -> None:
        super().__init__()
        self.kind, self.words = said.kind, said.words
        self.setLayout(row(StoryGlyph(said.kind), PlainLabel(said.words, TextRole.SECONDARY), gap=4))


def _summary(scene: StoryChart) -> str:
    """Return the picture in one short line, for the time it is put away."""
    points = scene.scores.points
    first_last = [fmt_score(each.value, prorated=each.prorated) for each in (*points[:1], *points[1:][-1:])]
    values = f" {' to '.join(first_last)}" if points else ": no score yet"
    kinds = [mark.kind for mark in scene.marks]
    said = [f"{scene.scores.title}{values}", f"{kinds.count(StoryKind.ATTENDED)} attended"]
    if missed := kinds.count(StoryKind.NOT_ATTENDED):
        said.append(f"{missed} not attended")
    return ", ".join(said)
