"""The site, its GP practices and its users, as screens and letters read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.acting import Role
from collabcare.domain.closing_parts import SignerFact
from collabcare.domain.gp_practices import GpPracticeDetails
from collabcare.domain.ids import GpPracticeId, UserId
from collabcare.store import models as m

if TYPE_CHECKING:
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteRow:
    """The service whose record this is."""

    name: str
    address: tuple[str, ...]
    postcode: str | None
    telephone: str | None
    pathway_id: str
    is_demo: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class UserRow:
    """Somebody who signs in."""

    id: UserId
    login: str
    name: str
    role: Role
    job_title: str | None
    active: bool
    registration: str | None = None
    made_by_id: UserId | None = None

    @property
    def signer(self) -> SignerFact:
        """Return what counts of them where something waits for a signature."""
        return SignerFact(
            user_id=self.id, role=self.role, registration=self.registration, made_by_id=self.made_by_id
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GpPracticeRow:
    """A GP practice to choose from, or to put right."""

    id: GpPracticeId
    version: int
    details: GpPracticeDetails

    @property
    def name(self) -> str:
        """Return its name."""
        return self.details.name


def site(session: Session) -> SiteRow:
    """Return the site of this record."""
    row = session.execute(
        select(
            m.Site.name,
            m.Site.address,
            m.Site.postcode,
            m.Site.telephone,
            m.Site.pathway_id,
            m.Site.is_demo,
        )
    ).one()
    return SiteRow(
        name=row.name,
        address=tuple(row.address.splitlines()),
        postcode=row.postcode,
        telephone=row.telephone,
        pathway_id=row.pathway_id,
        is_demo=row.is_demo,
    )


def users(session: Session) -> list[UserRow]:
    """Return everybody who may sign in or once did, by name."""
    columns = (
        m.UserAccount.id,
        m.UserAccount.login,
        m.UserAccount.name,
        m.UserAccount.role,
        m.UserAccount.job_title,
        m.UserAccount.active,
        m.UserAccount.registration,
        m.UserAccount.made_by,
    )
    return [
        UserRow(
            id=UserId(row.id),
            login=row.login,
            name=row.name,
            role=Role(row.role),
            job_title=row.job_title,
            active=row.active,
            registration=row.registration,
            made_by_id=None if row.made_by is None else UserId(row.made_by),
        )
        for row in session.execute(select(*columns).order_by(m.UserAccount.name))
    ]


def gp_practices(session: Session) -> list[GpPracticeRow]:
    """Return the GP practices by name."""
    rows = session.execute(
        select(
            m.GpPractice.id,
            m.GpPractice.version,
            m.GpPractice.name,
            m.GpPractice.ods_code,
            m.GpPractice.address,
            m.GpPractice.postcode,
            m.GpPractice.telephone,
        ).order_by(m.GpPractice.name)
    )
    return [
        GpPracticeRow(
            id=GpPracticeId(row.id),
            version=row.version,
            details=GpPracticeDetails(
                name=row.name,
                ods_code=row.ods_code,
                address=row.address,
                postcode=row.postcode,
                telephone=row.telephone,
            ),
        )
        for row in rows
    ]
