"""The desk: everything one signed-in user works with, handed to screens and commands alike."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError

from collabcare.domain.acting import Permission
from collabcare.domain.calendar import london_date
from collabcare.store.engine import has_true_problem, true_problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date
    from pathlib import Path

    from sqlalchemy.orm import Session, sessionmaker

    from collabcare.clock import Clock
    from collabcare.domain.acting import Acting
    from collabcare.domain.letters import LetterKind
    from collabcare.domain.rulebook import Rulebook
    from collabcare.queries.site import SiteRow
    from collabcare.store.unit_of_work import UnitOfWork


@dataclass(slots=True)
class Keys:
    """Hands out the key of the record while it is open; a desk that goes on after a lock gets it back."""

    give: Callable[[str, str], None] = field(repr=False)
    """Lets a sign-in name open the record with a password; refuses a name that opens it already."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who is acting, their door to write, their door to read, and what the rules are read from.

    ``notice`` is what to know before the first entry, such as a clock that is behind; empty as a rule.
    """

    record_path: Path
    acting: Acting
    clock: Clock
    uow: UnitOfWork
    sessions: sessionmaker[Session]
    keys: Keys
    site: SiteRow
    rulebook: Rulebook
    letter_kinds: dict[str, LetterKind]
    notice: str = ""

    @property
    def today(self) -> date:
        """Return the London date now."""
        return london_date(self.clock.now())

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a short session to read with, if this user's role may read.

        Raises:
            NotAllowed: When it may not.
            EnvironmentProblem: When the file or the computer is to blame that nothing can be read.
        """
        self.acting.require(Permission.READ_CASELOAD)
        try:
            with self.sessions() as session:
                yield session
        except DBAPIError as error:
            if has_true_problem(error):
                raise true_problem(error, self.record_path.name) from error
            raise

    def resume(self, opened: Desk) -> bool:
        """Let this desk, whose record was closed while it was locked, go on with the one just ``opened``.

        Whatever holds this desk then works again, with what was being written still in it. Nothing is changed
        and the answer is no when somebody else signed in, in another role, or to another record.
        """
        if (opened.record_path, opened.acting, opened.site) != (self.record_path, self.acting, self.site):
            return False
        self.sessions.configure(bind=opened.sessions.kw["bind"])
        self.keys.give = opened.keys.give
        return True
