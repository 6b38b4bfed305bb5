"""One patient's page: the facts, what the rules say of them today, and the colleagues to choose from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time
from typing import TYPE_CHECKING

from sqlalchemy import select

from collabcare.domain.calendar import LONDON
from collabcare.domain.closing_signature import may_sign, why_not_sign
from collabcare.domain.crisis_lines import NO_SUPPORT
from collabcare.domain.due_kinds import Due, DueKind
from collabcare.domain.waits import wait_lines
from collabcare.queries.beside_contacts import NOTHING_BESIDE, beside_contacts
from collabcare.queries.caseload import CaseloadRow, caseload_row
from collabcare.queries.corrected_forms import corrected_forms
from collabcare.queries.diary import holders_diary
from collabcare.queries.earlier_care import other_care
from collabcare.queries.facts import episode_facts
from collabcare.queries.site import GpPracticeRow, UserRow, gp_practices, users
from collabcare.queries.support import crisis_support
from collabcare.store import models as m

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy.orm import Session

    from collabcare.domain.booking_checks import Taken
    from collabcare.domain.closing_parts import SignerFact
    from collabcare.domain.crisis_lines import CrisisSupport
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId, UserId
    from collabcare.domain.rulebook import Rulebook
    from collabcare.domain.waits import WaitLine
    from collabcare.queries.beside_contacts import BesideContacts
    from collabcare.queries.corrected_forms import CorrectedForm
    from collabcare.queries.earlier_care import CareRow


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientPage:
    """Everything the patient page and its forms read."""

    row: CaseloadRow
    rulebook: Rulebook
    users: tuple[UserRow, ...]
    referral_note: str
    support: CrisisSupport = NO_SUPPORT
    corrected: tuple[CorrectedForm, ...] = ()
    other_care: tuple[CareRow, ...] = ()
    beside: BesideContacts = NOTHING_BESIDE
    diary: tuple[Taken, ...] = ()
    """What else is booked with whoever holds the patient."""
    waits: tuple[WaitLine, ...] = ()
    """Where the clocks and gates of the service model stood when the page was read."""

    @property
    def facts(self) -> EpisodeFacts:
        """Return the facts of the episode."""
        return self.row.facts

    @property
    def today(self) -> date:
        """Return the day the page was read on."""
        return self.row.today

    def waits_for_others(self, due: Due, user_id: UserId) -> bool:
        """Return whether ``due`` waits for a signature that is not this user's to give."""
        if due.kind is not DueKind.CLOSING_SIGNATURE:
            return False
        return not may_sign(due, self.facts, self._signer(user_id), today=self.today)

    def why_not_sign(self, user_id: UserId) -> str:
        """Return why the open review is not this user's to sign, and whose it is; else nothing."""
        who = self._signer(user_id)
        return "" if who is None else why_not_sign(self.facts, who, today=self.today)

    def _signer(self, user_id: UserId) -> SignerFact | None:
        return next((each.signer for each in self.users if each.id == user_id and each.active), None)


def patient_page(
    session: Session,
    episode_id: EpisodeId,
    rulebook: Rulebook,
    today: date,
    now: datetime | None = None,
) -> PatientPage | None:
    """Return one episode's page in a fixed number of SELECTs, or None when there is no such episode.

    ``now`` (aware) is what clocks in hours are read by; without it, the beginning of ``today``.
    """
    facts = episode_facts(session, episode_id)
    if facts is None:
        return None
    note = session.scalar(select(m.Referral.note).where(m.Referral.episode_id == episode_id))
    return PatientPage(
        row=caseload_row(facts, rulebook, today),
        rulebook=rulebook,
        users=tuple(users(session)),
        referral_note=note or "",
        support=crisis_support(session).on(today, rulebook.calendar),
        corrected=corrected_forms(session, episode_id),
        other_care=other_care(session, episode_id),
        beside=beside_contacts(session, episode_id),
        diary=holders_diary(session, facts, today),
        waits=wait_lines(facts, rulebook, now=now or datetime.combine(today, time.min, LONDON)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class NewcomerChoices:
    """What there is to choose from when a patient is taken on."""

    users: tuple[UserRow, ...]
    practices: tuple[GpPracticeRow, ...]


def newcomer_choices(session: Session) -> NewcomerChoices:
    """Return the colleagues who may hold a patient and the GP practices known."""
    return NewcomerChoices(users=tuple(users(session)), practices=tuple(gp_practices(session)))
