"""The service models that are shipped, and what a slip in the file of one is told."""

from __future__ import annotations

import re
import tomllib
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from collabcare.catalogue.pathways import DEFAULT_PATHWAY, load_pathway, load_pathways
from collabcare.domain.caps import CapUnit, ContactForm
from collabcare.domain.clocks import ClockEvent, Counted
from collabcare.domain.errors import EnvironmentProblem
from collabcare.domain.quotation import Certainty, Quotation
from collabcare.domain.service_model import Span
from collabcare.paths import resources_dir
from tests.builders import instruments, pathway
from tests.builders_pathways import model, models

if TYPE_CHECKING:
    from pathlib import Path

    from collabcare.domain.caps import Cap
    from collabcare.domain.pathway import Pathway

FOLDER = resources_dir() / "pathways"
FILES = sorted(file for file in FOLDER.glob("*.toml") if file.stem != DEFAULT_PATHWAY)
NAMES = {
    *("bradford", "prism", "catterick", "cornwall", "norfolk_suffolk", "northants_pclw"),
    *("northants_navigator", "lift", "tower_hamlets", "city_hackney_pcpcs", "cadet", "coincide"),
    *("six_degrees", "partners2", "east_london_step_down", "talking_therapies"),
    *("community_mental_health_framework", "meirionnydd", "pcn_practitioner"),
}


def test_every_model_is_there_under_the_name_of_its_file() -> None:
    assert set(models()) == {file.stem for file in FOLDER.glob("*.toml")} == NAMES


def quotations(of: object) -> list[Quotation]:
    """Return every quotation in a model, wherever it is."""
    if isinstance(of, Quotation):
        return [of]
    if isinstance(of, tuple):
        return [found for each in of for found in quotations(each)]
    if not hasattr(of, "__dataclass_fields__"):
        return []
    return [found for each in fields(of) for found in quotations(getattr(of, each.name))]  # type: ignore[arg-type] # a dataclass, as just asked


@pytest.mark.parametrize("name", sorted(NAMES))
def test_every_figure_of_a_model_is_quoted_in_its_file(name: str) -> None:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    found = quotations(model(name))
    assert found
    assert all(each.words in text and each.source in text for each in found)


@pytest.mark.parametrize("name", sorted(NAMES - {DEFAULT_PATHWAY}))
def test_what_a_model_does_not_state_is_the_default_and_says_so(name: str) -> None:
    one, ours = model(name), pathway()
    figures = {
        "contact.first_within_days": (one.first_contact_days, ours.first_contact_days),
        "contact.plan_weeks": (one.contact_weeks, ours.contact_weeks),
        "measures.instruments": (one.measures, ours.measures),
        "steps": (one.steps, ours.steps),
        "ladder": (one.ladder, ours.ladder),
        "supervision": (one.supervision, ours.supervision),
        "letters.gp_within_days": (one.gp_letter_days, ours.gp_letter_days),
    }
    for figure, (its, default) in figures.items():
        assert one.quotation(figure) is not None or its == default


def cap(of: Cap) -> tuple[CapUnit, int | None, int | None, int | None]:
    """Return the figures of a cap."""
    return of.unit, of.least, of.most, of.warn_at


