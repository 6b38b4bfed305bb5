"""The open caseload in memory: read once, shown by Today, the caseload and the rail, so that counts agree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from collabcare.domain.changes import Kind
from collabcare.queries.caseload import caseload_afresh, caseload_again
from collabcare.queries.ended import listed, owed_a_summary, owed_again
from collabcare.queries.team import Team, team
from collabcare.ui.count import Count

if TYPE_CHECKING:
    from datetime import date, datetime

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks

_CONCERNS = frozenset(Kind) - {Kind.USER, Kind.SNIPPET, Kind.STEP_DAYS}
_SHARED = frozenset(
    {
        *(Kind.PRACTICE, Kind.SITE, Kind.SITE_DAY, Kind.PATIENT, Kind.IDENTITY),
        *(Kind.COVER, Kind.HELPLINE),
    }
)
"""What stands in more rows than those of the episodes that were touched."""
_TOPIC = "caseload"
_STOPPED = "Stopped. No patients were read. F5 reads them."
_STOPPED_AGAIN = "Stopped. The patients are shown as they were read before. F5 reads them again."
_MANY = 100
_MINUTE_MS = 60_000


class OpenCaseload(QObject):
    """Every open patient's row as the rules see it today; read again after each change and each midnight.

    After a change to somebody's care only their rows are read again; all of them at the start, at midnight,
    after a lock and when asked.

    Signals:
        loaded: The rows were read again.
        unread: They could not be read; those that were read before stand, and may be old.
        stopped: The user stopped the reading; those that were read before stand.
    """

    loaded = Signal()
    unread = Signal()
    stopped = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._paused = False
        self.rows: tuple[CaseloadRow, ...] = ()
        self.ended: tuple[CaseloadRow, ...] = ()
        """Whose care has ended and whose GP is still to be told: in no count of open patients."""
        self.team = Team()
        self.known = False
        """Whether the rows have been read at all: none yet is not none."""
        self.read_at: datetime | None = None
        """When the rows were asked for that are here now."""
        self.failed = False
        """Whether reading failed, and has not worked since."""
        self.given_up = False
        """Whether the last reading came to nothing: it failed, or the user stopped it."""
        self.today = desk.today
        self._stale: set[EpisodeId] | None = None
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.look_at_the_clock)
        tasks.changed.connect(self._on_changed)

    @property
    def listed(self) -> tuple[CaseloadRow, ...]:
        """What the caseload shows: the open rows, and the dead whose GP is still owed a letter."""
        return listed(self.rows, self.ended)

    def reload(self) -> None:
        """Read every row again."""
        self._stale = None
        self._read()

    def pause(self) -> None:
        """Read nothing while the record is locked."""
        self._paused = True
        self._minute.stop()

    def go_on(self) -> None:
        """Read again from now on, and at once: others may have worked meanwhile."""
        self._paused = False
        self.reload()

    def look_at_the_clock(self) -> None:
        """Read again if the day has changed: what was due tomorrow is due today."""
        if self._desk.today != self.today:
            self.reload()

    def row_of(self, episode_id: int) -> CaseloadRow | None:
        """Return an open patient's row."""
        return next((row for row in self.rows if row.facts.episode_id == episode_id), None)

    def _on_changed(self, changes: Changes) -> None:
        if not changes.kinds & _CONCERNS:
            return
        few = 0 < len(changes.episodes) < _MANY and not changes.kinds & _SHARED
        if self._stale is not None and few:
            self._stale |= changes.episodes
        else:
            self._stale = None
        self._read()

    def _read(self) -> None:
        """Read what is out of date. An answer not yet here is dropped, so this asks for its rows too."""
        if self._paused:
            return
        today, rulebook = self._desk.today, self._desk.rulebook
        self._minute.start()
        show = partial(self._show, self._desk.clock.now())
        if self._stale is not None and today == self.today:
            changed = frozenset(self._stale)
            again = partial(caseload_again, before=self.rows, changed=changed, rulebook=rulebook, today=today)
            owed = partial(owed_again, before=self.ended, changed=changed, rulebook=rulebook, today=today)
            self._tasks.read(
                self,
                lambda session: (today, again(session), owed(session), team(session, today)),
                show,
                topic=_TOPIC,
                refused=self._on_unread,
            )
            return
        count = Count("Reading patients", _STOPPED_AGAIN if self.known else _STOPPED, topic=_TOPIC)
        ask = partial(caseload_afresh, before=self.rows, rulebook=rulebook, today=today, counting=count)
        ask_ended = partial(owed_a_summary, rulebook=rulebook, today=today)
        self._tasks.read_counted(
            self,
            count,
            lambda session: (today, ask(session), ask_ended(session), team(session, today)),
            show,
            refused=partial(self._on_refused, count),
        )

    def _show(
        self, asked_at: datetime, read: tuple[date, list[CaseloadRow], tuple[CaseloadRow, ...], Team]
    ) -> None:
        self.today, rows, self.ended, self.team = read
        self.rows = tuple(rows)
        self.known, self.read_at = True, asked_at
        self.failed = self.given_up = False
        self._stale = set()
        self.loaded.emit()

    def _on_refused(self, count: Count, sentence: str) -> None:
        """Say at the foot of the window that the user stopped it; anything else could not be read."""
        if not count.cancelled:
            self._on_unread(sentence)
            return
        self.given_up = True
        self._tasks.stopped.emit(sentence)
        self.stopped.emit()

    def _on_unread(self, _sentence: str) -> None:
        self.failed = self.given_up = True
        self.unread.emit()
