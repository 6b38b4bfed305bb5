"""Wherever the program says what it is, it says that nobody is alerted by it; the sentence has one home."""

from __future__ import annotations

import pytest

from collabcare.domain.safety import IN_AN_EMERGENCY, NOT_AN_EMERGENCY_SYSTEM
from tests.architecture.tree import ROOT, modules

SAYS_SO = {
    "README.md": "not an emergency system",
    "collabcare/cli/arguments.py": "not an emergency system",
    "collabcare/ui/views/welcome_view.py": "not an emergency system",
    "collabcare/ui/views/about_view.py": "NOT_AN_EMERGENCY_SYSTEM",
    "collabcare/ui/views/status_line.py": "IN_AN_EMERGENCY",
    "collabcare/ui/forms/crisis_panel.py": "IN_AN_EMERGENCY",
}


@pytest.mark.parametrize(("place", "words"), SAYS_SO.items(), ids=SAYS_SO)
def test_wherever_the_program_presents_itself_it_says_so(place: str, words: str) -> None:
    text = " ".join((ROOT / place).read_text(encoding="utf-8").replace("*", "").split())
    assert words in text


def test_the_sentence_says_that_nobody_is_alerted_and_stands_once() -> None:
    assert NOT_AN_EMERGENCY_SYSTEM == "Not an emergency system: nobody is alerted by anything written here."
    homes = [module.name for module in modules("collabcare") if NOT_AN_EMERGENCY_SYSTEM in module.text]
    assert homes == ["collabcare.domain.safety"]


def test_the_line_at_the_foot_of_the_window_says_what_to_do_and_stands_once() -> None:
    assert IN_AN_EMERGENCY == "CollabCare is not an emergency system. In an emergency ring 999."
    homes = [module.name for module in modules("collabcare") if IN_AN_EMERGENCY in module.text]
    assert homes == ["collabcare.domain.safety"]
