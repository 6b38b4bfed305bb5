"""Every letter as it reads on paper, kept in tests/data/letters to be read by a clinician.

After a change of wording run ``python -m tests.documents.goldens`` and read what changed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import time
from typing import TYPE_CHECKING

from collabcare.domain.codes import ClosureReason, ConsultationMechanism, ReferralSource
from collabcare.domain.demographic_facts import EndingFact
from collabcare.domain.episode import Phase, StepDirection
from collabcare.domain.facts import NOT_ASKED
from collabcare.domain.ids import ContactId
from collabcare.domain.plan_facts import RelapsePlanFact
from collabcare.domain.reengagement import AttemptOutcome, Channel
from tests.architecture.tree import ROOT
from tests.builders import attempt, contact, contacts, day, facts, ladder, measure, move
from tests.documents.letterbox import SITE, TYPED, in_care, only, page, sought
from tests.documents.pages import page_texts

if TYPE_CHECKING:
    from collections.abc import Callable

FOLDER = ROOT / "tests" / "data" / "letters"
BETWEEN_PAGES = "\n=== next page ===\n"


def _review() -> bytes:
    return page("gp_review", in_care(), TYPED, copy_to_patient=True)


def _short_review() -> bytes:
    prorated = measure(11, day(0), missing=1, prorated=True)
    seen_once = facts("A", measures=(prorated,), referral_source=ReferralSource.SELF)
    return page("gp_review", seen_once, today=day(7))


def _step_up() -> bytes:
    return page("gp_step_change", in_care(), only(("discussed", "for_practice")), copy_to_patient=True)


def _step_down() -> bytes:
    down = move(
        day(40),
        from_step=3,
        to_step=2,
        direction=StepDirection.DOWN,
        reason="Going well",
        agreed_with_patient=False,
    )
    return page("gp_step_change", in_care(step_moves=(down,), step=2))


def _not_attending() -> bytes:
    return page("gp_not_attending", sought(), today=day(28))


def _not_attending_twice() -> bytes:
    again = ladder(day(7), contact_id=ContactId(2), consecutive=2)
    unseen = facts("DD", ladders=(again,))
    return page(
        "gp_not_attending", replace(unseen, patient=replace(unseen.patient, telephone=None)), today=day(9)
    )


def _closing_unreached() -> bytes:
    known = sought(measures=(measure(14, day(14)),))
    typed = {
        "last_seen": "Ms Okafor was sleeping badly and looking for work.",
        "safety": "Ms Okafor rings her sister when things get harder, and has the crisis numbers.",
        "plan": "Activity diary\nSertraline 100 mg once daily, as reported",
        "for_practice": "Please review sertraline by 30 March 2026",
        "way_back": "We can also meet at the community centre.",
    }
    return page("gp_closing_unreached", known, typed, today=day(42), copy_to_patient=True)


def _closing_unreached_unseen() -> bytes:
    again = ladder(
        day(7),
        contact_id=ContactId(2),
        consecutive=2,
        attempts=(
            attempt(1, day(7)),
            attempt(4, day(8), channel=Channel.GP_PRACTICE, outcome=AttemptOutcome.SENT),
        ),
    )
    unseen = facts("DD", ladders=(again,))
    return page(
        "gp_closing_unreached",
        replace(unseen, patient=replace(unseen.patient, telephone=None)),
        today=day(42),
        site=replace(SITE, telephone=None),
    )


def _missed_call() -> bytes:
    return page("patient_missed", sought(), today=day(28))


def _missed_visit() -> bytes:
    in_person = ConsultationMechanism.FACE_TO_FACE
    missed = replace(contacts("AAAD")[-1], mechanism=in_person)
    booked = contact("b", day(32), at=time(10), mechanism=in_person, id=ContactId(77))
    return page("patient_missed", sought(contacts=(*contacts("AAA"), missed, booked)), today=day(28))


def _keep_in_touch() -> bytes:
    return page("patient_keep_in_touch", sought(), today=day(42))


def _large_print() -> bytes:
    return page("patient_missed", sought(), today=day(28), large_print=True)


def _not_asked() -> bytes:
    return page("patient_missed", sought(reach=NOT_ASKED), today=day(28), large_print=True)


def _summary() -> bytes:
    typed = {
        "why": "Ms Okafor reached the goals she set and we ended together.",
        "course": "Activity planning and work on sleep, over nine weeks.",
        "outstanding": "Blood test of 3 March 2026: result to the practice",
        "for_practice": "Please review sertraline by 30 June 2026",
    }
    plan = RelapsePlanFact(
        made_on=day(60),
        warning_signs="Staying in bed\nNot answering the telephone",
        what_helped="Choir on Tuesdays",
        medication="Sertraline for six months more, reviewed by the practice",
        if_it_returns="Ring us, or the practice",
    )
    ended = in_care(
        phase=Phase.CLOSED,
        closed_on=day(63),
        ending=EndingFact(reason=ClosureReason.TREATMENT_COMPLETED, onward_to="The community choir"),
        relapse_plan=plan,
    )
    return page("gp_discharge", ended, typed, copy_to_patient=True)


def _summary_before() -> bytes:
    return page("gp_discharge", facts(""), {"why": "Ms Okafor would rather not go on."}, today=day(7))


GOLDENS: dict[str, Callable[[], bytes]] = {
    "gp_review": _review,
    "gp_review_short": _short_review,
    "gp_step_change_up": _step_up,
    "gp_step_change_down": _step_down,
    "gp_not_attending": _not_attending,
    "gp_not_attending_twice": _not_attending_twice,
    "gp_closing_unreached": _closing_unreached,
    "gp_closing_unreached_unseen": _closing_unreached_unseen,
    "gp_discharge": _summary,
    "gp_discharge_before": _summary_before,
    "patient_missed_call": _missed_call,
    "patient_missed_not_asked": _not_asked,
    "patient_missed_visit": _missed_visit,
    "patient_missed_large_print": _large_print,
    "patient_keep_in_touch": _keep_in_touch,
}


def as_read(pdf: bytes) -> str:
    """Return the letter as it reads, page by page."""
    pages = ("\n".join(line.rstrip() for line in text.splitlines()) for text in page_texts(pdf))
    return BETWEEN_PAGES.join(pages).strip() + "\n"


def write() -> None:
    """Write every golden letter afresh."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, draw in GOLDENS.items():
        (FOLDER / f"{name}.txt").write_text(as_read(draw()), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write()
