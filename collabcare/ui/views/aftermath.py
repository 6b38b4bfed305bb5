"""What is said after a save, and which acts are offered: what is open about safety before anything else."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from collabcare.ui.views.due_acts import ABOUT_SAFETY, opens_of, words_for

if TYPE_CHECKING:
    from collabcare.ui.forms.entry_form import PatientForm


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What to say after a save, and the acts that may follow, each named by the form or letter it opens."""

    said: str
    act: str = ""
    opens: str = ""
    also: str = ""
    also_opens: str = ""
    about: int | None = None
    at_once: bool = False


def safety_first(form: PatientForm, then: Aftermath) -> Aftermath:
    """Lead first to what is due about safety, where that is what stands first of theirs on Today."""
    row = form.page.row
    first = next(iter(row.due_now), None)
    if first is None or first.kind not in ABOUT_SAFETY:
        return then
    words = words_for(first, row.facts, form.page.rulebook, form.acting.role)
    if not words:
        return then
    return replace(then, act=words, opens=opens_of(first), also=then.act, also_opens=then.opens)
