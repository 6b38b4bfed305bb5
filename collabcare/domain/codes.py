"""NHS code sets, each value under its national code with the words shown for it.

Sources: NHS Data Dictionary (ATTENDED OR DID NOT ATTEND; CONSULTATION MECHANISM (MENTAL HEALTH); PERSON
STATED GENDER CODE; SOURCE OF REFERRAL FOR MENTAL HEALTH SERVICES; PRIMARY REASON FOR REFERRAL (MENTAL
HEALTH); CLINICAL RESPONSE PRIORITY TYPE; APPOINTMENT TYPE of NHS Talking Therapies; REFERRAL CLOSURE REASON;
REFERRAL REJECTION REASON). What the codes mean for care is in :mod:`collabcare.domain.attendance`,
:mod:`collabcare.domain.mechanisms` and :mod:`collabcare.domain.closure`; the patient's own are in
:mod:`collabcare.domain.demographics`.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Self, TypeVar

from collabcare.domain.errors import RuleViolation


class Coded(StrEnum):
    """A national code with its words; ``Coded("5")`` finds the member, ``.label`` says it."""

    label: str

    def __new__(cls, code: str, label: str = "") -> Self:
        """Make a member whose value is the code; the default lets a code alone find its member."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member


Code = TypeVar("Code", bound=Coded)


def read_code(kind: type[Code], code: str, what: str) -> Code:
    """Return the member a recorded or imported code stands for; ``what`` names the list in the refusal.

    Raises:
        RuleViolation: When the list has no such code: a code is never guessed.
    """
    for member in kind:
        if member.value == code.strip():
            return member
    raise RuleViolation(f"That is not a code for {what}. Use one of {', '.join(kind)}.")


class AttendanceStatus(Coded):
    """How a booked contact ended; a future booking has none (0 is not valid in national returns)."""

    ATTENDED_ON_TIME = "5", "Attended"
    ATTENDED_LATE = "6", "Attended late"
    DID_NOT_ATTEND = "3", "Did not attend"
    CANCELLED_BY_PATIENT = "2", "Cancelled by patient"
    CANCELLED_BY_PROVIDER = "4", "Cancelled by us"
    ARRIVED_LATE_NOT_SEEN = "7", "Arrived late, could not be seen"

    @property
    def attended(self) -> bool:
        """Return whether the patient was seen; only these count as contacts."""
        return self in ATTENDED


ATTENDED = frozenset({AttendanceStatus.ATTENDED_ON_TIME, AttendanceStatus.ATTENDED_LATE})
CANCELLED = frozenset({AttendanceStatus.CANCELLED_BY_PATIENT, AttendanceStatus.CANCELLED_BY_PROVIDER})


class ConsultationMechanism(Coded):
    """How the contact was held."""

    FACE_TO_FACE = "01", "Face to face"
    TELEPHONE = "02", "Telephone"
    VIDEO = "11", "Video"
    TALK_TYPE = "04", "Talk type (text relay)"
    EMAIL = "05", "Email"
    TEXT_MESSAGE = "09", "Text message"
    INSTANT_MESSAGING = "10", "Instant messaging"
    MESSAGE_BOARD = "12", "Message board"
    CHAT_ROOM = "13", "Chat room"
    OTHER = "98", "Other"


class Gender(Coded):
    """Person stated gender."""

    FEMALE = "2", "Female"
    MALE = "1", "Male"
    INDETERMINATE = "9", "Indeterminate"
    NOT_KNOWN = "X", "Not Known"


class ReferralSource(Coded):
    """Who referred."""

    GP = "A1", "GP"
    OTHER_PRIMARY_CARE = "A3", "Other primary care"
    MATERNITY = "A4", "Maternity service"
    SELF = "B1", "Self"
    CARER = "B2", "Carer or relative"
    SOCIAL_SERVICES = "C1", "Social services"
    HOUSING = "C3", "Housing service"
    EMPLOYER = "D1", "Employer"
    POLICE = "E1", "Police"
    PROBATION = "E3", "Probation service"
    VOLUNTARY_SECTOR = "G4", "Voluntary sector"
    EMERGENCY_DEPARTMENT = "H1", "Emergency department"
    OTHER_SECONDARY_CARE = "H2", "Other secondary care"
    MENTAL_HEALTH_TRUST = "I2", "Mental health trust"
    JOBCENTRE = "M5", "Jobcentre Plus"
    SINGLE_POINT_OF_ACCESS = "M7", "Single point of access"
    STEPPED_UP = "N1", "Stepped up from low intensity"
    STEPPED_DOWN = "N2", "Stepped down from high intensity"
    TALKING_THERAPIES = "N3", "Talking Therapies"
    INTERNAL = "P1", "Internal referral"


