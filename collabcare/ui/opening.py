"""What goes through the doors: what the first-run assistant asks for, and what comes of opening a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.domain.acting import Role
    from collabcare.domain.counting import Counting
    from collabcare.domain.gp_practices import GpPracticeDetails
    from collabcare.services.desk import Desk


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """An opened record: the desk of who opened it, and how to close it and wipe its key."""

    desk: Desk
    close: Callable[[], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What can be told of a record file before anybody signs in."""

    is_demo: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRecord:
    """What the first-run assistant asks for; texts as typed."""

    path: Path
    service_name: str
    service_address: str
    service_postcode: str
    service_telephone: str
    gp_practice: GpPracticeDetails
    user_name: str
    job_title: str
    login: str
    password: str = field(repr=False)
    role: Role
    recovery_words: tuple[str, ...] = field(repr=False)


class RecordDoors(Protocol):
    """The ways into a record, as the screens before sign-in see them; see :mod:`collabcare.ui.doors`."""

    @property
    def sign_in(self) -> Callable[[Path, str, str, Counting], SignedIn]:
        """Open the record at a path with a name and a password."""

    @property
    def recover(self) -> Callable[[Path, str, str, str, Counting], SignedIn]:
        """Open it with the recovery words as typed, and give the named user a new password."""

    @property
    def new_recovery_words(self) -> Callable[[], tuple[str, ...]]:
        """Return twelve fresh words."""

    @property
    def recovery_sheet(self) -> Callable[[FirstRecord], bytes]:
        """Return the page to print with the recovery key on it."""

    @property
    def doubt_folder(self) -> Callable[[Path], str]:
        """Return what speaks against a folder that can be written, or an empty text."""

    @property
    def check_folder(self) -> Callable[[Path], str]:
        """Return why a record cannot be kept in a folder, or nothing."""

    @property
    def create(self) -> Callable[[FirstRecord, Counting], SignedIn]:
        """Make a record and open it."""
