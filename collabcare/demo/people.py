"""Who the demo's people are: names from many backgrounds, invented addresses, numbers that ring nobody."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import TYPE_CHECKING

from collabcare.demo.acts import Person
from collabcare.demo.chance import dice, weighted
from collabcare.demo.library import Wish
from collabcare.domain.calendar import age_on
from collabcare.domain.codes import Gender
from collabcare.domain.patient_details import CommunicationNeeds, SafeContact

if TYPE_CHECKING:
    from collections.abc import Iterator
    from random import Random

    from collabcare.demo.library import Background, Library, Notable, Practice, Theme

_BODIES = 1_000_000  # 999, then six digits, then the check digit
_NO_CHECK_DIGIT = 10
_NOTABLE_EVERY = 5  # every fifth person, from the third
_NOTABLE_FROM = 2
_INWARD = "ABDEFGHJLNPQRSTUWXYZ"  # the letters an inward code may have
_YEAR = 365.2425
_COIN = 0.5

# Of everybody:
_NO_NUMBER_YET = 0.02
_MOBILE = 0.8
_FLAT = 0.22
_USES_SHORT_NAME = 0.6
_ENGLISH_FIRST_NAME = 0.25

# One throw decides what to know before ringing; each share ends where the next begins.
_NO_PHONE = 0.03
_NO_ADDRESS = 0.045
_SIGNS = 0.06
_MANY = 10_000
_INTERPRETER = 0.3  # only those whose language is not English
_HAS_A_WISH = 0.36
_PENSION = 66

_TITLES = {
    Gender.FEMALE: (("Ms", "Mrs", "Miss", "Dr", "Mx", ""), (42, 28, 20, 2, 2, 6)),
    Gender.MALE: (("Mr", "Dr", "Mx", ""), (88, 3, 2, 7)),
    Gender.INDETERMINATE: (("Mx", ""), (85, 15)),
    Gender.NOT_KNOWN: (("", "Mx"), (70, 30)),
}
_MARRIED_FROM = 25
_SHORT_NAMES = {
    "Margaret": "Maggie",
    "Susan": "Sue",
    "Deborah": "Debs",
    "Rebecca": "Becky",
    "Stephen": "Steve",
    "Matthew": "Matt",
    "Joshua": "Josh",
    "Katarzyna": "Kasia",
    "Małgorzata": "Gosia",
    "Krzysztof": "Krzys",
    "Mohammed": "Mo",
    "Chukwuemeka": "Emeka",
    "Bernadette": "Bernie",
    "Oleksandr": "Sasha",
    "António": "Tó",
}


def synthetic_nhs_numbers(seed: int) -> Iterator[str]:
    """Yield valid NHS numbers of the 999 range, which is kept for synthetic people, each once."""
    rng = dice(seed, "nhs numbers", 0)
    start, stride = rng.randrange(_BODIES), rng.choice((314_159, 271_829, 141_421, 577_217))
    for index in range(_BODIES):  # every stride is odd and no multiple of five, so that all bodies are met
        body = f"999{(start + index * stride) % _BODIES:06d}"
        check = -sum(int(digit) * weight for digit, weight in zip(body, range(10, 1, -1), strict=True)) % 11
        if check != _NO_CHECK_DIGIT:
            yield f"{body}{check}"


class People:
    """Makes one person after another."""

    def __init__(self, library: Library, seed: int, today: date) -> None:
        self._library = library
        self._seed = seed
        self._today = today
        self._numbers = synthetic_nhs_numbers(seed)
        self._given: Counter[str] = Counter()
        self._notables = list(library.notables)
        dice(seed, "notables", 0).shuffle(self._notables)

    def person(self, index: int, theme: Theme) -> Person:
        """Make person number ``index`` (from 0), of an age and gender that this trouble comes to."""
        rng = dice(self._seed, "person", index)
        notable = self._notable(index, theme)
        background = self._background(rng, theme)
        gender = notable.gender if notable else _gender(rng, theme)
        birth_date = self._birth_date(rng, theme)
        title, given, surname, preferred = self._name(rng, background, gender, birth_date)
        if notable:
            title, given, surname, preferred = (
                notable.title,
                notable.given,
                notable.surname,
                notable.preferred,
            )
        practice = rng.randrange(len(self._library.places.practices))
        registered = self._library.places.practices[practice]
        telephone, note = self._reach(rng, None if notable else background, age_on(birth_date, self._today))
        *lines, postcode = self._address(rng, registered)
        settled = note not in self._library.places.notes["no_address"]
        number = next(self._numbers)
        return Person(
            nhs_number=number if notable or rng.random() > _NO_NUMBER_YET else "",
            title=title,
            given_name=given,
            surname=surname,
            preferred_name=preferred,
            gender=gender,
            birth_date=birth_date,
            address="\n".join(lines) if settled else "",
            postcode=postcode if settled else "",
            telephone=telephone,
            contact_note=note,
            wish=self._wish(note, background),
            practice=practice,
            gp_name=rng.choice(registered.gps),
        )

    def _notable(self, index: int, theme: Theme) -> Notable | None:
        """Return the notable whose turn it is, unless this trouble does not come to them."""
        turn, rest = divmod(index - _NOTABLE_FROM, _NOTABLE_EVERY)
        if rest or not 0 <= turn < len(self._notables) or theme.from_abroad:
            return None
        notable = self._notables[turn]
        return None if theme.women_only and notable.gender is not Gender.FEMALE else notable

    def _background(self, rng: Random, theme: Theme) -> Background:
        choices = [each for each in self._library.backgrounds if each.language or not theme.from_abroad]
        return weighted(rng, choices, [each.weight for each in choices])

    def _birth_date(self, rng: Random, theme: Theme) -> date:
        youngest, oldest = theme.ages
        years = rng.uniform(youngest + 0.1, oldest + 0.9)
        return self._today - timedelta(days=round(years * _YEAR))

    def _name(
        self, rng: Random, background: Background, gender: Gender, birth_date: date
    ) -> tuple[str, str, str, str]:
        """Return title, given name, surname and what they like to be called."""
        womanly = gender is Gender.FEMALE or (gender is not Gender.MALE and rng.random() < _COIN)
        source = background
        if background.language is None and rng.random() < _ENGLISH_FIRST_NAME:
            source = self._library.backgrounds[0]
        given = self._fresh(rng, source.women if womanly else source.men)
        surname = self._fresh(rng, background.surnames_women if womanly else background.surnames)
        titles, weights = _TITLES[gender]
        title = weighted(rng, titles, weights)
        if title == "Mrs" and (self._today - birth_date).days < _MARRIED_FROM * _YEAR:
            title = "Ms"
        short = _SHORT_NAMES.get(given, "")
        return title, given, surname, short if rng.random() < _USES_SHORT_NAME else ""

    def _fresh(self, rng: Random, names: tuple[str, ...]) -> str:
        """Return one of the names given least often so far, so that a small caseload has few namesakes."""
        least = min(self._given[name] for name in names)
        chosen = rng.choice([name for name in names if self._given[name] == least])
        self._given[chosen] += 1
        return chosen

    def _reach(self, rng: Random, background: Background | None, age: int) -> tuple[str, str]:
        """Return a telephone number, or none, and what to know before using it."""
        notes = self._library.places.notes
        throw = rng.random()
        mobile = f"07700 900{rng.randrange(1000):03d}"
        landline = f"01632 960{rng.randrange(200, 1000):03d}"
        number = mobile if rng.random() < _MOBILE else landline
        if throw < _NO_PHONE:
            return "", rng.choice(notes["no_phone"])
        if throw < _NO_ADDRESS:
            return mobile, rng.choice(notes["no_address"])
        if throw < _SIGNS:
            return mobile, rng.choice(notes["signer"])
        if background and background.language and throw < _INTERPRETER:
            spoken = notes["interpreter"]
            return number, spoken[int(throw * _MANY) % len(spoken)]
        if throw < _HAS_A_WISH:
            wishes = notes["contact"] + notes["working"] * (age < _PENSION)
            return number, rng.choice(wishes + notes["texting"] * (number is mobile))
        return number, ""

    def _wish(self, note: str, background: Background) -> Wish | None:
        """Return what this note means for reaching somebody, as far as anything is recorded of it."""
        if note in self._library.places.notes["interpreter"]:
            return Wish(SafeContact(), CommunicationNeeds(interpreter_language=background.language_code))
        return self._library.places.wishes.get(note)

    def _address(self, rng: Random, registered: Practice) -> list[str]:
        """Return the lines of an address, the postcode last."""
        places = self._library.places
        district, town = rng.choice(registered.districts)
        lines = [f"{rng.randint(1, 140)} {rng.choice(places.streets)}", town]
        if rng.random() < _FLAT:
            lines.insert(0, rng.choice(places.house_names))
        return [*lines, f"{district} {rng.randrange(10)}{rng.choice(_INWARD)}{rng.choice(_INWARD)}"]


def _gender(rng: Random, theme: Theme) -> Gender:
    if theme.women_only:
        return Gender.FEMALE
    return weighted(
        rng, (Gender.FEMALE, Gender.MALE, Gender.INDETERMINATE, Gender.NOT_KNOWN), (580, 400, 12, 8)
    )
