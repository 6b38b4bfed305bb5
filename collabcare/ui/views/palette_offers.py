"""What the box at the top can find: patients, commands and pages, put into sections."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date, spoken_dates
from collabcare.domain.finding import Finder, Found
from collabcare.domain.nhs_number import fmt_nhs_number
from collabcare.domain.searching import fold
from collabcare.ui.actions import Menu
from collabcare.ui.views.drafting import title_of, when_kept
from collabcare.ui.views.patient_tabs import TAB_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from collabcare.domain.help_pages import HelpPage
    from collabcare.domain.ids import EpisodeId
    from collabcare.queries.drafts import BegunForm, DraftRow
    from collabcare.queries.search import FoundPatient
    from collabcare.ui.actions import ActionSpec

MOST_PATIENTS = 8
_MOST_COMMANDS = 6
_MOST_PAGES = 5
_SMALL_WORDS = frozenset(
    (
        *("a", "an", "the", "to", "for", "of", "at", "as", "by", "with", "from", "and", "or"),
        *("i", "my", "me", "we", "our", "you", "he", "she", "they", "him", "her", "his", "their", "them"),
        *("is", "are", "was", "has", "have", "had", "this", "that", "it"),
    )
)
_HARDLY = 2
_POLITE_WORDS = frozenset(
    ("how", "want", "need", "please", "patient", "patients", "go", "show", "open", "see")
)
"""Words somebody may begin or end with who says what they want; some commands are called by them."""


class OfferKind(StrEnum):
    """A section of what was found, in the order in which the sections stand."""

    ABOUT = "About this patient"
    PATIENT = "Patients"
    COMMAND = "Commands"
    PAGE = "Pages"
    BEGUN = "Begun and not saved"


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One line of the list.

    Attributes:
        kind: Its section.
        first: What it is called.
        second: What else is to be known about it.
        key: The key that does the same.
        goes_to: What choosing it gives: the episode to open, the id of a command, the page of the help, or
            the draft to go on with. Empty for what cannot be done from here; ``second`` then says why.
        also: Other words it can be found by.
        is_help: Whether it is a page of the help.
    """

    kind: OfferKind
    first: str
    second: str = ""
    key: str = ""
    goes_to: EpisodeId | str | DraftRow
    also: str = ""
    is_help: bool = False

    @property
    def spoken(self) -> str:
        """Return it as it is read out, months in full."""
        key = f" {self.key}." if self.key else ""
        return spoken_dates(f"{self.first}. {self.second}".rstrip() + key)


@dataclass(frozen=True, slots=True)
class OfferGroup:
    """A section with at least one line."""

    title: str
    offers: tuple[Offer, ...]


@dataclass(slots=True)
class Offers:
    """Everything on offer now; ``find`` is quick enough for each letter typed."""

    commands: tuple[Offer, ...] = ()
    patients: Finder[FoundPatient] | None = None
    about: str = ""
    """The name of the patient on show or chosen in the list, for the commands about them."""
    _finders: dict[OfferKind, Finder[Offer]] = field(default_factory=dict)

    def set_commands(self, commands: Sequence[Offer], about: str = "") -> None:
        """Offer these commands and pages; those about a patient are about ``about``."""
        self.commands, self.about = tuple(commands), about
        self._finders = {
            kind: Finder([each for each in self.commands if each.kind is kind], _words, inside=False)
            for kind in (OfferKind.ABOUT, OfferKind.COMMAND, OfferKind.PAGE, OfferKind.BEGUN)
        }

    def everything(self) -> tuple[OfferGroup, ...]:
        """Return what was begun, and every command and page to be had from here: nothing is typed yet."""
        kinds = (OfferKind.BEGUN, OfferKind.ABOUT, OfferKind.COMMAND, OfferKind.PAGE)
        possible = [each for each in self.commands if each.goes_to]
        groups = ((kind, [each for each in possible if each.kind is kind]) for kind in kinds)
        return tuple(self._group(kind, offers) for kind, offers in groups if offers)

    def find(self, typed: str) -> tuple[OfferGroup, ...]:
        """Return what fits, section by section.

        A command is found without the small words of a sentence, as in "letter to the GP"; a patient by all
        that is typed, for a name can be as small.

        A section whose best line only has another word for what was typed comes after those that have the
        word itself, and one of guesses comes last. Commands are only guessed when nothing really fits.
        """
        wanted = _without(_SMALL_WORDS, typed)
        found, real = self._found(typed, wanted)
        shorter = _without(_POLITE_WORDS, wanted)
        if not real and shorter != wanted:
            again, real_again = self._found(typed, shorter)
            if real_again or not found:
                found, real = again, real_again
        some = [
            (kind, offers)
            for kind, offers in found
            if not (real and kind is not OfferKind.PATIENT and offers[0].is_guess)
        ]
        some.sort(key=lambda each: _doubt(*each))
        return tuple(
            self._group(kind, (each.thing for each in offers), guess=offers[0].is_guess)
            for kind, offers in some
        )

    def _found(self, typed: str, wanted: str) -> tuple[list[tuple[OfferKind, list[Found[Offer]]]], bool]:
        """Return what each section has, and whether any of it is more than a guess."""
        found: list[tuple[OfferKind, list[Found[Offer]]]] = []
        for kind in OfferKind:
            if kind is OfferKind.PATIENT:
                found.append((kind, self._find_patients(typed)))
            elif kind in self._finders:
                most = _MOST_PAGES if kind is OfferKind.PAGE else _MOST_COMMANDS
                found.append((kind, self._finders[kind].find(wanted, most)))
        found = [(kind, offers) for kind, offers in found if offers]
        return found, any(not offers[0].is_guess for _kind, offers in found)

    def _find_patients(self, typed: str) -> list[Found[Offer]]:
        if self.patients is None:
            return []
        found = self.patients.find(typed, MOST_PATIENTS)
        return [Found(patient_offer(each.thing), each.far, each.aside) for each in found]

    def _group(self, kind: OfferKind, offers: Iterable[Offer], *, guess: bool = False) -> OfferGroup:
        title = f"About {self.about}" if kind is OfferKind.ABOUT and self.about else kind.value
        return OfferGroup(f"{title}, spelt nearly like this" if guess else title, tuple(offers))


