"""A review before ending care that waits for a signature, as Today shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.due_kinds import DueKind
from collabcare.ui.pages import PageName
from collabcare.ui.views.due_acts import due_act
from tests.services.searching import READY, all_parts, searched
from tests.ui.views.test_today_view import Scene

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from collabcare.ui.tasks import Tasks
    from tests.record_fixtures import Practice


def test_a_review_to_sign_off_leads_to_the_review_and_is_on_no_list_of_who_may_not(
    qtbot: QtBot, practice: Practice, tasks: Tasks
) -> None:
    episode = searched(practice)
    all_parts(practice, episode)
    practice.on(READY)
    head = due_act(DueKind.CLOSING_SIGNATURE).section
    mine = Scene(qtbot, practice, tasks, "amina")
    assert mine.heads()[head] == 1
    (row,) = [each for each in mine.rows() if each.act == "Look at review"]
    with qtbot.waitSignal(mine.view.page_requested) as asked:
        mine.view.list.act_requested.emit(row.key)
    assert asked.args == [episode, PageName.ENDING, ""]
    holder = Scene(qtbot, practice, tasks)
    for whose in ("mine", "everyone's"):
        holder.view.whose.set_value(whose)
        holder.view.show_rows()
        assert holder.heads()[head] == 0
