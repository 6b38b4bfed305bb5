"""Whom somebody can ring now, and who of us is on duty: shown right where safety is talked about."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame, QWidget

from collabcare.domain.crisis_lines import NO_SUPPORT
from collabcare.domain.details_words import before_ringing
from collabcare.domain.display import spoken_dates
from collabcare.domain.safety import IN_AN_EMERGENCY
from collabcare.ui.widgets.layouts import column
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collabcare.domain.crisis_lines import CrisisSupport
    from collabcare.domain.safety_page import Helplines
    from collabcare.queries.patient_page import PatientPage

_SITE_UNREAD = "Who is on duty and our own lines could not be read. The national lines:"


class CrisisPanel(QFrame):
    """The site's lines and the national ones, each copyable, with who is on duty and what holds later."""

    def __init__(self, page: PatientPage | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("crisis_panel")
        self.setAccessibleName("Whom to ring")
        self._inside = column(gap=4)
        self._shown: tuple[str, ...] = ()
        self.setLayout(self._inside)
        if page is not None:
            self.set_page(page)

    def set_page(self, page: PatientPage) -> None:
        """Show what the site has set; left alone while that stays the same."""
        self._show((*_reaching(page), *_words(page.support, page.rulebook.helplines)))

    def show_support(self, support: CrisisSupport, national: Helplines) -> None:
        """Show the names and numbers alone, where there is little room and no page of one patient."""
        self._show(_in_order(support, support.on_duty, _named(support, national)))

    def show_national(self, national: Helplines) -> None:
        """Show the national lines alone: what the site has set could not be read."""
        self._show((_SITE_UNREAD, _named(NO_SUPPORT, national)))

    def _show(self, said: tuple[str, ...]) -> None:
        if said == self._shown:
            return
        self._shown = said
        while (item := self._inside.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.deleteLater()
        for line in said:
            label = PlainLabel(line, TextRole.SECONDARY, wrap=True)
            label.setAccessibleName(spoken_dates(line))
            self._inside.addWidget(label)

    def text(self) -> str:
        """Return all that is said, a line to a line."""
        return "\n".join(self._shown)


def _reaching(page: PatientPage) -> tuple[str, ...]:
    """Return what to know before ringing this patient, where there is anything."""
    note, told = (
        page.facts.patient.contact_note,
        before_ringing(page.facts.reach, page.facts.patient.contact_note),
    )
    noted = (" ".join(note.split()).rstrip("."),) if note else ()
    said = "; ".join((*noted, *told))
    return (f"Before you ring them: {said}.",) if said else ()


def whom_to_ring(page: PatientPage) -> str:
    """Say in one line whom somebody can ring, and who of us is on duty while the service is open."""
    support = page.support
    return " ".join(_in_order(support, support.on_duty, _named(support, page.rulebook.helplines)))


def _in_order(support: CrisisSupport, on_duty: str, *lines: str) -> tuple[str, ...]:
    """Put whoever is on duty first, and last on a day the service is closed: the crisis team answers then."""
    return (*lines, on_duty) if support.closed else (on_duty, *lines)


def _named(support: CrisisSupport, national: Helplines) -> str:
    lines = [line for line in support.to_ring(national) if not support.is_of_duty(line.name)]
    return f"{'; '.join(f'{line.name}: {line.contact}' for line in lines)}."


def _words(support: CrisisSupport, national: Helplines) -> tuple[str, ...]:
    lines = support.to_ring(national)
    later = (f"When nobody is here: {support.out_of_hours}",) if support.out_of_hours else ()
    said = _in_order(support, support.on_duty, *(line.words for line in lines))
    return (*said, *later, IN_AN_EMERGENCY)