class ReferralReason(Coded):
    """The primary reason for referral."""

    DEPRESSION = "04", "Depression"
    ANXIETY = "05", "Anxiety"
    OCD = "06", "Obsessive compulsive disorder"
    PHOBIAS = "07", "Phobias"
    PTSD = "11", "Post-traumatic stress disorder"
    EATING_DISORDERS = "12", "Eating disorder"
    PERINATAL = "13", "Perinatal mental health"
    PERSONALITY_DISORDERS = "14", "Personality disorder"
    BIPOLAR = "03", "Bipolar disorder"
    ONGOING_PSYCHOSIS = "02", "Ongoing psychosis"
    FIRST_EPISODE_PSYCHOSIS = "01", "Suspected first-episode psychosis"
    ORGANIC = "08", "Organic brain disorder"
    DRUGS_AND_ALCOHOL = "09", "Drug and alcohol difficulties"
    UNEXPLAINED_SYMPTOMS = "10", "Unexplained physical symptoms"
    SELF_HARM = "15", "Self-harm behaviours"
    CONDUCT = "16", "Conduct disorder"
    IN_CRISIS = "18", "In crisis"
    RELATIONSHIP = "19", "Relationship difficulties"
    GENDER_DISCOMFORT = "20", "Gender discomfort"
    ATTACHMENT = "21", "Attachment difficulties"
    SELF_CARE = "22", "Self-care issues"
    ADJUSTMENT_TO_HEALTH = "23", "Adjustment to health issues"
    NEURODEVELOPMENTAL = "24", "Neurodevelopmental conditions, excluding autism"
    SUSPECTED_AUTISM = "25", "Suspected autism"
    DIAGNOSED_AUTISM = "26", "Diagnosed autism"
    PRECONCEPTION = "27", "Preconception perinatal mental health"
    GAMBLING = "28", "Gambling"


RETIRED_REFERRAL_REASON = "17"


def referral_reason(code: str) -> ReferralReason:
    """Return the primary reason for referral a code stands for.

    Raises:
        RuleViolation: When the code is retired (17) or never was one.
    """
    if code.strip() == RETIRED_REFERRAL_REASON:
        raise RuleViolation("Reason for referral 17 is retired. Choose one of the current reasons.")
    return read_code(ReferralReason, code, "the primary reason for referral")


class ResponsePriority(Coded):
    """How soon the referrer asks for a response: urgency of what we do, and nothing about the patient."""

    EMERGENCY = "1", "Emergency"
    URGENT = "2", "Urgent or serious"
    ROUTINE = "3", "Routine"


class AppointmentType(Coded):
    """What a contact was for, as NHS Talking Therapies counts them."""

    ASSESSMENT = "01", "Assessment"
    TREATMENT = "02", "Treatment"
    ASSESSMENT_AND_TREATMENT = "03", "Assessment and treatment"
    REVIEW = "04", "Review only"
    REVIEW_AND_TREATMENT = "05", "Review and treatment"
    FOLLOW_UP = "06", "Follow-up after the end"
    OTHER = "07", "Other"

    @property
    def is_treatment(self) -> bool:
        """Return whether such a contact, if attended, is a treatment contact."""
        return self in TREATMENT_TYPES


TREATMENT_TYPES = frozenset(
    {
        AppointmentType.TREATMENT,
        AppointmentType.ASSESSMENT_AND_TREATMENT,
        AppointmentType.REVIEW_AND_TREATMENT,
    }
)


class RejectionReason(Coded):
    """Why a referral was not accepted."""

    DUPLICATE = "01", "Duplicate referral"
    INAPPROPRIATE = "02", "Not for this service"
    INCOMPLETE = "03", "Incomplete referral"


class ClosureReason(Coded):
    """Why care ended. 05 (did not attend) has no ordinary way in: see :mod:`collabcare.domain.episode`."""

    ADMITTED_ELSEWHERE = "01", "Admitted elsewhere"
    TREATMENT_COMPLETED = "02", "Treatment completed"
    MOVED_AWAY = "03", "Moved out of the area"
    NO_FURTHER_TREATMENT = "04", "No further treatment appropriate"
    DID_NOT_ATTEND = "05", "Patient did not attend"
    DIED = "06", "Patient died"
    PATIENT_REQUESTED = "07", "Patient requested discharge"
    REFERRED_ELSEWHERE = "08", "Referred to another service"
    REFUSED_TO_BE_SEEN = "09", "Patient refused to be seen"
