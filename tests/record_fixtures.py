"""A real encrypted record for every test that asks: made once by the real migrations, then copied.

``practice`` is such a record, opened, with its staff and one GP practice, and a clock that stands where it is
put. What happens to patients happens through the services, as it does in the program.
"""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import sessionmaker

from collabcare.catalogue.letters import load_letters
from collabcare.clock import SteadyClock
from collabcare.domain.acting import Acting, Role
from collabcare.domain.calendar import LONDON
from collabcare.domain.codes import (
    AttendanceStatus,
    ConsultationMechanism,
    Gender,
    ReferralReason,
    ReferralSource,
)
from collabcare.domain.errors import RuleViolation
from collabcare.domain.ids import EpisodeId, GpPracticeId, UserId
from collabcare.domain.missed_thoughts import Answer, Ask
from collabcare.paths import resources_dir
from collabcare.queries.facts import episode_facts
from collabcare.queries.site import site
from collabcare.services.contacts import BookContact, Booking, RecordContact, book_contact, record_contact
from collabcare.services.desk import Desk, Keys
from collabcare.services.patients import NewPatient, add_patient
from collabcare.store.access import unlock
from collabcare.store.engine import WRITE
from collabcare.store.keyfile import key_path
from collabcare.store.models import AuditEntry, Base, Contact, GpPractice, UserAccount
from collabcare.store.record import FirstUser, NewRecord, NewSite, create_record, open_unlocked
from collabcare.store.unit_of_work import UnitOfWork
from collabcare.store.vault import VaultCost, normalise_login
from tests.builders import MONDAY, STATUS_OF, nhs_numbers, pathway, rulebook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from sqlalchemy.orm import Session

    from collabcare.domain.errors import CollabCareError
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.letters import LetterKind
    from collabcare.domain.rulebook import Rulebook
    from collabcare.store.record import OpenRecord

QUICK = VaultCost(memory_kib=64, time=1, lanes=1)
PASSWORD = "three quick words"
NINE = time(9, 30)
MISSED = "DN"
"""The letters of what nobody can have missed before it began."""
THOUGHT_OF = dict.fromkeys(Ask, Answer.YES)
"""An answer to each thing to think about when somebody did not attend."""

STAFF = {
    "amina": ("Amina Shah", Role.SUPERVISOR, True),
    "jo": ("Jo Smith", Role.PRACTITIONER, True),
    "sam": ("Sam Brown", Role.PRACTITIONER, True),
    "alex": ("Alex Green", Role.ADMINISTRATOR, True),
    "rita": ("Rita Lane", Role.READER, True),
    "lee": ("Lee Gone", Role.PRACTITIONER, False),
}
"""Login to name, role and whether it is in use. Jo holds the patients unless a test says otherwise."""

LOGIN_OF = {
    Role.PRACTITIONER: "jo",
    Role.SUPERVISOR: "amina",
    Role.ADMINISTRATOR: "alex",
    Role.READER: "rita",
}


