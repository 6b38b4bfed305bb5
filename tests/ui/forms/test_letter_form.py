"""The kinds of letter by their names, and what the chosen one still needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.catalogue.letters import load_letters
from collabcare.paths import resources_dir
from collabcare.services.letters import LetterOffer
from collabcare.ui.forms.letter_form import LetterForm
from collabcare.ui.widgets.plain_label import PlainLabel
from tests.ui.keyboard import under_hands

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_what_a_kind_needs_stands_under_the_box_and_its_name_stays_short(qtbot: QtBot) -> None:
    form = LetterForm()
    under_hands(qtbot, form)
    first, second = list(load_letters(resources_dir() / "letters").values())[:2]
    needs = "Needs a contact that was attended and a score."
    form.offer([LetterOffer(kind=first, why_not=""), LetterOffer(kind=second, why_not=needs)])
    assert [form.kind.itemText(n) for n in range(2)] == [first.title, second.title]
    form.show_kind(first, {})
    assert form.needs() == ""
    form.show_kind(second, {})
    assert form.needs() == needs
    assert form.kind.accessibleDescription() == needs
    shown = [label.whole_text() for label in form.findChildren(PlainLabel) if label.isVisible()]
    assert needs in shown
