"""Treat to target: what a patient's course of scores suggests to talk about.

Flags are prompts. They never change a treatment, a step or a status, and they describe symptom severity on
one scale, nothing else. Several may stand together; they come in the order of :class:`Flag`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.display import fmt_date, fmt_days
from collabcare.domain.episode import IN_TREATMENT
from collabcare.domain.errors import RuleViolation
from collabcare.domain.outcomes import baseline_of, scores_in_episode
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.instruments import Instrument
    from collabcare.domain.outcomes import Scored
    from collabcare.domain.tally import Number

_WHOLE = 100
_A_PAIR = 2


class Flag(StrEnum):
    """What a course of scores may say, in the order it is shown."""

    WORSENING = "WORSENING"
    CONSULT = "CONSULT"
    NOT_IMPROVING = "NOT_IMPROVING"
    EARLY_CHECK = "EARLY_CHECK"
    MEASURE_DUE = "MEASURE_DUE"
    REMISSION = "REMISSION"
    RESPONSE = "RESPONSE"
    PARTIAL = "PARTIAL"


_TOO_LITTLE = frozenset({Flag.CONSULT, Flag.NOT_IMPROVING, Flag.EARLY_CHECK})


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagText:
    """What one flag suggests, and where it comes from."""

    advice: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetPolicy:
    """The numbers of treat to target: scores in points, times in days."""

    rule: str
    source: str
    instruments: tuple[str, ...]
    target_baseline: int
    remission_below: int
    response_percent: int
    partial_fall: int
    early_check_days: int
    not_improving_days: int
    consult_days: int
    worsening_rise: int
    measure_days: int
    texts: Mapping[Flag, FlagText]

    def is_remission(self, latest: Number) -> bool:
        """Return whether a score is in remission."""
        return latest < self.remission_below

    def is_response(self, baseline: Number, latest: Number) -> bool:
        """Return whether a score has fallen far enough from a first score that was high enough."""
        return baseline >= self.target_baseline and latest * _WHOLE <= baseline * self.response_percent


class ScoreCourse(NamedTuple):
    """The first and the latest score of an episode, and the lowest (None: the lower of the two)."""

    baseline: Number
    baseline_on: date
    latest: Number
    latest_on: date
    lowest: Number | None = None
    baseline_prorated: bool = False
    latest_prorated: bool = False

    @property
    def days(self) -> int:
        """Return the days from the first score to the latest."""
        return (self.latest_on - self.baseline_on).days

    @property
    def low(self) -> Number:
        """Return the lowest score there was; it is never above the first or the latest."""
        if self.lowest is None:
            return min(self.baseline, self.latest)
        return min(self.baseline, self.latest, self.lowest)


class TargetFlag(NamedTuple):
    """One flag; its words are put together only when somebody reads them.

    ``course`` is None when there is no complete score at all, which is only ever a measure that is due;
    ``since`` is then the first contact. ``beside`` names the measures that have reliably improved meanwhile.
    """

    kind: Flag
    instrument: Instrument
    policy: TargetPolicy
    course: ScoreCourse | None
    today: date | None = None
    since: date | None = None
    beside: tuple[str, ...] = ()

    @property
    def days(self) -> int:
        """Return the days from the first score to the latest; 0 without a score."""
        return self.course.days if self.course else 0

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads."""
        advice = self.policy.texts[self.kind].advice
        if self.course is None:
            return (
                f"No {self.instrument.name} score since the first contact on {fmt_date(self.since)}. {advice}"
            )
        meanwhile = f"{' and '.join(self.beside)}: reliable improvement. " if self.beside else ""
        course = _course_words(self.instrument.name, self.course)
        return f"{course}: {self._finding(self.course)}. {meanwhile}{advice}"

    @property
    def rule(self) -> str:
        """Return the rule's name."""
        return f"{self.policy.rule}.{self.kind.lower()}"

    @property
    def source(self) -> str:
        """Return where this flag comes from."""
        return self.policy.texts[self.kind].source

    @property
    def used(self) -> tuple[Used, ...]:
        """Return the facts this flag went by."""
        name, course = self.instrument.name, self.course
        dates = () if self.today is None else (Used("Today", self.today),)
        if course is None:
            return Used(f"{name} latest score", None), Used("First contact", self.since), *dates
        return (
            Used(f"{name} first score", _score(course.baseline, prorated=course.baseline_prorated)),
            Used(f"{name} first score on", course.baseline_on),
            Used(f"{name} latest score", _score(course.latest, prorated=course.latest_prorated)),
            Used(f"{name} latest score on", course.latest_on),
            Used(f"{name} lowest score", str(course.low)),
            *(Used("Reliable improvement meanwhile", each) for each in self.beside),
            *dates,
        )

    def _finding(self, course: ScoreCourse) -> str:
        """Say what the scores did that raised this flag."""
        policy, change = self.policy, abs(course.latest - course.baseline)
        share = f"{_WHOLE - policy.response_percent}%"
        ago = "" if self.today is None else f" {fmt_days((self.today - course.latest_on).days)} ago"
        short = f"not fallen by {share} and not below {policy.remission_below} after {fmt_days(course.days)}"
        if reliably_improved(self.instrument, course.baseline, course.latest):
            short = f"reliable improvement by {change}, yet {short}"
        above_low = course.latest - course.low
        return {
            Flag.WORSENING: f"up {above_low} from the lowest score of {course.low}"
            if above_low >= policy.worsening_rise
            else f"up {change} from the first score",
            Flag.CONSULT: short,
            Flag.NOT_IMPROVING: short,
            Flag.EARLY_CHECK: (
                f"{'no fall' if course.latest > course.baseline else 'little change'} "
                f"after {fmt_days(course.days)}"
            ),
            Flag.MEASURE_DUE: f"the latest score was{ago}",
            Flag.REMISSION: f"below {policy.remission_below}",
            Flag.RESPONSE: f"fallen by {share} or more",
            Flag.PARTIAL: f"down {change}, not yet by {share}",
        }[self.kind]


