"""How a user likes the caseload: kept as text, read back without trust."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.domain.caseload_filters import CaseloadFilter, Whose
from collabcare.domain.caseload_layout import (
    FIRST_COLUMN,
    LEAST_WIDTH,
    LONGEST_NAME,
    MOST_VIEWS,
    MOST_WIDTH,
    Asked,
    Layout,
    OwnView,
    Placed,
    layout_text,
    read_layout,
    read_views,
    refuse_another,
    refuse_name,
    views_text,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import UserId

KNOWN = ("patient", "due", "step", "score:gad7", "score:phq9")
INSTRUMENTS = ("phq9", "gad7")
LIKED = Layout(
    columns=(Placed("patient", 200), Placed("step"), Placed("score:gad7"), Placed("due", 90)),
    sort="due",
    descending=True,
    measure="phq9",
)


def read(text: str) -> Layout:
    return read_layout(text, KNOWN, INSTRUMENTS)


def own(name: str = "Thursday", **asked: object) -> OwnView:
    return OwnView(name=name, asked=Asked(**asked), layout=LIKED)  # type: ignore[arg-type]  # fields by name


def test_what_is_kept_is_read_back() -> None:
    assert read(layout_text(LIKED)) == LIKED
    views = (
        own(),
        own(
            "Sam’s", whose=Whose.COLLEAGUES, colleague=UserId(7), filter=CaseloadFilter.OVERDUE, search="elm"
        ),
    )
    assert read_views(views_text(views), KNOWN, INSTRUMENTS) == views


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "3", '"x"', "[" * 5000])
def test_a_broken_text_is_the_usual_layout_and_no_views(text: str) -> None:
    assert read(text) == Layout()
    assert read_views(text, KNOWN, INSTRUMENTS) == ()


def test_what_is_unknown_is_left_out_and_the_rest_is_used() -> None:
    kept = {
        "columns": [
            {"id": "due", "width": 9},
            {"id": "gone"},
            {"id": "due", "width": 80},
            {"id": "step", "width": True},
            "x",
            {"id": 3},
        ],
        "sort": "gone",
        "descending": "yes",
        "then": "gone",
        "measure": "gone",
    }
    assert read(json.dumps(kept)) == Layout(columns=(Placed("patient"), Placed("due"), Placed("step")))


def test_a_view_keeps_its_practice_and_one_from_before_has_all_of_them() -> None:
    at = own(practice="Elm Tree Surgery")
    assert read_views(views_text([at]), KNOWN, INSTRUMENTS) == (at,)
    before = {"name": "x", "asked": {"whose": "mine", "filter": "all", "practice": 7}}
    (found,) = read_views(json.dumps([before]), KNOWN, INSTRUMENTS)
    assert found.asked.practice == ""


@pytest.mark.parametrize(
    "view",
    [
        {"name": "", "asked": {"whose": "mine", "filter": "all"}},
        {"name": 3, "asked": {"whose": "mine", "filter": "all"}},
        {"name": "x", "asked": {"whose": "theirs", "filter": "all"}},
        {"name": "x", "asked": {"whose": "mine", "filter": ["all"]}},
        {"name": "x", "asked": {"whose": "colleague's", "filter": "all", "colleague": "7"}},
        {"name": "x"},
        "x",
    ],
)
def test_a_view_that_would_ask_something_else_is_none(view: object) -> None:
    good = {"name": "good", "asked": {"whose": "mine", "filter": "all", "search": 3}, "layout": 7}
    found = read_views(json.dumps([view, good, good]), KNOWN, INSTRUMENTS)
    assert found == (OwnView(name="good", asked=Asked(whose=Whose.MINE), layout=Layout()),)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=True) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)


@given(st.text(max_size=40) | json_values.map(json.dumps))
def test_nothing_kept_keeps_the_list_from_opening(text: str) -> None:
    layout = read(text)
    assert layout.is_usual or layout.columns[0].id == FIRST_COLUMN
    assert all(each.id in KNOWN for each in layout.columns)
    for view in read_views(text, KNOWN, INSTRUMENTS):
        assert view.name


@given(st.sampled_from(["patient", "step", "score:gad7", "due", "gone"]), st.integers(-9, 9))
def test_moving_keeps_every_column_and_the_first_first(column: str, by: int) -> None:
    moved = LIKED.moved(column, by)
    assert {each.id for each in moved.columns} == {each.id for each in LIKED.columns}
    assert moved.columns[0].id == FIRST_COLUMN
    if column not in {"patient", "gone"}:
        before = [each.id for each in LIKED.columns].index(column)
        assert [each.id for each in moved.columns].index(column) == max(1, min(before + by, 3))
    else:
        assert moved == LIKED


def test_showing_adds_at_the_end_and_the_first_stays() -> None:
    assert LIKED.showing("step", shown=False).columns == (
        *(Placed("patient", 200), Placed("score:gad7"), Placed("due", 90)),
    )
    assert LIKED.showing("dnas", shown=True).columns[-1] == Placed("dnas")
    assert LIKED.showing("patient", shown=False) == LIKED


@pytest.mark.parametrize(("width", "kept"), [(5, LEAST_WIDTH), (77, 77), (9_999, MOST_WIDTH)])
def test_a_width_stays_one_that_can_be_used(width: int, kept: int) -> None:
    assert LIKED.with_width("step", width).columns[1] == Placed("step", kept)
    assert read(layout_text(LIKED.with_width("step", width))).columns[1].width == kept


def test_choosing_another_questionnaire_swaps_its_column() -> None:
    chosen = LIKED.with_measure("gad7", "phq9")
    assert [each.id for each in chosen.columns] == ["patient", "step", "score:phq9", "due"]
    assert chosen.measure == "gad7"
    sorted_by_it = Layout(sort="score:gad7").with_measure("gad7", "phq9")
    assert sorted_by_it.sort == "score:phq9"
    assert Layout(then="score:gad7").with_measure("gad7", "phq9").then == "score:phq9"


def test_names_of_views() -> None:
    assert refuse_name("  Chase  letters ", ()) == "Chase letters"
    for name, words in (
        (" ", "Give the view"),
        ("x" * (LONGEST_NAME + 1), "at most"),
        ("thursday", "already"),
    ):
        with pytest.raises(RuleViolation, match=words):
            refuse_name(name, ["Thursday"])


def test_there_is_an_end_to_the_views() -> None:
    views = tuple(own(f"View {place}") for place in range(MOST_VIEWS + 3))
    refuse_another(views[: MOST_VIEWS - 1])
    with pytest.raises(RuleViolation, match="views are kept already"):
        refuse_another(views[:MOST_VIEWS])
    assert len(read_views(views_text(views), KNOWN, INSTRUMENTS)) == MOST_VIEWS
