"""The PCL-5's four clusters and the pattern they make (Weathers and others 2013, National Center for PTSD).

A symptom counts once it is answered at or above the published mark. The pattern is provisional whatever it
shows: only a clinical interview can say more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.tally import Tally

if TYPE_CHECKING:
    from collections.abc import Sequence

    from collabcare.domain.instruments import Instrument
    from collabcare.domain.scoring import Cluster


def pcl5_tally(instrument: Instrument, answers: Sequence[int | None]) -> Tally:
    """Count the symptoms of each cluster; a blank leaves its cluster, and so the pattern, unknown."""
    clusters = [cluster for group in instrument.groups for cluster in group.clusters]
    counts = {cluster.id: endorsed(instrument, cluster, answers) for cluster in clusters}
    met = [None if (count := counts[cluster.id]) is None else count >= cluster.needed for cluster in clusters]
    pattern = None if None in met else all(met)
    return Tally(
        total=None,
        missing=sum(answer is None for answer in answers),
        complete=pattern is not None,
        subscales={**counts, "pattern": pattern},
        notes=(instrument.pattern_note,) if pattern else (),
    )


def endorsed(instrument: Instrument, cluster: Cluster, answers: Sequence[int | None]) -> int | None:
    """Return how many items of a cluster are endorsed, None where one is blank."""
    given = [answers[item - 1] for item in cluster.items]
    if None in given:
        return None
    mark = instrument.symptom_at or 0
    return sum(answer is not None and answer >= mark for answer in given)
