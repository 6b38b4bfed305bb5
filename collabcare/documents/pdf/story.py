"""The story of an episode on paper: the drawing of the screen with its legend, and the same as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.documents.pdf.paper import MM, style
from collabcare.documents.pdf.shapes import ShapeDrawer, paper_pens
from collabcare.documents.pdf.tables import Table, TableLook
from collabcare.domain.display import fmt_date
from collabcare.domain.story_drawing import draw_legend, draw_story, story_frame

if TYPE_CHECKING:
    from collabcare.documents.pdf.flow import Flow
    from collabcare.documents.pdf.tagged import TaggedCanvas
    from collabcare.domain.story_chart import StoryChart

_HEIGHT = 62 * MM
_SHARES = (1.4, 4.0, 6.0)


def story_height(scene: StoryChart, width: float, size: float) -> float:
    """Return the height a story takes in a width with its legend; ``size`` is that of its text, in points."""
    pens = paper_pens(size)
    _shapes, legend = draw_legend(scene, pens, width)
    return max(_HEIGHT, story_frame(scene, pens, width).height) + legend


def put_story(flow: Flow, scene: StoryChart, size: float) -> None:
    """Place a story across the page; a screen reader is told the whole of it in a few sentences."""
    width, pens = flow.sheet.measure, paper_pens(size)
    legend, below = draw_legend(scene, pens, width)
    height = story_height(scene, width, size)
    drawing = draw_story(scene, pens, width, height - below)

    def draw(canvas: TaggedCanvas, left: float, top: float) -> None:
        ShapeDrawer(canvas, left, top, size).draw(drawing.shapes)
        ShapeDrawer(canvas, left, top - (height - below), size).draw(legend)

    flow.drawing(height, draw, flow.root.add("Figure", alt=scene.said))


def put_story_table(flow: Flow, scene: StoryChart, size: float, whose: str) -> None:
    """Place the same marks as a table, newest first; ``whose`` it is stands on every page it goes on to."""
    look = TableLook(shares=_SHARES, heading=style(size, bold=True), cell=style(size), lead=style(size))
    table = Table(flow, look, ("Date", "What", f"Detail: {whose}"))
    table.rows((fmt_date(row.day), row.what, row.detail) for row in scene.rows)