def reliably_improved(instrument: Instrument, first: Number, latest: Number) -> bool:
    """Return whether a score has fallen by a published reliable change; not where nobody published one."""
    limit = instrument.reliable_change
    return limit is not None and first - latest >= limit


def flags(
    course: ScoreCourse,
    instrument: Instrument,
    policy: TargetPolicy,
    *,
    active: bool = True,
    today: date | None = None,
) -> tuple[TargetFlag, ...]:
    """Return the flags of one course of scores, in order; without ``today`` no measure can be due.

    Raises:
        RuleViolation: When the instrument has no target, or the scores or dates cannot be.
    """
    if instrument.id not in policy.instruments:
        raise RuleViolation(f"{instrument.name} is not one of the measures that are treated to target.")
    low, high = instrument.total_min, instrument.total_max
    scores = (course.baseline, course.latest, course.low)
    if not all(low <= each <= high for each in scores):
        raise RuleViolation(f"{instrument.name} totals run {low} to {high}.")
    if course.latest_on < course.baseline_on:
        raise RuleViolation("The latest score cannot be earlier than the first. Check the dates.")
    if today is not None and today < course.latest_on:
        raise RuleViolation("The latest score cannot be in the future. Check the dates.")
    due = active and today is not None and (today - course.latest_on).days > policy.measure_days
    fired = _fired(course, instrument, policy, due=due)
    return tuple(
        TargetFlag(kind=kind, instrument=instrument, policy=policy, course=course, today=today)
        for kind in fired
    )


def target_flags(
    facts: EpisodeFacts,
    instrument: Instrument,
    policy: TargetPolicy,
    *,
    today: date,
    scores: Sequence[Scored] | None = None,
) -> tuple[TargetFlag, ...]:
    """Return the flags of one instrument for a patient; a closed episode has none.

    The first score is that of the episode (see :func:`collabcare.domain.outcomes.baseline_of`), and the
    lowest is the lowest since. Prorated scores count, and the sentence says so. ``scores`` are the episode's
    standing scores of the instrument, where they are at hand already.
    """
    if (
        instrument.id not in policy.instruments
        or facts.closed_on is not None
        or facts.patient.died_on is not None
    ):
        return ()
    if scores is None:
        scores = scores_in_episode(facts, instrument.id)
    if not scores:
        return _never_measured(facts, instrument, policy, today)
    course = _course_of(facts, scores)
    due = facts.phase in IN_TREATMENT and (today - course.latest_on).days > policy.measure_days
    return tuple(
        [
            TargetFlag(kind, instrument, policy, course, today)
            for kind in _fired(course, instrument, policy, due=due)
        ]
    )


