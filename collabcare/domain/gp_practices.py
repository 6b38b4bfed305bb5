"""A GP practice whose patients the site sees: what may stand there, and what letters to it need."""

from __future__ import annotations

import re
from dataclasses import dataclass

from collabcare.domain.errors import RuleViolation
from collabcare.domain.patient_details import (
    LONGEST_CODE,
    LONGEST_NAME,
    typed_address,
    typed_postcode,
)
from collabcare.domain.telephones import typed_telephone
from collabcare.domain.typed_text import typed_line

_ODS_CODE = re.compile(r"[A-Z][0-9]{5}")


@dataclass(frozen=True, slots=True, kw_only=True)
class GpPracticeDetails:
    """A GP practice, as typed or as it is kept; the address has one line of it to a line."""

    name: str
    ods_code: str | None = None
    address: str = ""
    postcode: str | None = None
    telephone: str | None = None

    @property
    def can_be_written_to(self) -> bool:
        """Return whether a letter can be posted there: there is an address, and its postcode."""
        return bool(self.address and self.postcode)


def checked_gp_practice(typed: GpPracticeDetails) -> GpPracticeDetails:
    """Return the practice as it is kept.

    Raises:
        RuleViolation: When there is no name, something is too long, or the ODS code cannot be one.
    """
    name = typed_line(typed.name, "The practice's name", LONGEST_NAME)
    if not name:
        raise RuleViolation("Type the practice's name.")
    return GpPracticeDetails(
        name=name,
        ods_code=read_ods_code(typed.ods_code),
        address=typed_address(typed.address),
        postcode=typed_postcode(typed.postcode),
        telephone=typed_telephone(typed.telephone),
    )


def read_ods_code(text: str | None) -> str | None:
    """Return the code of a practice in capitals, None when it is blank.

    Six characters, a letter and five digits (NHS Data Dictionary, GENERAL MEDICAL PRACTICE CODE (PATIENT
    REGISTRATION), which is the Organisation Data Service code of the practice).

    Raises:
        RuleViolation: When it has another shape.
    """
    code = typed_line(text or "", "The ODS code", LONGEST_CODE).upper().replace(" ", "")
    if not code:
        return None
    if not _ODS_CODE.fullmatch(code):
        raise RuleViolation("The ODS code of a GP practice is a letter and five digits, such as B82001.")
    return code


def ods_code_problem(text: str) -> str:
    """Return why a text cannot be the code of a practice, or nothing."""
    try:
        read_ods_code(text)
    except RuleViolation as reason:
        return str(reason)
    return ""
