"""What the rules read beside the facts: service model, questionnaires, working days, numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collabcare.domain.attendance import AttendancePolicy
    from collabcare.domain.calendar import WorkingCalendar
    from collabcare.domain.caseload_policy import CaseloadPolicy
    from collabcare.domain.episode import EpisodePolicy
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.loop_facts import LoopPolicy
    from collabcare.domain.medication_review import MedicationPolicy
    from collabcare.domain.pathway import Pathway
    from collabcare.domain.postponing import PostponingPolicy
    from collabcare.domain.reengagement_policy import ReengagementPolicy
    from collabcare.domain.relapse_prevention import RelapsePolicy
    from collabcare.domain.safety_page import Helplines
    from collabcare.domain.safety_policy import SafetyPolicy
    from collabcare.domain.search_rules import SearchRules
    from collabcare.domain.supervision_policy import AgendaPolicy
    from collabcare.domain.talking_therapies import TalkingTherapiesPolicy
    from collabcare.domain.treat_to_target import TargetPolicy
    from collabcare.domain.waiting import WaitingPolicy


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """Everything but the facts and the day; one book holds for the whole caseload.

    ``search`` is what a search reads of the service model, the working days and ``reengagement``.
    """

    pathway: Pathway
    postponing: PostponingPolicy
    instruments: dict[str, Instrument]
    calendar: WorkingCalendar
    agenda: AgendaPolicy
    attendance: AttendancePolicy
    caseload: CaseloadPolicy
    episode: EpisodePolicy
    helplines: Helplines
    loop: LoopPolicy
    medication: MedicationPolicy
    reengagement: ReengagementPolicy
    relapse: RelapsePolicy
    safety: SafetyPolicy
    search: SearchRules
    talking_therapies: TalkingTherapiesPolicy
    targets: TargetPolicy
    waiting: WaitingPolicy