def _without(words: frozenset[str], typed: str) -> str:
    """Return what was typed without these words; all of it if hardly anything is left."""
    left = " ".join(word for word in typed.split() if fold(word) not in words)
    return left if len(left) > _HARDLY else typed


def patient_offer(found: FoundPatient) -> Offer:
    """Return a patient as a line: the name, and what tells them from another of the same name."""
    parts = [f"Born {fmt_date(found.birth_date)}", f"NHS No. {fmt_nhs_number(found.nhs_number)}"]
    if found.preferred_name:
        parts.append(f"Preferred name {found.preferred_name}")
    if found.closed_on is not None:
        parts.append(f"Closed {fmt_date(found.closed_on)}")
    return Offer(
        kind=OfferKind.PATIENT, first=found.name, second="  ·  ".join(parts), goes_to=found.episode_id
    )


def command_offers(specs: Iterable[ActionSpec], *, about_patient: bool) -> list[Offer]:
    """Return commands and pages as lines; those about a patient can be done while one is meant."""
    return [_command_offer(spec, about_patient=about_patient) for spec in specs if spec.listed]


def begun_offers(begun: Iterable[BegunForm]) -> list[Offer]:
    """Return the forms begun and not saved as lines, each with whom it is about and when it was kept."""
    return [
        Offer(
            kind=OfferKind.BEGUN,
            first=f"Go on with: {title_of(each.draft) or 'what was typed'}",
            second="  ·  ".join(part for part in (each.name, f"kept {when_kept(each.draft)}") if part),
            goes_to=each.draft,
            also="draft drafts unsaved begun",
        )
        for each in begun
    ]


def help_offers(pages: Iterable[HelpPage]) -> list[Offer]:
    """Return the pages of the help as lines."""
    return [
        Offer(
            kind=OfferKind.PAGE,
            first=f"Help: {page.title}",
            goes_to=page.id,
            also=page.also,
            is_help=True,
        )
        for page in pages
    ]


def _doubt(kind: OfferKind, found: Sequence[Found[Offer]]) -> tuple[bool, bool]:
    best = found[0]
    return best.is_guess, kind is not OfferKind.PATIENT and best.aside > 0


def _words(offer: Offer) -> tuple[str, str]:
    return offer.first, offer.also


def _named(spec: ActionSpec) -> str:
    """Return what a command is called; a page about a patient is found by the name on its tab."""
    tab = TAB_WORDS.get(spec.page, "") if spec.page is not None else ""
    if not tab or spec.form or tab.casefold() in spec.words.casefold():
        return spec.words
    return f"{tab}: {spec.words[:1].lower()}{spec.words[1:]}"


def _command_offer(spec: ActionSpec, *, about_patient: bool) -> Offer:
    is_about = bool(spec.compose) or spec.page in TAB_WORDS
    is_page = not is_about and (spec.menu is Menu.GO or spec.page is not None)
    possible = about_patient or not is_about
    about = OfferKind.ABOUT if about_patient else OfferKind.COMMAND
    return Offer(
        kind=about if is_about else OfferKind.PAGE if is_page else OfferKind.COMMAND,
        first=_named(spec),
        second=spec.help if possible else "Open a patient first: type their name here.",
        key=spec.keys[0] if spec.keys else "",
        goes_to=spec.id if possible else "",
        also=spec.also,
    )
