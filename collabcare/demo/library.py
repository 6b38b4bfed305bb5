"""What the demo's people are made of, read from resources/demo: names, places, troubles and sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from collabcare.catalogue.toml_file import TomlTable
from collabcare.domain.acting import Role
from collabcare.domain.carers import CarerDraft
from collabcare.domain.codes import Gender, ReferralReason
from collabcare.domain.patient_details import CommunicationNeeds, SafeContact

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from random import Random

_SENTENCE_START = re.compile(r"(^|[.!?] )([a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Background:
    """The names one language or community gives; ``weight`` is how many in a hundred people have it."""

    id: str
    weight: int
    language: str | None
    language_code: str | None
    women: tuple[str, ...]
    men: tuple[str, ...]
    surnames: tuple[str, ...]
    surnames_women: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notable:
    """Somebody who always stands in the demo, for the sake of their name."""

    title: str
    given: str
    surname: str
    preferred: str
    gender: Gender


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """An invented GP practice; its patients live in ``districts``, each with the town it is in."""

    name: str
    address: tuple[str, ...]
    postcode: str
    telephone: str
    districts: tuple[tuple[str, str], ...]
    gps: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Somebody who works there and signs in."""

    login: str
    name: str
    role: Role
    job_title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Service:
    """The invented service itself."""

    name: str
    address: tuple[str, ...]
    postcode: str
    telephone: str
    pathway: str


class Wish(NamedTuple):
    """What a note of how to reach somebody says of safe ways and of needs, with who is close to them."""

    safe: SafeContact
    needs: CommunicationNeeds
    allergies: str = ""
    carer: CarerDraft | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The town, its practices and who works there."""

    password: str
    service: Service
    practices: tuple[Practice, ...]
    staff: tuple[Staff, ...]
    streets: tuple[str, ...]
    house_names: tuple[str, ...]
    notes: Mapping[str, tuple[str, ...]]
    wishes: Mapping[str, Wish]

    def logins(self, role: Role) -> tuple[str, ...]:
        """Return who has this role, in their order in the file."""
        return tuple(person.login for person in self.staff if person.role is role)


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """What brings somebody, whom it comes to (ages in whole years, inclusive), and the words notes take."""

    id: str
    reasons: tuple[ReferralReason, ...]
    weight: int
    ages: tuple[int, int]
    women_only: bool
    from_abroad: bool
    referral: str
    about: tuple[str, ...]
    goal: str
    activity: str


class Words:
    """Sentences by occasion; :meth:`say` picks one this person's notes have not used yet."""

    def __init__(self, sentences: Mapping[str, tuple[str, ...]]) -> None:
        self._sentences = sentences

    def say(self, occasion: str, theme: Theme, rng: Random, used: set[str]) -> str:
        """Return a sentence for ``occasion`` (``better.plan``) with the theme's words in it."""
        choices = self._sentences[occasion]
        fresh = [sentence for sentence in choices if sentence not in used] or choices
        chosen = rng.choice(fresh)
        used.add(chosen)
        text = chosen.format(about=rng.choice(theme.about), goal=theme.goal, activity=theme.activity)
        return _SENTENCE_START.sub(lambda found: found[1] + found[2].upper(), text)

    def all_sentences(self) -> list[str]:
        """Return every sentence there is, for the tests that read them."""
        return [sentence for sentences in self._sentences.values() for sentence in sentences]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """Everything written by hand that the demo is made of."""

    backgrounds: tuple[Background, ...]
    notables: tuple[Notable, ...]
    places: Places
    themes: tuple[Theme, ...]
    words: Words


def load_library(folder: Path) -> Library:
    """Read resources/demo.

    Raises:
        EnvironmentProblem: Naming the file and field, when one is not right.
    """
    names = TomlTable.read(folder / "names.toml")
    written = (TomlTable.read(folder / "notes.toml"), TomlTable.read(folder / "plans.toml"))
    return Library(
        backgrounds=tuple(_background(entry) for entry in names.tables("background")),
        notables=tuple(_notable(entry) for entry in names.tables("notable")),
        places=_places(TomlTable.read(folder / "places.toml")),
        themes=tuple(_theme(entry) for entry in TomlTable.read(folder / "themes.toml").tables("theme")),
        words=Words(
            {
                f"{occasion}.{part}": notes.table(occasion).texts(part)
                for notes in written
                for occasion in notes.names()
                for part in notes.table(occasion).names()
            }
        ),
    )


