"""From an opened record to a desk: who is acting, audited, with the rules and letters loaded."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from collabcare.catalogue.days_off import england_calendar
from collabcare.catalogue.instruments import load_instruments
from collabcare.catalogue.letters import load_letters
from collabcare.catalogue.pathways import load_pathways
from collabcare.catalogue.rulebook import rulebook_of
from collabcare.catalogue.text_packs import load_text_packs
from collabcare.domain.acting import Acting, Permission, Role
from collabcare.domain.calendar import LONDON, london_date
from collabcare.domain.changes import Kind
from collabcare.domain.display import fmt_date, fmt_time
from collabcare.domain.errors import DamagedRecord, NotAllowed
from collabcare.domain.ids import UserId
from collabcare.queries.site import site
from collabcare.queries.site_days import site_days
from collabcare.queries.step_days import own_step_days
from collabcare.services.desk import Desk, Keys
from collabcare.store.access import add_user_slot
from collabcare.store.models import AuditEntry, UserAccount
from collabcare.store.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from collabcare.clock import Clock
    from collabcare.domain.rulebook import Rulebook
    from collabcare.queries.site_days import SiteDays
    from collabcare.store.record import OpenRecord

_STRAY = timedelta(minutes=5)
"""How far two clocks may differ before it is said: networks keep them nearer than that."""

TEXT_PACKS = "text_packs"
"""The folder beside a record in which a licensed site puts the questions CollabCare may not ship."""


def sign_in(record: OpenRecord, clock: Clock, resources: Path) -> Desk:
    """Set up the desk of the user who opened the record, and note the sign-in in the audit trail.

    Raises:
        NotAllowed: When the user's account has been made inactive.
        EnvironmentProblem: When a file in resources is not right, naming it.
    """
    acting, notice = _acting(record), _clock_notice(record, clock.now())
    uow = UnitOfWork(record.sessions, acting, clock, record_name=record.path.name)
    with uow.begin(Permission.READ_CASELOAD, "Sign in") as work:
        work.touched(Kind.USER, subject_id=acting.user_id)
    with record.sessions() as session:
        here, days, steps = site(session), site_days(session), own_step_days(session)
    packs = record.path.parent / TEXT_PACKS
    rulebook = load_rulebook(resources, here.pathway_id, clock, days=days, packs=packs)
    return Desk(
        record_path=record.path,
        acting=acting,
        clock=clock,
        uow=uow,
        sessions=record.sessions,
        keys=Keys(partial(add_user_slot, record.unlocked)),
        site=here,
        rulebook=replace(rulebook, pathway=replace(rulebook.pathway, own_days=steps)),
        letter_kinds=load_letters(resources / "letters"),
        notice=notice,
    )


def load_rulebook(
    resources: Path,
    pathway_id: str,
    clock: Clock,
    *,
    days: SiteDays | None = None,
    packs: Path | None = None,
) -> Rulebook:
    """Load what the rules read beside the facts.

    ``days`` are the site's own beside the bank holidays, ``packs`` the folder of its licensed questions.

    Raises:
        EnvironmentProblem: When a file is not right, or the record's service model has no file.
    """
    instruments = load_instruments(resources / "instruments")
    if packs is not None:
        instruments = load_text_packs(packs, instruments)
    pathways = load_pathways(resources / "pathways", instruments)
    if pathway_id not in pathways:
        raise DamagedRecord(
            f"This record follows the service model '{pathway_id}', which has no file in resources/pathways. "
            "Nothing was changed. Put the file back, or ask whoever installed CollabCare."
        )
    own = (days.closed, days.open) if days else ()
    calendar = england_calendar(london_date(clock.now()), *own)
    return rulebook_of(pathways[pathway_id], instruments, calendar, resources / "rules")


def _clock_notice(record: OpenRecord, now: datetime) -> str:
    """Say that the clock is behind what was recorded last, in London time; empty as long as it is not."""
    with record.sessions() as session:
        last = session.scalar(select(func.max(AuditEntry.at)))
    if last is None or last - now <= _STRAY:
        return ""
    local = (at.astimezone(LONDON) for at in (now, last))
    here, there = (f"{fmt_date(at.date())} {fmt_time(at)}" for at in local)
    return (
        f"The clock of this computer says {here}, but the last entry in this record was made {there}. "
        "Put the clock right before you record anything, or dates will be wrong."
    )


def _acting(record: OpenRecord) -> Acting:
    with record.sessions() as session:
        user = session.execute(
            select(UserAccount.id, UserAccount.name, UserAccount.role, UserAccount.active).where(
                UserAccount.login == record.login
            )
        ).one_or_none()
    if user is None or not user.active:
        raise NotAllowed(
            "This account is no longer in use. Ask whoever looks after CollabCare in the practice."
        )
    return Acting(user_id=UserId(user.id), login=record.login, name=user.name, role=Role(user.role))
