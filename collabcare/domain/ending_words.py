"""The ways care can end in words, and what each of them asks to be said: the page and the form read this."""

from __future__ import annotations

from dataclasses import dataclass

from collabcare.domain.closure import Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingWords:
    """One way care ends.

    Attributes:
        title: As it is chosen.
        means: When it is the one to choose.
        onward: The question where the patient was pointed to; empty where nobody asks.
        declined: Whether the patient told us: then safety and the GP are asked about.
        handover: Whether another service must have accepted the patient first.
    """

    title: str
    means: str
    onward: str = ""
    declined: bool = False
    handover: bool = False


ENDING_WORDS: dict[Ending, EndingWords] = {
    Ending.COMPLETED: EndingWords(
        title="Completed as agreed",
        means="Care came to the end that was agreed with the patient when they were last seen.",
    ),
    Ending.ADVICE_GIVEN: EndingWords(
        title="Advice given, nothing further",
        means="They were seen, advised, and agreed that it is enough. Not after a missed appointment.",
    ),
    Ending.NOT_SUITABLE: EndingWords(
        title="Another service fits better",
        means="We cannot give the care they need. Say what was offered instead.",
        onward="What was suggested instead, and who is to see to it",
    ),
    Ending.SIGNPOSTED: EndingWords(
        title="Pointed to another service",
        means="Agreed with the patient, who goes there by themselves.",
        onward="Where they were pointed to",
    ),
    Ending.DECLINED: EndingWords(
        title="The patient told us they do not want care",
        means="Said by the patient. Not coming is not the same.",
        declined=True,
    ),
    Ending.STEPPED_UP: EndingWords(
        title="Stepped up to another service",
        means="Only once that service has accepted them; until then they stay ours.",
        handover=True,
    ),
    Ending.STEPPED_DOWN: EndingWords(
        title="Stepped down to another service",
        means="Only once that service, or the GP, has accepted them.",
        handover=True,
    ),
    Ending.MOVED_ACROSS: EndingWords(
        title="Moved across to another service",
        means="Only once that service has accepted them.",
        handover=True,
    ),
    Ending.MOVED_AWAY: EndingWords(
        title="Moved out of the area",
        means="They live elsewhere now. Say who looks after them there, if known.",
        onward="Who looks after them there",
    ),
    Ending.ADMITTED: EndingWords(title="Admitted elsewhere", means="They are in hospital and stay there."),
    Ending.DIED: EndingWords(title="Died", means="Ends every search, task and letter to the patient."),
}
"""Ending because they were not reached is not here: its one way is the review of not attending."""
