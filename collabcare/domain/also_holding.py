"""Who else holds a patient beside the practitioner: the GP, services asked, people close to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.display import fmt_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.facts import EpisodeFacts, PatientFacts
    from collabcare.domain.people_facts import CarerFact
    from collabcare.domain.plan_facts import ProposalFact


def also_holding(facts: EpisodeFacts) -> tuple[str, ...]:
    """Return them in words, the GP first; somebody merely listed as next of kin holds nobody."""
    return tuple(_all(facts))


def _all(facts: EpisodeFacts) -> Iterator[str]:
    yield _gp(facts.patient)
    for proposal in facts.proposals:
        if words := _service(proposal):
            yield words
    for carer in facts.carers:
        if carer.ended_on is None and (carer.is_carer or carer.nominated):
            yield _close(carer)


def _gp(patient: PatientFacts) -> str:
    name = patient.gp_name or ""
    said = name if name[:2] in {"Dr", "Pr"} or not name else f"GP {name}"
    return ", ".join(filter(None, (said, patient.gp_practice_name))) or "No GP recorded"


def _service(proposal: ProposalFact) -> str:
    """Say that another service has accepted them, or has not answered yet; one that said no holds nobody."""
    if not proposal.to_service or proposal.rejected_on is not None:
        return ""
    if proposal.accepted_on is not None:
        return f"{proposal.to_service}, accepted {fmt_date(proposal.accepted_on)}"
    return f"{proposal.to_service}, no answer yet" if proposal.agreed else ""


def _close(carer: CarerFact) -> str:
    what = ", ".join(filter(None, (carer.relation, "carer" if carer.is_carer else "")))
    return f"{carer.name} ({what})" if what else carer.name