def _background(entry: TomlTable) -> Background:
    surnames = entry.texts("surnames")
    background = Background(
        id=entry.text("id"),
        weight=entry.whole("weight", least=1),
        language=entry.optional_text("language"),
        language_code=entry.optional_text("language_code"),
        women=entry.texts("women"),
        men=entry.texts("men"),
        surnames=surnames,
        surnames_women=entry.texts("surnames_women") if entry.has("surnames_women") else surnames,
    )
    entry.done()
    return background


def _notable(entry: TomlTable) -> Notable:
    notable = Notable(
        title=entry.optional_text("title") or "",
        given=entry.text("given"),
        surname=entry.text("surname"),
        preferred=entry.optional_text("preferred") or "",
        gender=Gender(entry.text("gender")),
    )
    entry.done()
    return notable


def _places(table: TomlTable) -> Places:
    service = table.table("service")
    kinds = ("contact", "working", "texting", "no_phone", "no_address", "signer", "interpreter")
    places = Places(
        password=table.text("password"),
        service=Service(
            name=service.text("name"),
            address=service.texts("address"),
            postcode=service.text("postcode"),
            telephone=service.text("telephone"),
            pathway=service.text("pathway"),
        ),
        practices=tuple(_practice(entry) for entry in table.tables("practices")),
        staff=tuple(_staff(entry) for entry in table.tables("staff")),
        streets=table.texts("streets"),
        house_names=table.texts("house_names"),
        notes={kind: table.texts(f"{kind}_notes") for kind in kinds},
        wishes=dict(_wish(entry) for entry in table.tables("wishes")),
    )
    service.done()
    table.done()
    return places


def _wish(entry: TomlTable) -> tuple[str, Wish]:
    note = entry.text("note")
    safe = SafeContact(
        telephone_safe=_truth(entry, "telephone_safe"),
        voicemail_safe=_truth(entry, "voicemail_safe"),
        text_safe=_truth(entry, "text_safe"),
        email_safe=_truth(entry, "email_safe"),
        letters_safe=_truth(entry, "letters_safe"),
        safe_times=entry.optional_text("safe_times"),
        preferred_way=entry.optional_text("preferred_way"),
    )
    needs = CommunicationNeeds(
        interpreter_language=entry.optional_text("interpreter_language"),
        information_formats=_texts(entry, "information_formats"),
        communication_methods=_texts(entry, "communication_methods"),
        communication_professional=entry.optional_text("communication_professional"),
        carer_support=entry.optional_text("carer_support"),
    )
    allergies = entry.optional_text("allergies") or ""
    carer = _carer(entry.table("carer")) if entry.has("carer") else None
    entry.done()
    return note, Wish(safe, needs, allergies, carer)


def _carer(entry: TomlTable) -> CarerDraft:
    carer = CarerDraft(
        name=entry.text("name"),
        relation=entry.text("relation"),
        telephone=entry.text("telephone"),
        is_carer=bool(_truth(entry, "is_carer")),
        may_contact=_truth(entry, "may_contact"),
        nominated=bool(_truth(entry, "nominated")),
        may_share=entry.optional_text("may_share") or "",
    )
    entry.done()
    return carer


def _texts(entry: TomlTable, key: str) -> tuple[str, ...]:
    return entry.texts(key) if entry.has(key) else ()


def _truth(entry: TomlTable, key: str) -> bool | None:
    return entry.truth(key) if entry.has(key) else None


def _practice(entry: TomlTable) -> Practice:
    practice = Practice(
        name=entry.text("name"),
        address=entry.texts("address"),
        postcode=entry.text("postcode"),
        telephone=entry.text("telephone"),
        districts=tuple(zip(entry.texts("districts"), entry.texts("towns"), strict=True)),
        gps=entry.texts("gps"),
    )
    entry.done()
    return practice


def _staff(entry: TomlTable) -> Staff:
    staff = Staff(
        login=entry.text("login"),
        name=entry.text("name"),
        role=Role(entry.text("role")),
        job_title=entry.text("job_title"),
    )
    entry.done()
    return staff


def _theme(entry: TomlTable) -> Theme:
    youngest, oldest = entry.rising("ages")
    theme = Theme(
        id=entry.text("id"),
        reasons=tuple(ReferralReason(code) for code in entry.texts("reasons")),
        weight=entry.whole("weight", least=1),
        ages=(youngest, oldest),
        women_only=entry.has("women_only") and entry.truth("women_only"),
        from_abroad=entry.has("from_abroad") and entry.truth("from_abroad"),
        referral=entry.text("referral"),
        about=entry.texts("about"),
        goal=entry.text("goal"),
        activity=entry.text("activity"),
    )
    entry.done()
    return theme
