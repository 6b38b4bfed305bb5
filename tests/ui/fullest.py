"""The fullest record there can be when somebody did not attend: everything that is to be thought about."""

from __future__ import annotations

from datetime import time, timedelta
from typing import TYPE_CHECKING

from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.patient_details import CommunicationNeeds, ContactDetails, SafeContact
from collabcare.domain.plan_drafts import PlanDraft
from collabcare.domain.reach_facts import HasteKind
from collabcare.domain.safety_assessment import AssessmentDraft
from collabcare.services.contacts import BookContact, Booking, book_contact
from collabcare.services.haste import RecordHaste, record_haste_fact
from collabcare.services.measures import RecordMeasure, record_measure
from collabcare.services.patient_details import ChangeDetails, change_details
from collabcare.services.safety_assessments import RecordAssessment, record_assessment
from collabcare.services.safety_plans import ActivatePlan, BeginDraft, activate_plan, begin_draft
from tests.builders_safety import policy

if TYPE_CHECKING:
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.ids import EpisodeId
    from collabcare.services.desk import Desk
    from collabcare.ui.main_window import MainWindow

_RECORDED = {
    HasteKind.CHILD_CONCERN: "Two children under five at home; the health visitor worries about the younger",
    HasteKind.SAFEGUARDING: "Enquiry open with the local authority; the social worker is named in the notes",
    HasteKind.DOMESTIC_ABUSE: "The husband has left and comes back at weekends",
    HasteKind.PERINATAL: "Gave birth in September",
    HasteKind.SELF_HARM: "Overdose, seen in the emergency department",
    HasteKind.RELIES_ON_OTHERS: "Her sister drives her",
}


def fullest(window: MainWindow) -> EpisodeId:
    """Record all of it for somebody of the caseload of whom none of it is known, and return whom."""
    rows = window.work.open_caseload.rows
    facts = next(row.facts for row in rows if _is_plain(row.facts, window.desk))
    for fill in (_how_to_reach, _haste, _safety, _answers, _slot):
        fill(facts, window.desk)
    window.work.open_caseload.reload()
    return facts.episode_id


def _is_plain(facts: EpisodeFacts, desk: Desk) -> bool:
    empty = (facts.open_ladder, facts.safety_plans, facts.safety_assessments, facts.safety_prompts)
    booked = any(each.status is None for each in facts.contacts)
    own = facts.holder_id == desk.acting.user_id
    return own and not booked and not any(empty) and bool(facts.measures and facts.contacts)


def _how_to_reach(facts: EpisodeFacts, desk: Desk) -> None:
    patient, note = (
        facts.patient,
        "Her husband answers the landline: never say who is calling, withhold the number",
    )
    needs = CommunicationNeeds(
        interpreter_language="ps",
        interpreter_dialect="Southern",
        information_formats=("easy_read", "large_print_18", "audio"),
        communication_methods=("lip_reading", "hearing_loop", "writing", "advocate"),
        needs_reviewed_on=desk.today - timedelta(days=30),
    )
    safe = SafeContact(
        telephone_safe=True,
        voicemail_safe=False,
        text_safe=False,
        letters_safe=False,
        email_safe=False,
        safe_times="Weekdays 10:00 to 14:00, while the children are at school",
    )
    contact = ContactDetails(
        address="\n".join(patient.address),
        postcode=patient.postcode,
        telephone=patient.telephone or "07700 900123",
        contact_note=note,
    )
    changes = ChangeDetails(
        patient_id=patient.patient_id, seen=patient.version, needs=needs, safe=safe, contact=contact
    )
    change_details(changes, desk.uow)


def _haste(facts: EpisodeFacts, desk: Desk) -> None:
    on = desk.today - timedelta(days=5)
    for kind, note in _RECORDED.items():
        command = RecordHaste(episode_id=facts.episode_id, kind=kind, happened_on=on, note=note)
        record_haste_fact(command, desk.uow)


def _safety(facts: EpisodeFacts, desk: Desk) -> None:
    on, review = desk.today - timedelta(days=6), desk.today + timedelta(days=7)
    draft = AssessmentDraft(
        assessed_on=on,
        own_words="I am worn out and cannot see how this ends.",
        formulation="Losing the flat.",
        dependants="Two children, two and four years old; the sister can take both at any hour and has a key",
        quick_concern="Stops answering the sister; talks of the bridge again; gives the cat away",
        if_contact_lost="Ring the sister at once, then the crisis team; ask for a welfare check the same day",
        act_quickly_if_contact_lost=True,
        review_on=review,
    )
    record_assessment(RecordAssessment(episode_id=facts.episode_id, seen=0, draft=draft), desk.uow, policy())
    plan = PlanDraft(
        made_on=on,
        warning_signs="Not sleeping",
        by_myself="A walk",
        professionals="NHS 111",
        review_on=review,
    )
    begun = begin_draft(BeginDraft(episode_id=facts.episode_id, draft=plan), desk.uow)
    assert begun.made is not None
    activate_plan(ActivatePlan(plan_id=begun.made, seen=1), desk.uow)


def _answers(facts: EpisodeFacts, desk: Desk) -> None:
    command = RecordMeasure(
        episode_id=facts.episode_id,
        taken_on=desk.today - timedelta(days=1),
        answers=(3, 3, 3, 3, 3, 3, 2, 2, 2),
        function_answer=2,
    )
    record_measure(command, desk.uow, desk.rulebook.instruments["phq9"])


def _slot(facts: EpisodeFacts, desk: Desk) -> None:
    booking = Booking(
        on=desk.today,
        at=time(9),
        minutes=30,
        mechanism=ConsultationMechanism.FACE_TO_FACE,
        interpreter_booked=False,
    )
    book_contact(BookContact(episode_id=facts.episode_id, booking=booking), desk.uow)
