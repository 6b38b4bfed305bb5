"""The tour as the demo command takes it: every picture and letter, and no window larger than the screen."""

from __future__ import annotations

import os
import struct
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from collabcare.ui.forms.entry_form import PatientForm
from collabcare.ui.tour.page_forms import page_forms
from collabcare.ui.views.composer import FORM_KINDS
from collabcare.ui.views.every_page import LIST_PAGES, PATIENT_PAGE_VIEWS
from tests import qt_environment
from tests.demo_record import DEMO_TODAY

if TYPE_CHECKING:
    from pathlib import Path

SCREEN = (1366, 768)
BEFORE_THE_MAIN_WINDOW = 8
AFTER_IT = ("locked",)
EXPECTED = [
    "welcome",
    "first-run-service",
    "first-run-you",
    "first-run-recovery-key",
    "first-run-place",
    "sign-in",
    "sign-in-refused",
    "recovery-key",
    "today",
    "caseload",
    "caseload-overdue",
    "caseload-columns",
    "caseload-reassign",
    "find-patient",
    "did-not-attend",
    "did-not-attend-saved",
    "attempt",
    "patient",
    "contact",
    "measure-phq9",
    "safety-conversation",
    "measure-gad7",
    "patient-scores",
    "step",
    "supervision",
    "patient-story",
    "letter",
    "letter-issued",
    "new-patient",
    "keys",
    "help",
    "today-afterwards",
    *(f"page-{name.value.replace(' ', '-')}" for name in (*PATIENT_PAGE_VIEWS, *LIST_PAGES)),
    *(f"caseload-{card}" for card in ("letters", "export", "own-view", "preview", "nobody")),
    "page-colleagues",
    "page-about",
    "find-everything",
    "patients-copy",
    *(f"form-{kind.replace('_', '-')}" for kind in FORM_KINDS),
    *(f"form-{form.page}-{form.kind}".replace(" ", "-").replace("_", "-") for form in page_forms()),
    "locked",
]


@pytest.mark.timeout(240)
@pytest.mark.parametrize(("theme", "scale"), [("dark", "150")])
def test_the_tour_goes_through_the_main_job(theme: str, scale: str, tmp_path: Path) -> None:
    environment = dict(os.environ)
    qt_environment.choose_screen(environment)
    words = ["--to", str(tmp_path), "--today", DEMO_TODAY.isoformat(), "--theme", theme, "--scale", scale]
    done = subprocess.run(
        [sys.executable, "-m", "collabcare", "demo", "--tour", *words],
        capture_output=True,
        text=True,
        check=False,
        env=environment,
        timeout=200,
    )
    assert done.returncode == 0, done.stderr
    pictures = sorted((tmp_path / "tour").glob("*.png"))
    assert [picture.stem.split("-", 1)[1] for picture in pictures] == EXPECTED
    in_the_main_window = [p for p in pictures[BEFORE_THE_MAIN_WINDOW:] if not p.stem.endswith(AFTER_IT)]
    assert {size_of(picture) for picture in in_the_main_window} == {SCREEN}
    for name in ("gp-letter.pdf", "caseload-summary.pdf"):
        assert (tmp_path / "tour" / name).read_bytes().startswith(b"%PDF-")


def test_every_form_of_a_patient_is_on_the_tour() -> None:
    """Each class of form stands in the table of its page, under its own kind or the words that open it.

    Care that has ended is not on the tour, nor what another supervisor takes back of it; and nobody in the
    demo owes an assessment while an earlier one still stands.
    """
    opened_as = {"handover_answer": {"accepted", "rejected"}}
    shown = {*FORM_KINDS, "take_back_ending", "stands", *(form.kind for form in page_forms())}
    there = {kind for kind in kinds(PatientForm) if not opened_as.get(kind, {kind}) <= shown}
    assert there == set()


def kinds(form: type[PatientForm]) -> set[str]:
    """Return the kind of a form and of all that are made of it."""
    return {kind for each in form.__subclasses__() for kind in {each.KIND, *kinds(each)} if kind}


def size_of(picture: Path) -> tuple[int, int]:
    """Return a PNG's width and height in pixels, from its header."""
    width, height = struct.unpack(">II", picture.read_bytes()[16:24])
    return width, height
