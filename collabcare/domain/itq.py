"""The International Trauma Questionnaire's algorithm (Cloitre and others 2018).

Each group of clusters is met or not; where both are, the answers fit complex PTSD and no longer PTSD. The
words are always "pattern consistent with": the form can say no more than that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.pcl5 import endorsed
from collabcare.domain.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.instruments import Instrument
    from collabcare.domain.scoring import ClusterGroup

PTSD, DSO, CPTSD = "ptsd", "dso", "cptsd"
_WORDS = {
    CPTSD: "pattern consistent with complex PTSD",
    PTSD: "pattern consistent with PTSD",
}
NO_PATTERN = "no pattern consistent with PTSD or complex PTSD"


def itq_tally(instrument: Instrument, answers: Sequence[int | None]) -> Tally:
    """Work out which pattern the answers fit; any blank leaves it unknown.

    The number is the sum of the symptom answers, to be followed over time; no cut-off is put to it.
    """
    missing = sum(answer is None for answer in answers)
    if missing:
        return Tally(total=None, missing=missing, complete=False, subscales=dict.fromkeys((PTSD, DSO, CPTSD)))
    met = {group.id: _met(instrument, group, answers) for group in instrument.groups}
    both = met[PTSD] and met[DSO]
    found = {PTSD: met[PTSD] and not both, DSO: met[DSO], CPTSD: both}
    sums = {f"{group.id}_sum": _summed(group, answers) for group in instrument.groups}
    words = next((words for pattern, words in _WORDS.items() if found[pattern]), NO_PATTERN)
    return Tally(
        total=sum(sums.values()),
        missing=0,
        complete=True,
        subscales={**found, **sums},
        notes=(words,),
    )


def _met(instrument: Instrument, group: ClusterGroup, answers: Sequence[int | None]) -> bool:
    return all((endorsed(instrument, cluster, answers) or 0) >= cluster.needed for cluster in group.clusters)


def _summed(group: ClusterGroup, answers: Sequence[int | None]) -> int:
    return sum(answers[item - 1] or 0 for item in group.summed)
