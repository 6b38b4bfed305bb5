"""What every screen is: it says which changes concern it, and loads again only while somebody is looking."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtWidgets import QWidget

from collabcare.ui.panes import enter
from collabcare.ui.widgets.busy_strip import BusyStrip
from collabcare.ui.widgets.unread import Unread

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QShowEvent

    from collabcare.domain.changes import Changes, Kind
    from collabcare.ui.count import Count
    from collabcare.ui.tasks import Query, Tasks

T = TypeVar("T")


class LiveView(QWidget):
    """A screen that keeps itself up to date: a change it depends on marks it stale, being seen reloads it.

    ``unread`` says that the screen could not be read; a subclass puts it where its body would be, names the
    body with :meth:`stand_in`, and reads with :meth:`read`.
    """

    DEPENDS_ON: ClassVar[frozenset[Kind]] = frozenset()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._stale = True
        self._known = False
        self._failing: set[str] = set()
        self.unread = Unread()
        self.unread.again.connect(self.try_again)
        tasks.changed.connect(self._on_changed)

    def stand_in(self, *parts: QWidget) -> Unread:
        """Return what takes the place of ``parts`` when nothing could be read; to be laid out beside them."""
        self.unread.stand_in(*parts)
        return self.unread

    def read(self, query: Query[T], then: Callable[[T], None], *, topic: str = "") -> None:
        """Read for this screen, which says so when that fails; see :meth:`Tasks.read`."""
        self._tasks.read(
            self,
            query,
            partial(self._was_read, then, topic),
            refused=partial(self.not_read, topic),
            topic=topic,
        )

    def read_counted(
        self, count: Count, query: Query[T], then: Callable[[T], None], stopped: Callable[[str], None]
    ) -> None:
        """Read like :meth:`read`, counting; what the user stops themselves is said by ``stopped`` alone."""
        self._tasks.read_counted(
            self,
            count,
            query,
            partial(self._was_read, then, count.topic),
            refused=partial(self._not_counted, count, stopped),
        )

    def not_read(self, topic: str, _sentence: str) -> None:
        """Say that it could not be read, and wait no more; seen again, it is tried again."""
        for strip in self.findChildren(BusyStrip):
            strip.set_busy(busy=False)
        self._failing.add(topic)
        self._stale = True
        self.unread.failed(known=self._known)

    def was_read(self, topic: str) -> None:
        """Know that this was read: what could not be read before is no longer said."""
        self._known = True
        self.let_go(topic)

    def let_go(self, *topics: str) -> None:
        """Say no longer that these could not be read: they were by now, or nobody asks for them any more."""
        self._failing.difference_update(topics)
        if not self._failing:
            self.unread.worked()

    def try_again(self) -> None:
        """Read again, as the user asked after it failed."""
        self.reload()

    def know_nothing(self) -> None:
        """Show another subject from now on, of which nothing is read yet."""
        self._known = False
        self._failing.clear()
        self.unread.worked()

    def take_keyboard(self) -> None:
        """Put the keyboard on the first thing that takes it."""
        enter(self)

    def reload(self) -> None:
        """Ask for this screen's data again; a screen says how."""

    def go_stale(self) -> None:
        """Have the data loaded again, at once if somebody is looking, else when they next do."""
        self._stale = True
        self._reload_if_due()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._reload_if_due()

    def _on_changed(self, changes: Changes) -> None:
        if self.DEPENDS_ON & changes.kinds:
            self.go_stale()

    def _was_read(self, then: Callable[[T], None], topic: str, answer: T) -> None:
        tried_again = self.unread.has_keyboard()
        self.was_read(topic)
        then(answer)
        if tried_again and not self._failing:
            self.take_keyboard()

    def _not_counted(self, count: Count, stopped: Callable[[str], None], sentence: str) -> None:
        if not count.cancelled:
            self.not_read(count.topic, sentence)
            return
        tried_again = self.unread.has_keyboard()
        self.let_go(count.topic)
        stopped(sentence)
        if tried_again and not self._failing:
            self.take_keyboard()

    def _reload_if_due(self) -> None:
        if self._stale and self.isVisible():
            self._stale = False
            self.reload()
