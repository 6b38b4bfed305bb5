"""A service model laid open: every figure with its quotation, or said to be ours, or not stated."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from collabcare.domain.pathway import Stated
from collabcare.domain.pathway_page import Basis, pathway_figures, pathway_record, pathway_text
from tests.builders import pathway
from tests.builders_pathways import SAID, model, models

LINES = {
    "a cap, its warning stated": (
        "cornwall",
        (
            "Cap: One-to-one sessions: at least 3 sessions, at most 6 sessions, warning at 5; counts "
            "one-to-one and joint contacts"
        ),
    ),
    "a cap, its warning ours": (
        "northants_pclw",
        (
            "Cap: One-to-one sessions: at most 6 sessions, warning at 5 (our default); counts "
            "one-to-one and joint contacts"
        ),
    ),
    "what is usual is no least": (
        "city_hackney_pcpcs",
        "Cap: Sessions: usually 12 to 13 sessions; counts one-to-one and joint contacts",
    ),
    "a cap of joint sessions": (
        "coincide",
        (
            "Cap: Joint sessions with the practice nurse: at most 2 sessions, warning at 1 (our "
            "default); counts joint contacts"
        ),
    ),
    "a clock": (
        "northants_pclw",
        (
            "Clock: Crisis assessment within 2 days: from referral to the crisis team to crisis "
            "assessment, 2 days, in real time (our reading: the source"
        ),
    ),
    "weeks": (
        "northants_navigator",
        (
            "Cap: Weeks with a navigator: at most 6 weeks, warning at 5 (our default), from the first "
            "attended contact (our reading: the source does not say); counts one-to-one and joint contacts"
        ),
    ),
    "whole dates": (
        "lift",
        "Clock: Seen within 4 weeks: from referral to first attended contact, 4 weeks, in whole dates",
    ),
    "a clock without a number": (
        "meirionnydd",
        (
            "Clock: From contact to the start of treatment: from first attended contact to start "
            "of treatment, no number stated"
        ),
    ),
    "a gate": ("bradford", "Gate: The GP's own review of the file, before the referral"),
    "another": ("bradford", "Gate: Review by the whole team, before the first contact"),
    "ages": (
        "norfolk_suffolk",
        "Ages: people over the age of 16, from the day after that birthday (our reading",
    ),
    "its quotation": (
        "norfolk_suffolk",
        (
            "    “'over the age of 16'” (Filling the chasm (Centre for Mental Health, 2018); "
            "stated in the papers this project is founded on)"
        ),
    ),
    "silence": ("cornwall", "Ages: not stated"),
    "nobody named": ("partners2", "Who may refer: not stated"),
    "ours": ("cornwall", "First contact after referral: within 14 days [our default]"),
    "not ours": ("lift", "First contact after referral: within 28 days"),
    "moves": (
        "talking_therapies",
        (
            "Moves allowed: from Step 2: low intensity to Step 3: high intensity; from Step 3: "
            "high intensity to Step 2: low intensity"
        ),
    ),
    "an interval": ("talking_therapies", "Review: HI supervision, all ongoing cases: every 2 to 4 weeks"),
    "every week": ("cadet", "Review: Specialist supervision: every 1 week"),
    "minutes": ("cadet", "Appointment: First: 30 to 40 minutes"),
    "minutes of one length": ("catterick", "Appointment: Double: 30 minutes"),
    "apart": ("city_hackney_pcpcs", "Appointment: Assessment: 2 of them, at least 7 days apart"),
    "no minutes": ("bradford", "Appointment: Joint appointment: no figure stated"),
    "hours of a rung": (
        "pcn_practitioner",
        "Prompt ladder, rung 1: within 2 hours: Call within 2 hours; read",
    ),
    "a letter's days": ("pcn_practitioner", "Standard ladder, rung 6: 14 days after the letter: Review in"),
    "the same day": ("pcn_practitioner", "Standard ladder, rung 1: the same day: Call; check"),
    "working days": ("pcn_practitioner", "Standard ladder, rung 4: working day 10: Talk with"),
    "scores": ("pcn_practitioner", "Scores that bring a case: PHQ-9 15 or more"),
}


@pytest.mark.parametrize(("name", "line"), LINES.values(), ids=LINES)
def test_a_figure_stands_on_a_line(name: str, line: str) -> None:
    assert any(each.startswith(line) for each in pathway_text(model(name)).split("\n"))


@pytest.mark.parametrize("name", sorted(models()))
def test_every_figure_is_quoted_ours_or_not_stated(name: str) -> None:
    figures = pathway_figures(model(name))
    assert all((each.quotation is not None) == (each.basis is Basis.STATED) for each in figures)
    assert all((each.value == "not stated") == (each.basis is Basis.NOT_STATED) for each in figures)
    text = pathway_text(model(name))
    assert text.count("[our default]") == sum(each.basis is Basis.OURS for each in figures)
    assert text.count("\n    “") == sum(each.basis is Basis.STATED for each in figures)


@pytest.mark.parametrize("name", sorted(models()))
def test_machines_read_the_same(name: str) -> None:
    record = pathway_record(model(name))
    read = json.loads(json.dumps(record))
    assert (read["id"], read["rule"], read["source"]) == (name, "Service model", model(name).source)
    for figure, told in zip(pathway_figures(model(name)), read["figures"], strict=True):
        assert (told["figure"], told["basis"]) == (figure.name, figure.basis.value)
        assert told["value"] == (None if figure.basis is Basis.NOT_STATED else figure.value)
        assert (told["quotation"] or {}).get("words") == (figure.quotation and figure.quotation.words)


def test_a_quoted_table_quotes_each_of_its_figures_and_a_stated_warning_is_not_ours() -> None:
    cornwall = model("cornwall")
    stated = replace(
        cornwall,
        where="",
        caps=tuple(replace(cap, warning_stated=True, most=None) for cap in cornwall.caps),
        stated=(Stated(figure="supervision", quotation=SAID),),
        supervision=replace(cornwall.supervision, score_thresholds=()),
    )
    basis = {each.name: each.basis for each in pathway_figures(stated)}
    assert (basis["A new case in supervision"], basis["Standard ladder, rung 1"]) == (
        Basis.STATED,
        Basis.OURS,
    )
    text = pathway_text(stated)
    assert "Scores that bring a case: none\n" in text
    assert "at least 3 sessions, warning at 5; counts" in text
    assert pathway_record(stated)["where"] is None


def test_the_default_model_is_ours_save_for_what_it_quotes() -> None:
    basis = {each.name: each.basis for each in pathway_figures(pathway())}
    assert basis["Contact plan"] is Basis.OURS
    assert basis["Letter to the GP"] is Basis.STATED
    assert basis["Session or week caps"] is Basis.NOT_STATED
