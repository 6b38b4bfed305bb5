"""What Today says of what was done there: it goes when something else is done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.ui.passing import Passing

if TYPE_CHECKING:
    from collabcare.ui.tasks import Tasks
    from collabcare.ui.views.today_view import TodayView


class TodayTold(Passing):
    """Says what came of a line until another is chosen; what was done can be undone until the next act."""

    def __init__(self, view: TodayView, tasks: Tasks) -> None:
        super().__init__(view, tasks, view.message.pass_on, view.actions_done.bar.withdraw)
        self._list, self._message = view.list, view.message
        view.side.said.connect(view.message.show_info)
        view.list.current_changed.connect(self._on_current)
        view.whose.chosen.connect(self.let_go)
        view.done.act_requested.connect(self.let_go)

    def _on_current(self, _key: object) -> None:
        if not self._list.filling:  # the user chose another line, and it is not about that one
            self._message.pass_on()
