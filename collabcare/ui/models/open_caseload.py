"""The open caseload in memory: read once, shown by Today, the caseload and the rail, so that counts agree."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from collabcare.domain.changes import Kind
from collabcare.queries.caseload import caseload_afresh, caseload_again
from collabcare.queries.ended import owed_a_summary, owed_again
from collabcare.queries.team import Team, team
from collabcare.ui.count import Count

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.caseload import CaseloadRow
    from collabcare.domain.changes import Changes
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.ui.tasks import Tasks

_CONCERNS = frozenset(Kind) - {Kind.USER, Kind.SNIPPET}
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
    """

    loaded = Signal()

    def __init__(self, desk: Desk, tasks: Tasks, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk, self._tasks = desk, tasks
        self._paused = False
        self.rows: tuple[CaseloadRow, ...] = ()
        self.ended: tuple[CaseloadRow, ...] = ()
        """Whose care has ended and whose GP is still to be told: on Today, in no count of open patients."""
        self.team = Team()
        self.known = False
        """Whether the rows have been read at all: none yet is not none."""
        self.today = desk.today
        self._stale: set[EpisodeId] | None = None
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(self.look_at_the_clock)
        tasks.changed.connect(self._on_changed)

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
        if self._stale is not None and today == self.today:
            changed = frozenset(self._stale)
            again = partial(caseload_again, before=self.rows, changed=changed, rulebook=rulebook, today=today)
            owed = partial(owed_again, before=self.ended, changed=changed, rulebook=rulebook, today=today)
            self._tasks.read(
                self,
                lambda session: (today, again(session), owed(session), team(session, today)),
                self._show,
                topic=_TOPIC,
            )
            return
        count = Count("Reading patients", _STOPPED_AGAIN if self.known else _STOPPED, topic=_TOPIC)
        ask = partial(caseload_afresh, before=self.rows, rulebook=rulebook, today=today, counting=count)
        ask_ended = partial(owed_a_summary, rulebook=rulebook, today=today)
        self._tasks.read_counted(
            self,
            count,
            lambda session: (today, ask(session), ask_ended(session), team(session, today)),
            self._show,
        )

    def _show(self, read: tuple[date, list[CaseloadRow], tuple[CaseloadRow, ...], Team]) -> None:
        self.today, rows, self.ended, self.team = read
        self.rows = tuple(rows)
        self.known = True
        self._stale = set()
        self.loaded.emit()
