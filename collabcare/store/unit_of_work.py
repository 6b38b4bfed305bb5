"""One named, permitted, audited transaction for each thing a user does.

A service opens one with the permission it needs and the sentence the audit trail will show. Leaving it
normally commits the change together with its audit rows; leaving it any other way leaves no trace.
"""

from __future__ import annotations

from contextlib import contextmanager, nullcontext
from copy import copy
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import event
from sqlalchemy.orm.exc import StaleDataError

from collabcare.domain.calendar import london_date
from collabcare.domain.changes import Changes, Kind
from collabcare.domain.errors import RuleViolation, StaleRecord
from collabcare.domain.ids import EpisodeId
from collabcare.store.engine import WRITE, in_words
from collabcare.store.models import AuditEntry, Base, Versioned

if TYPE_CHECKING:
    from collections.abc import Iterator
    from contextlib import AbstractContextManager
    from datetime import date, datetime

    from sqlalchemy.orm import Session, sessionmaker

    from collabcare.clock import Clock
    from collabcare.domain.acting import Acting, Permission
    from collabcare.domain.suggestion import Suggestion

R = TypeVar("R", bound=Base)


class Work:
    """One open transaction and what it has touched so far."""

    def __init__(self, session: Session, action: str, acting: Acting, at: datetime) -> None:
        self.session = session
        self.action = action
        self.acting = acting
        self.at = at
        self._kinds: set[Kind] = set()
        self._episodes: set[EpisodeId] = set()
        self.made: int | None = None
        self.suggestions: list[Suggestion] = []

    @property
    def today(self) -> date:
        """Return the London date of this transaction."""
        return london_date(self.at)

    @property
    def changes(self) -> Changes:
        """Return what this transaction touched."""
        return Changes(
            kinds=frozenset(self._kinds),
            episodes=frozenset(self._episodes),
            made=self.made,
            suggestions=tuple(self.suggestions),
        )

    def get(self, record: type[R], key: int, *, seen: int | None = None) -> R:
        """Fetch by id; ``seen`` is the version the user was looking at.

        SQLAlchemy's version column alone would not notice the other editor: a form holds plain values, so
        the record is read afresh here at its newest version.

        Raises:
            RuleViolation: When there is no such record.
            StaleRecord: When somebody changed it since the user looked.
        """
        found = self.session.get(record, key)
        if found is None:
            raise RuleViolation(f"That {record.__tablename__.replace('_', ' ')} is not in the record.")
        if seen is not None and isinstance(found, Versioned) and found.version != seen:
            raise StaleRecord(
                "Somebody else changed this while you had it open. Your text is kept; look again, then save."
            )
        return found

    def add(self, record: R) -> R:
        """Add a new record and give it its number."""
        self.session.add(record)
        self.session.flush()
        return record

    def touched(
        self,
        kind: Kind,
        *,
        subject_id: int | None = None,
        patient_id: int | None = None,
        episode_id: int | None = None,
    ) -> None:
        """Note the change for the screens and write its audit row beside it."""
        self._kinds.add(kind)
        if episode_id is not None:
            self._episodes.add(EpisodeId(episode_id))
        self.session.add(
            AuditEntry(
                at=self.at,
                actor_id=self.acting.user_id,
                actor_role=self.acting.role,
                action=self.action,
                kind=kind,
                subject_id=subject_id,
                patient_id=patient_id,
                episode_id=episode_id,
            )
        )


class _Batch:
    """The transaction that several actions share, while there is one."""

    def __init__(self) -> None:
        self.session: Session | None = None
        self.spoiled = False


class UnitOfWork:
    """Opens transactions for one signed-in user; commits on a clean exit and on nothing else."""

    def __init__(
        self, sessions: sessionmaker[Session], acting: Acting, clock: Clock, *, record_name: str = "itself"
    ) -> None:
        self._sessions = sessions
        self._record_name = record_name
        self._clock = clock
        self._batch = _Batch()
        self.acting = acting

    def for_user(self, acting: Acting) -> UnitOfWork:
        """Return a door for another user to the same record and clock, sharing any batch opened on either."""
        other = copy(self)
        other.acting = acting
        return other

    @contextmanager
    def begin(self, permission: Permission, action: str) -> Iterator[Work]:
        """Open a transaction for an action this user's role permits.

        Raises:
            NotAllowed: Before anything is read, when the role does not permit it.
            StaleRecord: When another connection saved the same record a moment ago.
            EnvironmentProblem: When the disk or the database refuses; nothing was saved then.
        """
        self.acting.require(permission)
        with in_words(self._record_name), self._session() as session:
            try:
                yield Work(session, action, self.acting, self._clock.now())
                if self._batch.session is None:
                    session.commit()
                else:
                    session.flush()
            except StaleDataError as error:
                raise StaleRecord("Somebody else saved this a moment ago. Look again, then save.") from error
            except BaseException:
                self._batch.spoiled = True
                raise

    @contextmanager
    def batch(self) -> Iterator[Session]:
        """Let the actions inside share one transaction: all of them are kept, or none.

        An action refused inside a batch has to end the batch, since its half-done work cannot be told apart.
        The session is for reading what the actions have written so far. A batch inside a batch is part of it.
        """
        if self._batch.session is not None:
            yield self._batch.session
            return
        with in_words(self._record_name), self._write_session() as session:
            self._batch.session, self._batch.spoiled = session, False
            kept: list[object] = []  # or the session, which holds records weakly, reads them again each time
            event.listen(session, "loaded_as_persistent", lambda _session, record: kept.append(record))
            event.listen(session, "pending_to_persistent", lambda _session, record: kept.append(record))
            try:
                yield session
                if self._batch.spoiled:
                    raise RuntimeError("an action in the batch was refused, and the batch went on")
                session.commit()
            finally:
                self._batch.session = None

    def _session(self) -> AbstractContextManager[Session]:
        shared = self._batch.session
        return nullcontext(shared) if shared is not None else self._write_session()

    def _write_session(self) -> Session:
        session = self._sessions()
        session.connection(execution_options=WRITE)
        return session
