"""Answers about questionnaires for the ``rules`` commands."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from collabcare.cli.rule_answers import MINUS, Answer, instruments, shortened, whole
from collabcare.domain.errors import RuleViolation
from collabcare.domain.instruments import Instrument, score_total
from collabcare.domain.instruments import score as score_answers
from collabcare.domain.scoring import Method
from collabcare.paths import resources_dir

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from collabcare.domain.goals import GoalsChange
    from collabcare.domain.tally import Number, Subscales

_BLANKS = {"-", "‐", "‑", "‒", "–", "—", "―", "−", "blank"}  # noqa: RUF001 - the dashes people paste
_NOT_APPLICABLE = {"na", "n/a"}
_DECIMAL = re.compile(rf"[-+{MINUS}]?[0-9]{{1,12}}(\.[0-9]{{1,12}})?")
"""A number as people write one: an exponent, which may take for ever to write out, is not."""


def instrument_named(name: str) -> Instrument:
    """Return a questionnaire by its id, however it is capitalised.

    Raises:
        RuleViolation: Naming those there are.
    """
    known = instruments()
    found = known.get("".join(each for each in name.casefold() if each.isalnum()))
    if found is None:
        raise RuleViolation(f"There is no questionnaire '{name}'. There are: {', '.join(sorted(known))}.")
    return found


def score(args: Namespace) -> Answer:
    """Score the answers typed, or a total."""
    instrument = instrument_named(args.instrument)
    if bool(args.answers) == (args.total is not None):
        raise RuleViolation(f"Type the answers to {instrument.name}, or --total and its total.")
    if args.total is not None and _has_no_total(instrument):
        raise RuleViolation(f"{instrument.name} has no total. Type its answers.")
    total = _lone_total(instrument, args.answers) if args.total is None else args.total
    if total is None:
        scored = score_answers(instrument, _answers(instrument, args.answers))
    else:
        scored = score_total(instrument, number(instrument, total))
    return {
        "instrument": instrument.name,
        "total": None if instrument.method is Method.PROFILE else scored.total,
        "metric": scored.metric,
        "prorated": scored.prorated,
        "missing": scored.missing,
        "complete": scored.complete,
        "band": scored.band,
        "case": scored.case,
        "subscales": _subscales(instrument, scored.subscales),
        "safety": scored.safety.value,
        "notes": list(scored.notes),
        "rule": scored.rule,
        "source": scored.source,
    }


def change(args: Namespace) -> Answer:
    """Compare two totals of one questionnaire."""
    from collabcare.domain.outcomes import change_between

    instrument = instrument_named(args.instrument)
    if instrument.id == "gbo":
        return _goals(instrument, args)
    if instrument.anonymous:
        raise RuleViolation(f"{instrument.name} is anonymous and has no total. There is nothing to compare.")
    first, last = number(instrument, args.first), number(instrument, args.last)
    moved = change_between(instrument, first, last)
    notes = ["Room for change too small: the first score left no room for a reliable improvement."]
    return _changed(
        instrument,
        {
            "first": first,
            "last": last,
            "change": moved.change,
            "reliable": moved.reliable and moved.reliable.value,
            "crossed": moved.crossed,
            "significant": moved.significant,
            "notes": notes if moved.no_room else [],
        },
    )


def outcome(args: Namespace) -> Answer:
    """Work out the Talking-Therapies-equivalent outcome."""
    from collabcare.catalogue.talking_therapies import load_talking_therapies_policy
    from collabcare.domain.talking_therapies import TwoMeasures
    from collabcare.domain.talking_therapies import outcome as outcome_of

    policy = load_talking_therapies_policy(resources_dir() / "rules" / "talking_therapies.toml")
    known = instruments()
    measures = TwoMeasures(depression=known[policy.depression], anxiety=known[policy.anxiety], policy=policy)
    result = outcome_of(_pair(measures.depression, args.phq), _pair(measures.anxiety, args.gad), measures)
    return {
        "caseness": result.caseness,
        "recovered": result.recovered,
        "reliable_improvement": result.reliable_improvement,
        "reliable_deterioration": result.reliable_deterioration,
        "reliable_recovery": result.reliable_recovery,
        "mixed": result.mixed,
        "notes": [result.sentence, *result.notes],
        "rule": result.rule,
        "source": result.source,
    }


def treat_to_target(args: Namespace) -> Answer:
    """Say which treat-to-target flags are up."""
    from collabcare.catalogue.treat_to_target import load_target_policy
    from collabcare.domain.treat_to_target import ScoreCourse, flags

    policy = load_target_policy(resources_dir() / "rules" / "treat_to_target.toml")
    instrument = instrument_named(args.instrument)
    course = ScoreCourse(
        baseline=number(instrument, args.baseline),
        baseline_on=args.baseline_date,
        latest=number(instrument, args.latest),
        latest_on=args.latest_date,
        lowest=None if args.lowest is None else number(instrument, args.lowest),
    )
    up = flags(course, instrument, policy, today=args.today)
    return {
        "days": course.days,
        "flags": [each.kind.value for each in up],
        "suggestions": [each.sentence for each in up],
        "rule": policy.rule,
        "source": policy.source,
    }


def number(instrument: Instrument, text: str) -> Number:
    """Read a total: a whole number, or a mean where the instrument's number is one.

    Raises:
        RuleViolation: When it is not.
    """
    if instrument.whole_totals:
        return whole(text, instrument.name)
    if not _DECIMAL.fullmatch(text.strip()):
        raise RuleViolation(f"{instrument.name}: '{shortened(text)}' is not a number such as 4.5.")
    value = Decimal(text.strip().replace(MINUS, "-"))
    return int(value) if value == value.to_integral_value() else value


def _subscales(instrument: Instrument, subscales: Subscales) -> Answer:
    """Return the parts of a form by name, symptom clusters together under ``clusters``."""
    if instrument.method is not Method.PCL5:
        return dict(subscales)
    letters = [name for name in subscales if len(name) == 1]
    others = {name: value for name, value in subscales.items() if name not in letters}
    return {"clusters": {name.upper(): subscales[name] for name in letters}, **others}


def _changed(instrument: Instrument, found: Answer) -> Answer:
    rule = f"{instrument.name} change"
    return {"instrument": instrument.name, **found, "rule": rule, "source": instrument.source}


def _goals(instrument: Instrument, args: Namespace) -> Answer:
    from collabcare.domain.goals import goals_change

    first, last = _ratings(instrument, args.first), _ratings(instrument, args.last)
    moved = goals_change(instrument, first, last)
    reliable = "improvement" if moved.meaningful else "deterioration" if moved.mean_deteriorated else "none"
    found: Answer = {
        "first": args.first,
        "last": args.last,
        "change": moved.mean,
        "reliable": None if moved.mean is None else reliable,
        "crossed": None,
        "significant": None,
        "notes": _goal_notes(moved),
    }
    return _changed(instrument, found)


def _goal_notes(moved: GoalsChange) -> list[str]:
    """Say what one goal did, which the mean of them all may hide."""
    if moved.mean is None:
        return ["No goal was rated both times, so there is nothing to compare."]
    return [
        f"Goal {place} has moved {'away' if goal.deteriorated else 'closer'}"
        for place, goal in enumerate(moved.goals, start=1)
        if goal is not None and (goal.deteriorated or goal.meaningful)
    ]


def _has_no_total(instrument: Instrument) -> bool:
    return instrument.method in {Method.PROFILE, Method.CATEGORY}


def _lone_total(instrument: Instrument, words: Sequence[str]) -> str | None:
    """Return the one number typed for a form that is only entered as a score, None where it is an answer."""
    if len(words) != 1 or words[0] in _BLANKS or instrument.has_text:
        return None
    by_answers = _has_no_total(instrument) or instrument.id == "gbo" or instrument.answer_count == 1
    return None if by_answers else words[0]


def _ratings(instrument: Instrument, text: str) -> list[int | None]:
    return [None if each.strip() in _BLANKS else whole(each, instrument.name) for each in text.split(",")]


def _pair(instrument: Instrument, words: Sequence[str] | None) -> tuple[Number, Number] | None:
    return None if words is None else (number(instrument, words[0]), number(instrument, words[1]))


def _answers(instrument: Instrument, words: Sequence[str]) -> list[int | None]:
    """Read answers as typed; the digits of a profile may stand together, and goals that are not there too."""
    split = list(words)
    if instrument.method is Method.PROFILE and len(split[0]) > 1:
        split[:1] = list(split[0])
    answers = [_answer(instrument, place, word) for place, word in enumerate(split, start=1)]
    optional = instrument.answer_count if instrument.method is Method.PROFILE or instrument.id == "gbo" else 0
    least = instrument.item_count if instrument.method is Method.PROFILE else 1
    if least <= len(answers) < optional:
        answers += [None] * (optional - len(answers))
    return answers


def _answer(instrument: Instrument, place: int, word: str) -> int | None:
    if word in _BLANKS:
        return None
    absent = instrument.item_max + 1 if place == instrument.not_applicable_item else None
    if absent is not None and word.casefold() in _NOT_APPLICABLE:
        return absent
    answer = whole(word, f"{instrument.name} item {place}")
    if answer == absent:
        low, high = instrument.item_range(place)
        raise RuleViolation(f"{instrument.name} item {place}: answers run {low} to {high}, or na, or blank.")
    return answer
