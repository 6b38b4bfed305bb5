"""What the ninth item of a PHQ-9 asks for is seen at once, on the smallest screen the program is made for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from collabcare.ui.forms.measure_form import MeasureForm
from tests.journeys.test_search_journeys import desktop
from tests.ui.keyboard import press

if TYPE_CHECKING:
    from tests.journeys.test_search_journeys import Desktop

__all__ = ["desktop"]


def test_the_notice_is_whole_in_view_without_scrolling_at_1366_by_768(desktop: Desktop) -> None:
    desktop.work.show_patient(desktop.episode, "measure")
    form = desktop.work.patient.composer.form()
    assert isinstance(form, MeasureForm)
    assert form.sheet.notice.isHidden()
    press(*[Qt.Key.Key_2] * 9)
    notice = form.sheet.notice
    assert (desktop.window.width(), desktop.window.height()) == (1366, 768)
    assert notice.text().startswith("Item 9")
    assert notice.visibleRegion().boundingRect() == notice.rect()
    assert form.save.visibleRegion().boundingRect() == form.save.rect()
    form.choose_instrument("gad7")
    assert notice.isHidden()
    form.choose_instrument("phq9")
    assert notice.isVisible()
