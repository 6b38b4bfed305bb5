"""Whom somebody can ring, and who of us is on duty, as screens, plans and letters read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import exists, select
from sqlalchemy.orm import aliased

from collabcare.domain import crisis_lines as rules
from collabcare.domain.acting import Role
from collabcare.domain.closing_parts import SignerFact
from collabcare.domain.crisis_lines import CrisisSupport, SiteLine
from collabcare.domain.ids import UserId
from collabcare.store import models as m

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from collabcare.domain.safety_page import Helpline, Helplines


def crisis_support(session: Session) -> CrisisSupport:
    """Return what the site has set, in two SELECTs; somebody who has left is on duty no more."""
    duty = m.UserAccount
    other = aliased(m.UserAccount)
    supervised = exists().where(other.role == Role.SUPERVISOR, other.active).label("supervised")
    found = session.execute(
        select(m.Site.out_of_hours, duty.id, duty.name, supervised).outerjoin(
            duty, (duty.id == m.Site.duty_id) & duty.active
        )
    ).one()
    return CrisisSupport(
        lines=site_lines(session),
        duty_id=None if found.id is None else UserId(found.id),
        duty_name=found.name or "",
        out_of_hours=found.out_of_hours,
        has_supervisor=bool(found.supervised),
    )


def site_lines(session: Session) -> tuple[SiteLine, ...]:
    """Return the site's own lines in their order, in one SELECT."""
    line = m.SiteHelpline
    columns = (line.id, line.version, line.place, line.name, line.telephone, line.when_open, line.note)
    return tuple(
        SiteLine(
            id=row.id,
            row_version=row.version,
            place=row.place,
            name=row.name,
            telephone=row.telephone,
            when_open=row.when_open,
            note=row.note,
        )
        for row in session.execute(select(*columns).order_by(line.place, line.id))
    )


def crisis_lines(session: Session, national: Helplines) -> tuple[Helpline, ...]:
    """Return every line there is, the site's own first: what a letter or a page prints."""
    return rules.crisis_lines(site_lines(session), national)


def on_duty(session: Session) -> frozenset[UserId]:
    """Return who has what is for duty today; while nobody is set, every supervisor."""
    user = m.UserAccount
    chosen = session.scalar(select(user.id).join(m.Site, m.Site.duty_id == user.id).where(user.active))
    if chosen is not None:
        return frozenset({UserId(chosen)})
    return frozenset(each.user_id for each in colleagues(session).values() if each.role is Role.SUPERVISOR)


def colleagues(session: Session) -> dict[UserId, SignerFact]:
    """Return everybody who works here: role, registration, and who made their account where that is known."""
    user = m.UserAccount
    found = session.execute(select(user.id, user.role, user.registration, user.made_by).where(user.active))
    return {
        UserId(row.id): SignerFact(
            user_id=UserId(row.id),
            role=Role(row.role),
            registration=row.registration,
            made_by_id=None if row.made_by is None else UserId(row.made_by),
        )
        for row in found
    }
