"""Where a patient lives, by national code, and what that means for writing to them.

Source: NHS Data Dictionary, ACCOMMODATION TYPE and SETTLED ACCOMMODATION INDICATOR. Homelessness (every HM
code) and a refuge (CH02) mean that a letter may not arrive, or may not be safe: that they change the search
after a missed appointment is this project's own.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from collabcare.domain.codes import Coded
from collabcare.domain.errors import RuleViolation
from collabcare.domain.suggestion import Suggestion, Used

_CODE = re.compile(r"([A-Z]{2})([0-9]{2})")
_SOURCE = (
    "NHS Data Dictionary, ACCOMMODATION TYPE; that it changes how we reach somebody is this project's own"
)


class AccommodationGroup(Coded):
    """The first two letters of an accommodation code."""

    MAINSTREAM = "MA", "Mainstream housing"
    HOMELESS = "HM", "Homeless"
    MENTAL_HEALTH = "MH", "Accommodation with mental health care support"
    HOSPITAL = "HS", "Hospital or long-stay healthcare"
    OTHER_CARE = "CH", "Accommodation with other care support"
    CRIMINAL_JUSTICE = "CJ", "Accommodation with criminal justice support"
    SHELTERED = "SH", "Sheltered housing"
    MOBILE = "ML", "Mobile accommodation"
    OTHER = "OC", "Other accommodation"


class SettledAccommodation(Coded):
    """Whether the main home is settled."""

    SETTLED = "Y", "Settled"
    NOT_SETTLED = "N", "Not settled"
    NOT_STATED = "Z", "Asked, prefers not to say"


_NUMBERS = {
    AccommodationGroup.MAINSTREAM: range(10),
    AccommodationGroup.HOMELESS: range(8),
    AccommodationGroup.MENTAL_HEALTH: range(10),
    AccommodationGroup.HOSPITAL: range(10),
    AccommodationGroup.OTHER_CARE: range(10),
    AccommodationGroup.CRIMINAL_JUSTICE: range(13),
    AccommodationGroup.SHELTERED: range(10),
    AccommodationGroup.MOBILE: range(1),
    AccommodationGroup.OTHER: range(96, 97),
}
NAMED = {
    "MA01": "Owner occupier",
    "MA02": "Settled with family or friends",
    "MA03": "Shared ownership",
    "MA04": "Local authority tenant",
    "MA05": "Housing association tenant",
    "MA06": "Private tenant",
    "MA09": "Other mainstream housing",
    "HM01": "Rough sleeping",
    "HM02": "Squatting",
    "HM03": "Night shelter or emergency hostel",
    "HM04": "Sofa surfing",
    "HM05": "Temporary accommodation from the local authority",
    "HM06": "Staying with friends or family as a short-term guest",
    "HM07": "Other homelessness",
    "CH02": "Refuge",
}
"""The codes a practitioner chooses between by name; every other is known by the name of its group."""
_REFUGE = "CH02"
_NAMED_THROUGHOUT = frozenset({AccommodationGroup.MAINSTREAM, AccommodationGroup.HOMELESS})
"""Groups in which every home that is recorded here has a name."""


@dataclass(frozen=True, slots=True)
class Accommodation:
    """One accommodation code of the national list."""

    code: str
    group: AccommodationGroup

    @property
    def label(self) -> str:
        """Return its words, or those of its group when it has no name of its own here."""
        return NAMED.get(self.code, self.group.label)

    @property
    def letters_unsuitable(self) -> bool:
        """Return whether a letter to this home may be lost or unsafe."""
        return self.group is AccommodationGroup.HOMELESS or self.code == _REFUGE


def is_refuge(code: str | None) -> bool:
    """Return whether a code is that of a refuge; no when nobody has asked."""
    return (code or "").strip().upper() == _REFUGE


def accommodation(code: str) -> Accommodation:
    """Return the accommodation a code stands for; capitals make no difference.

    Raises:
        RuleViolation: When the national list has no such code.
    """
    written = code.strip().upper()
    if found := _CODE.fullmatch(written):
        for group, numbers in _NUMBERS.items():
            if group.value == found[1] and int(found[2]) in numbers:
                return Accommodation(written, group)
    raise RuleViolation("That is not an accommodation code. Choose where the patient lives from the list.")


def accommodation_choices() -> dict[str, str]:
    """Return the codes there are to choose from with their words, in the order of the national list."""
    found: dict[str, str] = {}
    for group, numbers in _NUMBERS.items():
        found |= {code: label for code, label in NAMED.items() if code.startswith(group.value)}
        if group not in _NAMED_THROUGHOUT:
            found[f"{group.value}{numbers[0]:02d}"] = group.label
    return found


def no_letters(code: str | None) -> Suggestion | None:
    """Return a prompt not to write to a home where letters may be lost or unsafe; not asked says nothing.

    Raises:
        RuleViolation: When the national list has no such code.
    """
    if code is None or not (home := accommodation(code)).letters_unsuitable:
        return None
    safe = (
        "A letter to a refuge may not be safe"
        if home.code == _REFUGE
        else "A letter to this address may not arrive or be safe"
    )
    return Suggestion(
        sentence=f"{safe}. Ask how they want to be reached, and consider another way.",
        rule="Letters to an unstable or unsafe address",
        used=(Used("Accommodation", f"{home.code} {home.label}"),),
        source=_SOURCE,
    )