def naming_those_beside(
    flags: list[TargetFlag],
    facts: EpisodeFacts,
    measured: Sequence[tuple[Instrument, Sequence[Scored]]],
) -> list[TargetFlag]:
    """Have the flags that say too little has changed name the other measures that reliably improved.

    ``measured`` has each instrument treated to target with the episode's standing scores.
    """
    if len(measured) < _A_PAIR or not [flag for flag in flags if flag.kind in _TOO_LITTLE]:
        return flags
    better: dict[str, str] = {}
    for instrument, scores in measured:
        (first, baseline), (last, latest) = baseline_of(facts, scores), scores[-1]
        if reliably_improved(instrument, baseline, latest):
            from_to = (
                _score(baseline, prorated=first.prorated),
                _score(latest, prorated=last.prorated),
            )
            better[instrument.name] = f"{instrument.name} {' to '.join(from_to)}"
    if not better:
        return flags
    return [
        flag._replace(beside=tuple(words for name, words in better.items() if name != flag.instrument.name))
        if flag.kind in _TOO_LITTLE
        else flag
        for flag in flags
    ]


def _course_of(facts: EpisodeFacts, scores: Sequence[Scored]) -> ScoreCourse:
    (first, baseline), (last, latest) = baseline_of(facts, scores), scores[-1]
    since = first.taken_on
    lowest = min([total for measure, total in scores if measure.taken_on >= since])
    return ScoreCourse(baseline, since, latest, last.taken_on, lowest, first.prorated, last.prorated)


def _never_measured(
    facts: EpisodeFacts, instrument: Instrument, policy: TargetPolicy, today: date
) -> tuple[TargetFlag, ...]:
    if facts.phase not in IN_TREATMENT or not (attended := facts.attended):
        return ()
    since = attended[0].on
    if (today - since).days <= policy.measure_days:
        return ()
    kind = Flag.MEASURE_DUE
    return (
        TargetFlag(kind=kind, instrument=instrument, policy=policy, course=None, today=today, since=since),
    )


def _fired(course: ScoreCourse, instrument: Instrument, policy: TargetPolicy, *, due: bool) -> list[Flag]:
    """Return what the rules say of a course, in the order it is shown."""
    first, latest, days = course.baseline, course.latest, course.days
    limit, fell = instrument.reliable_change, first - latest
    remission = policy.is_remission(latest)
    response = policy.is_response(first, latest)
    well = remission or response
    short_of_target = not well and first >= policy.target_baseline
    fired = []
    if latest - course.low >= policy.worsening_rise or (limit is not None and -fell >= limit):
        fired.append(Flag.WORSENING)
    if short_of_target and days >= policy.consult_days:
        fired.append(Flag.CONSULT)
    if short_of_target and days >= policy.not_improving_days:
        fired.append(Flag.NOT_IMPROVING)
    elif short_of_target and days >= policy.early_check_days and _is_little(fell, limit, policy):
        fired.append(Flag.EARLY_CHECK)
    if due:
        fired.append(Flag.MEASURE_DUE)
    if remission:
        fired.append(Flag.REMISSION)
    if response:
        fired.append(Flag.RESPONSE)
    if not well and fell >= policy.partial_fall:
        fired.append(Flag.PARTIAL)
    return fired


def _is_little(fell: Number, limit: Number | None, policy: TargetPolicy) -> bool:
    """Return whether a score fell by little: a reliable improvement, of GAD-7 4 points, is not."""
    return fell < policy.partial_fall and (limit is None or fell < limit)


def _course_words(name: str, course: ScoreCourse) -> str:
    latest = f"{_score(course.latest, prorated=course.latest_prorated)} on {fmt_date(course.latest_on)}"
    if course.latest_on == course.baseline_on:
        return f"{name} {latest}"
    first = _score(course.baseline, prorated=course.baseline_prorated)
    return f"{name} {first} on {fmt_date(course.baseline_on)}, {latest}"


def _score(total: Number, *, prorated: bool) -> str:
    return f"{total} (prorated score)" if prorated else str(total)