@dataclass
class Practice:
    """An open record with its staff, and short ways to let things happen in it."""

    opened: OpenRecord
    clock: SteadyClock
    staff: dict[str, Acting]
    gp_practice_id: GpPracticeId
    folder: Path
    numbers: Iterator[str] = field(default_factory=nhs_numbers)
    let_in: dict[str, str] = field(default_factory=dict)
    """Whom the desks gave a key, and their passwords; the key file itself is shared and stays as it is."""

    @property
    def today(self) -> date:
        """Return the day the clock stands at."""
        return self.clock.now().date()

    @property
    def rulebook(self) -> Rulebook:
        """Return what the rules read beside the facts."""
        return rulebook()

    @property
    def keys(self) -> Keys:
        """Return what gives keys: it only remembers them, and refuses a second as the key file does."""

        def give(login: str, password: str) -> None:
            name = normalise_login(login)
            if name in self.let_in:
                raise RuleViolation(f"Somebody already signs in as {name}. Choose another name.")
            self.let_in[name] = password

        return Keys(give)

    def user(self, login: str) -> UserId:
        """Return the number of a member of staff."""
        return self.staff[login].user_id

    def uow(self, login: str = "jo") -> UnitOfWork:
        """Return the door to write of a member of staff."""
        return UnitOfWork(self.opened.sessions, self.staff[login], self.clock, record_name="elm.ccrecord")

    def desk(self, login: str = "jo") -> Desk:
        """Return the desk of a member of staff, without signing in."""
        with self.reading() as session:
            here = site(session)
        return Desk(
            record_path=self.opened.path,
            acting=self.staff[login],
            clock=self.clock,
            uow=self.uow(login),
            sessions=self.opened.sessions,
            keys=self.keys,
            site=here,
            rulebook=self.rulebook,
            letter_kinds=letter_kinds(),
        )

    def reading(self) -> Session:
        """Open a session to look with."""
        return self.opened.sessions()

    def on(self, day: date, at: time = NINE) -> None:
        """Put the clock to a day."""
        self.clock.set(datetime.combine(day, at, UTC))

    def new_patient(self, **changes: Any) -> NewPatient:  # noqa: ANN401 - any field of the command
        """Return a referral received a week before the first Monday, with a fresh NHS number."""
        made = NewPatient(
            nhs_number=next(self.numbers),
            surname="Okafor",
            given_name="Ngozi",
            title="Ms",
            birth_date=date(1985, 7, 14),
            gender=Gender.FEMALE,
            address="4 Mill Lane\nLeeds",
            postcode="LS1 1AA",
            telephone="07700 900123",
            gp_practice_id=self.gp_practice_id,
            received_on=MONDAY - timedelta(days=7),
            source=ReferralSource.GP,
            reason=ReferralReason.DEPRESSION,
            step=2,
            holder_id=self.user("jo"),
        )
        return replace(made, **changes)

    def refer(self, history: str = "", **changes: Any) -> EpisodeId:  # noqa: ANN401 - as above
        """Add a patient, and let this history of weekly contacts happen to them from the first Monday."""
        made = add_patient(self.new_patient(**changes), self.uow(), pathway()).made
        assert made is not None
        episode = EpisodeId(made)
        for week, letter in enumerate(history):
            if letter != " ":
                self.happen(letter, episode, MONDAY + timedelta(weeks=week))
        return episode

    def happen(self, letter: str, episode: EpisodeId, day: date, at: time | None = time(10, 0)) -> None:
        """Record one contact of a day on that day, or book it on the day the clock stands at."""
        if letter == "b":
            book_contact(BookContact(episode_id=episode, booking=Booking(on=day, at=at)), self.uow())
            return
        self.on(day, time(18, 0))
        record_contact(self.contact(letter, episode, day, at=at), self.uow(), pathway())

    def contact(self, letter: str, episode: EpisodeId, day: date, **changes: Any) -> RecordContact:  # noqa: ANN401 - as above
        """Return the command for one contact nobody had booked: at ten, or at nine if missed before that."""
        status = STATUS_OF[letter]
        assert status is not None
        early = letter in MISSED and datetime.combine(day, time(10, 0), LONDON) > self.clock.now()
        made = RecordContact(
            episode_id=episode,
            on=day,
            at=time(9 if early else 10, 0),
            status=status,
            mechanism=ConsultationMechanism.TELEPHONE,
            minutes=30,
            thought_of=THOUGHT_OF if status is AttendanceStatus.DID_NOT_ATTEND else {},
        )
        return replace(made, **changes)

    def facts(self, episode: EpisodeId) -> EpisodeFacts:
        """Return what every screen reads of an episode."""
        with self.reading() as session:
            found = episode_facts(session, episode)
        assert found is not None
        return found

    def last_contact(self, episode: EpisodeId) -> Contact:
        """Return the contact recorded or booked last."""
        with self.reading() as session:
            query = select(Contact).where(Contact.episode_id == episode).order_by(Contact.id.desc())
            return session.scalars(query).first() or pytest.fail("no contact")

    def audit(self, since: int = 0) -> list[AuditEntry]:
        """Return the lines of the audit trail after number ``since``, oldest first."""
        with self.reading() as session:
            query = select(AuditEntry).where(AuditEntry.id > since).order_by(AuditEntry.id)
            return list(session.scalars(query))

    def everything(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row of every table, to compare before and after."""
        with self.reading() as session:
            return {
                table.name: [
                    tuple(row) for row in session.execute(select(table).order_by(*table.primary_key))
                ]
                for table in Base.metadata.sorted_tables
            }

    @contextmanager
    def refused(self, words: str, error: type[CollabCareError] = RuleViolation) -> Iterator[None]:
        """Expect a refusal that says ``words``, shows no patient data and leaves no trace."""
        before = self.everything()
        with pytest.raises(error, match=words) as refusal:
            yield
        assert refusal.type is error
        assert not {"Okafor", "Ngozi", "999000"} & set(str(refusal.value).split())
        assert self.everything() == before


@cache
def letter_kinds() -> dict[str, LetterKind]:
    """Return the letters the program ships."""
    return load_letters(resources_dir() / "letters")


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make the record that the others are copies of."""
    path = tmp_path_factory.mktemp("practice") / "elm.ccrecord"
    at = datetime.combine(MONDAY, NINE, UTC)
    name, role, _active = STAFF["amina"]
    new = NewRecord(
        site=NewSite(name="Elm Tree PCN", address="1 Elm Street\nLeeds", pathway_id=pathway().id),
        user=FirstUser(login="amina", password=PASSWORD, name=name, role=role),
    )
    created = create_record(path, new, at, QUICK)
    with open_unlocked(created.unlocked) as opened, opened.sessions() as session:
        session.connection(execution_options=WRITE)
        session.add_all(
            UserAccount(login=login, name=name, role=role, job_title=None, active=active, created_at=at)
            for login, (name, role, active) in STAFF.items()
            if login != "amina"
        )
        session.add(GpPractice(name="Elm Tree Surgery", address="1 Elm Street\nLeeds", postcode="LS2 2BB"))
        session.commit()
    return path


@pytest.fixture(scope="session")
def practice_place(practice_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[OpenRecord]:
    """Open one record for all tests to be given anew: its engine then compiles each statement only once."""
    folder = tmp_path_factory.mktemp("place")
    for file in (practice_template, key_path(practice_template)):
        shutil.copy(file, folder / file.name)
    with open_unlocked(unlock(folder / practice_template.name, "amina", PASSWORD)) as opened:
        yield opened


def anew(place: OpenRecord, template: Path, folder: Path) -> Practice:
    """Put a copy of ``template`` in the place, with the clock on the first Monday."""
    place.engine.dispose()
    for ending in ("-wal", "-shm"):
        place.path.with_name(place.path.name + ending).unlink(missing_ok=True)
    shutil.copy(template, folder / template.name)
    (folder / template.name).replace(place.path)
    opened = replace(place, sessions=sessionmaker(place.engine))
    with opened.sessions() as session:
        staff = {
            row.login: Acting(user_id=UserId(row.id), login=row.login, name=row.name, role=Role(row.role))
            for row in session.scalars(select(UserAccount))
        }
        gp_practice_id = GpPracticeId(session.scalars(select(GpPractice.id)).one())
    clock = SteadyClock(datetime.combine(MONDAY, NINE, UTC))
    return Practice(opened=opened, clock=clock, staff=staff, gp_practice_id=gp_practice_id, folder=folder)


@pytest.fixture
def practice(practice_place: OpenRecord, practice_template: Path, tmp_path: Path) -> Practice:
    """Give out the record as it was made, on the first Monday."""
    return anew(practice_place, practice_template, tmp_path)