SESSIONS, WEEKS = CapUnit.SESSIONS, CapUnit.WEEKS
CAPS = {
    "cornwall": [(SESSIONS, 3, 6, 5)],
    "northants_pclw": [(SESSIONS, None, 6, 5)],
    "northants_navigator": [(WEEKS, None, 6, 5)],
    "city_hackney_pcpcs": [(SESSIONS, 12, 13, None), (WEEKS, 4, 16, None)],
    "cadet": [(SESSIONS, 6, 12, 11), (WEEKS, None, 14, 13)],
    "coincide": [(SESSIONS, None, 8, 7), (SESSIONS, None, 2, 1)],
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_caps_are_as_stated(name: str) -> None:
    assert [cap(each) for each in model(name).caps] == CAPS.get(name, [])
    assert all(ContactForm.GROUP not in each.counts for each in model(name).caps)
    assert all(each.warning_stated is (name == "cornwall") for each in model(name).caps)


E = ClockEvent
CLOCKS = {
    "bradford": [(E.MDT_REVIEW, E.FIRST_CONTACT, 2, Span.WEEKS, Counted.CALENDAR)],
    "catterick": [(E.REFERRAL, E.FIRST_CONTACT, 48, Span.HOURS, Counted.ELAPSED)],
    "norfolk_suffolk": [(E.CRISIS_REFERRAL, E.CRISIS_ASSESSMENT, 4, Span.HOURS, Counted.ELAPSED)],
    "northants_pclw": [(E.CRISIS_REFERRAL, E.CRISIS_ASSESSMENT, 2, Span.DAYS, Counted.ELAPSED)],
    "lift": [(E.REFERRAL, E.FIRST_CONTACT, 4, Span.WEEKS, Counted.CALENDAR)],
    "talking_therapies": [
        (E.REFERRAL, E.TREATMENT_START, 6, Span.WEEKS, Counted.CALENDAR),
        (E.REFERRAL, E.TREATMENT_START, 18, Span.WEEKS, Counted.CALENDAR),
    ],
    "community_mental_health_framework": [(E.REFERRAL, E.HELP_RECEIVED, 4, Span.WEEKS, Counted.CALENDAR)],
    "pcn_practitioner": [(E.REFERRAL, E.HELP_RECEIVED, 4, Span.WEEKS, Counted.CALENDAR)],
    "meirionnydd": [
        (E.REFERRAL, E.FIRST_CONTACT, 48, Span.HOURS, Counted.ELAPSED),
        (E.FIRST_CONTACT, E.TREATMENT_START, None, Span.HOURS, Counted.ELAPSED),
    ],
}


@pytest.mark.parametrize("name", sorted(NAMES))
def test_clocks_are_as_stated(name: str) -> None:
    found = [(c.start, c.stop, c.length, c.span, c.counted) for c in model(name).clocks]
    assert found == CLOCKS.get(name, [])


def test_certainty_is_told_apart() -> None:
    contacts, supervision = model("cadet").caps[0].quotation, model("cadet").reviews[0].quotation
    assert (contacts.certainty, supervision.certainty) == (Certainty.MEMORY, Certainty.PUBLISHED)
    assert contacts.certainty.words == "from memory, not verified"
    assert model("cornwall").caps[0].quotation.certainty is Certainty.FOUNDING


def loaded(tmp_path: Path, name: str, text: str) -> Pathway:
    """Load a text as one model's file."""
    file = tmp_path / f"{name}.toml"
    file.write_text(text, encoding="utf-8")
    return load_pathway(file, instruments(), pathway())


LADDER = (
    "\n[ladder"
    + (FOLDER / "pcn_practitioner.toml")
    .read_text(encoding="utf-8")
    .split("\n[ladder", 1)[1]
    .split("\n[[reviews]]")[0]
    .split("\n[stated.letters]")[0]
)
STATED_LADDER = '\n[stated.ladder]\nwords = "a"\n[stated.supervision]\nwords = "b"\n'


def test_a_model_may_bring_its_own_ladders_supervision_and_numbers(tmp_path: Path) -> None:
    text = (FOLDER / "northants_pclw.toml").read_text(encoding="utf-8")
    own = loaded(
        tmp_path,
        "northants_pclw",
        text
        + LADDER.replace("working_days = 2,", "working_days = 3,").replace(
            "unseen_days = 14", "unseen_days = 21"
        )
        + STATED_LADDER
        + '[contact]\nplan_weeks = [0, 1]\n[stated.contact]\nplan_weeks = { words = "c" }\n'
        + '[warning]\nbefore_cap = 2\n[stated.warning]\nbefore_cap = { words = "d", from = "Elsewhere" }\n',
    )
    assert (own.ladder.rungs[1].working_days, own.supervision.unseen_days) == (3, 21)
    assert (own.contact_weeks, own.caps[0].warn_at) == ((0, 1), 4)
    said = [
        own.quotation(name) for name in ("ladder", "supervision", "contact.plan_weeks", "warning.before_cap")
    ]
    assert [(each.words, each.source) for each in said if each] == [
        ("a", own.source),
        ("b", own.source),
        ("c", own.source),
        ("d", "Elsewhere"),
    ]
    assert own.quotation("contact.after_plan_weeks") is None


def test_without_the_default_model_each_file_must_be_whole(tmp_path: Path) -> None:
    (tmp_path / "lift.toml").write_text((FOLDER / "lift.toml").read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(EnvironmentProblem, match=r"^lift\.toml, line 1: measures is missing\.$"):
        load_pathways(tmp_path, instruments())


# what a slip is told: the model, what is changed, the new text, and how the refusal ends
FAULTS = {
    "the unit of a cap": (
        "cornwall",
        'unit = "sessions"',
        'unit = "hours"',
        "caps[1].unit must be sessions or weeks",
    ),
    "neither least nor most": ("northants_pclw", "most = 6", "", "caps[1].most or least must be given"),
    "most below least": ("cornwall", "most = 6", "most = 2", "caps[1].most must not be below least"),
    "a warning too late": (
        "cornwall",
        "warn_at = 5",
        "warn_at = 6",
        "caps[1].warn_at must be below most",
    ),
    "a warning of nothing": ("cornwall", "most = 6", "", "caps[1].warn_at must be below most"),
    "nothing counts": ("coincide", '["joint"]', "[]", "caps[2].counts must name a form of contact"),
    "two caps of one name": ("cadet", 'name = "Weeks"', 'name = "Contacts"', "caps have two of one name"),
    "no quotation": ("cornwall", 'words = "3–6', 'said = "3–6', "caps[1].words is missing"),
    "a certainty": (
        "cadet",
        'certainty = "memory"',
        'certainty = "sure"',
        "must be founding, published or memory",
    ),
    "who refers": ("bradford", '["A1"]', '["A1", "ZZ"]', "referral.sources must each be"),
    "who refers, beside anyone": (
        "norfolk_suffolk",
        "anyone = true",
        'anyone = true\nsources = ["A1"]',
        "referral.sources are for a model that not everybody may refer to",
    ),
    "ages upside down": ("prism", "most = 65", "most = 16", "age.most must not be below least"),
    "all ages and a limit": (
        "bradford",
        "all_ages = true",
        "all_ages = true\nmost = 9",
        "age.all_ages leaves no room for least or most",
    ),
    "a boundary": ("lift", '"reached"', '"nearly"', "age.least_is must be reached or passed"),
    "a boundary left out": ("lift", 'least_is = "reached"\n', "", "age.least_is is missing"),
    "a clock's event": ("lift", 'start = "referral"', 'start = "tea"', "clocks[1].start must be"),
    "a clock in months": (
        "lift",
        'span = "weeks"',
        'span = "months"',
        "clocks[1].span must be hours, days or weeks",
    ),
    "a clock that stops as it starts": (
        "lift",
        'stop = "first_contact"',
        'stop = "referral"',
        "clocks[1].stop must be another event than start",
    ),
    "hours on paper": (
        "meirionnydd",
        'counted = "elapsed"',
        'counted = "calendar"',
        "clocks[1].counted must be elapsed for a clock in hours",
    ),
    "working weeks": (
        "lift",
        'counted = "calendar"',
        'counted = "working"',
        "clocks[1].counted can be working only for a clock in days",
    ),
    "two clocks of one name": (
        "meirionnydd",
        'name = "From contact to the start of treatment"',
        'name = "Contact within 48 hours of referral"',
        "clocks have two of one name",
    ),
    "a gate": ("bradford", 'milestone = "mdt_review"', 'milestone = "tea"', "gates[2].milestone must be"),
    "minutes upside down": (
        "cadet",
        "most_minutes = 40",
        "most_minutes = 20",
        "appointments[1].most_minutes must not be below least_minutes, which it needs",
    ),
    "minutes alone": (
        "cadet",
        "least_minutes = 30\n",
        "",
        "appointments[1].most_minutes must not be below least_minutes, which it needs",
    ),
    "an interval upside down": (
        "talking_therapies",
        "at_most_every = 4",
        "at_most_every = 2",
        "reviews[3].at_most_every must be above every",
    ),
    "a field of a statement": (
        "cornwall",
        "[[roles]]",
        "[[roles]]\nx = 1",
        "roles[1].x is not a known field",
    ),
    "a move from nowhere": (
        "east_london_step_down",
        'from = "secondary"',
        'from = "moon"',
        "moves[1].from names the step 'moon', which there is not",
    ),
    "a move twice": (
        "east_london_step_down",
        'from = "enhanced"',
        'from = "secondary"',
        "moves[2].from says a second time where secondary leads",
    ),
    "a move to nowhere": (
        "east_london_step_down",
        '["gp_only", "secondary"]',
        '["gp_only", "moon"]',
        "moves[2].to names 'moon', which is not another step",
    ),
    "a move that stays": (
        "east_london_step_down",
        '["gp_only", "secondary"]',
        '["gp_only", "enhanced"]',
        "moves[2].to names 'enhanced', which is not another step",
    ),
    "two steps of one id": ("lift", 'id = "joint_work"', 'id = "classes"', "steps have two of one id"),
    "a figure without quotation": (
        "lift",
        "first_within_days = 28",
        "after_plan_weeks = 2\nfirst_within_days = 28",
        "contact.after_plan_weeks has no quotation: add stated.contact.after_plan_weeks",
    ),
    "a quotation without figure": (
        "lift",
        "[stated.contact]",
        '[stated.contact]\nplan_weeks = { words = "x" }',
        "stated.contact.plan_weeks quotes a figure that this file does not give",
    ),
    "a quotation of nothing": (
        "lift",
        "[stated]",
        '[stated]\ntea = { words = "x" }',
        "stated.tea quotes a figure that this file does not give",
    ),
    "a field in the wrong table": (
        "lift",
        'id = "lift"',
        'id = "lift"\ninterval_days = 3',
        "interval_days is not a known field",
    ),
    "a questionnaire": (
        "cadet",
        'instruments = ["phq9"]',
        'instruments = ["phq8"]',
        "measures.instruments names a questionnaire that has no file",
    ),
}


@pytest.mark.parametrize(("name", "old", "new", "words"), FAULTS.values(), ids=FAULTS)
def test_a_slip_is_named_with_file_line_and_field(
    tmp_path: Path, name: str, old: str, new: str, words: str
) -> None:
    text = (FOLDER / f"{name}.toml").read_text(encoding="utf-8")
    assert old in text
    with pytest.raises(EnvironmentProblem, match=re.escape(words)) as refusal:
        loaded(tmp_path, name, text.replace(old, new, 1))
    assert re.match(rf"{name}\.toml, line \d+: ", str(refusal.value))


def test_a_slip_is_told_as_people_read_it(tmp_path: Path) -> None:
    text = (
        (FOLDER / "cornwall.toml").read_text(encoding="utf-8").replace('unit = "sessions"', 'unit = "hours"')
    )
    line = text.split("\n").index('unit = "hours"') + 1
    with pytest.raises(EnvironmentProblem) as refusal:
        loaded(tmp_path, "cornwall", text)
    assert str(refusal.value) == f"cornwall.toml, line {line}: caps[1].unit must be sessions or weeks."


PLAIN = re.compile(r"^(\w+) = .*[^\[{]$")


@given(st.sampled_from(FILES), st.data())
def test_whichever_field_is_broken_its_own_line_is_named(
    tmp_path_factory: pytest.TempPathFactory, file: Path, data: st.DataObject
) -> None:
    """A date is right nowhere; a name nobody knows is known nowhere."""
    lines = file.read_text(encoding="utf-8").split("\n")
    place = data.draw(st.sampled_from([n for n, line in enumerate(lines) if PLAIN.match(line)]))
    key = lines[place].split(" = ")[0]
    added = data.draw(st.booleans())
    if added:
        lines.insert(place, "nobody_knows_it = 1")
    else:
        lines[place] = f"{key} = 2026-01-05"
    tomllib.loads("\n".join(lines))
    with pytest.raises(EnvironmentProblem) as refusal:
        loaded(tmp_path_factory.getbasetemp(), file.stem, "\n".join(lines))
    assert str(refusal.value).startswith(f"{file.name}, line {place + 1}: ")


def test_the_figures_of_a_long_step_rise_and_every_model_has_them() -> None:
    for each in load_pathways(FOLDER, instruments().keys()).values():
        assert 0 < each.step_long_days < each.step_very_long_days
