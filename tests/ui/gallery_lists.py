"""The gallery's lists, tables, charts and banners."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QPushButton, QTabWidget, QWidget

from collabcare.domain.display import fmt_date
from collabcare.domain.instruments import Option as Answer
from collabcare.domain.score_chart import ChartPoint, ChartTick, ScoreChart
from collabcare.domain.story_chart import story_chart
from collabcare.ui.models.row_table import RowTable
from collabcare.ui.models.rows import Column, RowModel
from collabcare.ui.widgets.answers_edit import AnswersEdit
from collabcare.ui.widgets.card import Card
from collabcare.ui.widgets.layouts import STRETCH, row
from collabcare.ui.widgets.look import Tone
from collabcare.ui.widgets.name_delegate import Flag, NameCell, NameDelegate
from collabcare.ui.widgets.patient_banner import BannerFacts, PatientBanner
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole
from collabcare.ui.widgets.score_chart import ScoreChartView
from collabcare.ui.widgets.score_delegate import ScoreCell, ScoreDelegate
from collabcare.ui.widgets.section_list import SectionList
from collabcare.ui.widgets.section_model import Section, SectionRow
from collabcare.ui.widgets.steps_dots import StepsDots
from collabcare.ui.widgets.story_chart import StoryChartView
from tests.builders import phq9, rulebook
from tests.builders_story import STORY_TODAY, eventful

TODAY = date(2026, 11, 20)
ITEMS = (
    "Little interest or pleasure in doing things",
    "Feeling down, depressed, or hopeless",
    "Trouble falling or staying asleep, or sleeping too much",
    "Feeling tired or having little energy",
    "Moving or speaking so slowly that other people could have noticed, or the opposite, being so fidgety",
)
ANSWERS = tuple(
    Answer(value=n, label=label)
    for n, label in enumerate(("Not at all", "Several days", "More than half the days", "Nearly every day"))
)


def scene(title: str, values: tuple[int, ...]) -> ScoreChart:
    days = [
        date(2026, 8, 6),
        date(2026, 8, 20),
        date(2026, 9, 10),
        date(2026, 10, 1),
        date(2026, 10, 8),
        TODAY,
    ]
    first, span = days[0], (days[-1] - days[0]).days
    return ScoreChart(
        title=title,
        points=tuple(
            ChartPoint(x=(d - first).days / span, y=v / 27, value=v, day=d, prorated=n == 3, spoken=f"{v}")
            for n, (d, v) in enumerate(zip(days, values, strict=False))
        ),
        cut_off=10 / 27,
        cut_off_label="Cut-off 10",
        good_direction="Lower is better",
        x_ticks=tuple(
            ChartTick(at=at, label=fmt_date(d)) for at, d in ((0.0, days[0]), (0.5, days[2]), (1.0, days[-1]))
        ),
        y_ticks=tuple(ChartTick(at=v / 27, label=str(v)) for v in (0, 5, 10, 15, 20, 27)),
        description=f"No {title} score yet." if not values else "Six scores.",
        unit="Score, 0 to 27",
    )


def show_charts() -> Card:
    card = Card("How they are")
    chart, read, empty = ScoreChartView("PHQ-9"), ScoreChartView("GAD-7"), ScoreChartView("Empty")
    chart.set_scene(scene("PHQ-9", (18, 17, 15, 12, 12, 8)))
    read.set_scene(scene("GAD-7", (11, 14, 13, 15, 9, 12)))
    read._point_at(2)  # noqa: SLF001 - a picture of the cursor without a keyboard
    empty.set_scene(scene("PHQ-9", ()))
    for view in (chart, read, empty):
        card.body.addWidget(view)
    story = StoryChartView("The story over time")
    story.set_scene(story_chart(eventful(), phq9(), rulebook(), today=STORY_TODAY))
    story._point_at(9)  # noqa: SLF001 - the same
    card.body.addWidget(story)
    dots = StepsDots()
    dots.set_steps(("Watchful waiting", "Low intensity", "High intensity", "Joint care", "Secondary care"), 2)
    card.body.addLayout(row(PlainLabel("Step 3 of 5, 6 weeks", TextRole.STRONG), dots, STRETCH))
    return card


def show_answers() -> Card:
    card = Card("PHQ-9")
    answers = AnswersEdit(
        "PHQ-9", ITEMS, ANSWERS, lambda given: f"{sum(a or 0 for a in given)} so far, 1 blank"
    )
    answers.set_answers((2, 1, None, 3, 0))
    card.body.addWidget(answers)
    return card


SECTIONS = (
    Section(
        "Safety conversations to close",
        (
            SectionRow(
                key=1,
                title="OKAFOR, Ngozi (Ms)",
                aside="999 000 0018",
                detail="Item 9 answered 1 on 18-Nov-2026; no conversation about it yet",
                act="Record conversation",
                icon="warning",
                tone=Tone.ATTENTION,
            ),
        ),
    ),
    Section(
        "Not attended, reach again",
        (
            SectionRow(
                key=2,
                title="LI, Mei (Mrs)",
                aside="999 000 0026",
                detail="DNA Mon 16-Nov-2026. Second try due today: text first, no voicemail",
                act="Log attempt",
                icon="not-attended",
            ),
            SectionRow(
                key=3,
                title="FEATHERSTONEHAUGH-CHOLMONDELEY, Bartholomew (Dr)",
                aside="999 000 0034",
                detail="DNA Thu 19-Nov-2026. First try due by Mon 23-Nov-2026; a long sentence",
                act="Log attempt",
                icon="not-attended",
            ),
            SectionRow(key=4, title="ADAMS, Jo", detail="Reached by telephone", act="", done=True),
        ),
    ),
    Section("Due contacts", ()),
)


def show_today() -> Card:
    card = Card("Friday 20-Nov-2026", count=6)
    sections = SectionList("To do today")
    sections.set_sections(SECTIONS)
    sections.select_key(2)
    sections.setMinimumHeight(360)
    card.body.addWidget(sections)
    return card


@dataclass(frozen=True, slots=True)
class Person:
    name: str
    number: str
    scores: tuple[int, ...]
    better: bool | None
    seen: str

    @property
    def cell(self) -> NameCell:
        flags = (Flag("clock", Tone.ATTENTION, "Overdue"),) if self.better is None else ()
        return NameCell(self.name, self.number, flags)

    @property
    def score(self) -> ScoreCell:
        if not self.scores:
            return ScoreCell(value=None)
        first, last = self.scores[0], self.scores[-1]
        past = tuple(score / 27 for score in self.scores)
        return ScoreCell(value=last, change=last - first, better=self.better, history=past, cut_off=10 / 27)


PEOPLE = (
    Person("OKAFOR, Ngozi (Ms)", "999 000 0018", (18, 17, 15, 12, 12, 8), better=True, seen="20-Nov-2026"),
    Person("LI, Mei (Mrs)", "999 000 0026", (9, 9, 10, 11), better=None, seen="16-Nov-2026"),
    Person("ŁUKASIEWICZ, Wójciech (Mr)", "999 000 0034", (12, 14, 19), better=False, seen="02-Nov-2026"),
    Person("ADAMS, Jo", "999 000 0042", (), better=None, seen="Not recorded"),
)
COLUMNS = (
    Column[Person](title="Patient", text=lambda p: p.name, cell=lambda p: p.cell, width=240),
    Column[Person](title="Step", text=lambda _: "3 of 5", width=70),
    Column[Person](title="PHQ-9", text=lambda p: str(p.score.value), cell=lambda p: p.score, width=150),
    Column[Person](title="Weeks", text=lambda _: "12", numeric=True, width=70),
    Column[Person](title="Last seen", text=lambda p: p.seen, width=110),
)


def show_table() -> Card:
    card = Card("Caseload", count=4)
    model = RowModel[Person](COLUMNS, key=lambda p: p.number, name=lambda p: p.name)
    model.set_rows(PEOPLE)
    table = RowTable(model, "Caseload")
    table.setItemDelegateForColumn(0, NameDelegate(table))
    table.setItemDelegateForColumn(2, ScoreDelegate(table))
    table.select_key("999 000 0026")
    table.setMinimumHeight(200)
    card.body.addWidget(table)
    tabs = QTabWidget()
    tabs.setAccessibleName("About this patient")
    tabs.addTab(PlainLabel("Timeline"), "Timeline")
    tabs.addTab(QWidget(), "Letters")
    card.body.addWidget(tabs)
    return card


def banners() -> list[QWidget]:
    born = date(1985, 7, 14)
    known = BannerFacts(
        name="OKAFOR, Ngozi (Ms)",
        born=born,
        age=41,
        gender="Female",
        nhs_number="999 000 0018",
        preferred_name="Goz",
        details=(
            ("Address", "12 Allotment Row, Leeds LS1 4AB"),
            ("Telephone", "07700 900123"),
            ("GP", "Dr A. Shah"),
        ),
    )
    died = BannerFacts(
        name="FEATHERSTONEHAUGH-CHOLMONDELEY, Bartholomew Alexander (Dr)",
        born=born,
        age=41,
        gender="Male",
        nhs_number="999 000 0026",
        died=date(2026, 8, 6),
        age_at_death=41,
    )
    made: list[QWidget] = []
    for facts in (known, died):
        banner = PatientBanner()
        banner.show_patient(facts)
        made.append(banner)
    made[0].findChildren(QPushButton)[0].setChecked(True)
    return made
