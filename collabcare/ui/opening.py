"""What goes through the doors: what the first-run assistant asks for, and what comes of opening a record."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from collabcare.domain.acting import Role
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
    gp_practice: str
    user_name: str
    job_title: str
    login: str
    password: str = field(repr=False)
    role: Role
    recovery_words: tuple[str, ...] = field(repr=False)
