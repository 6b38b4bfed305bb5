"""Answering the ``rules`` commands: the answer of a rule under stable keys, as JSON or as lines to read."""

from __future__ import annotations

import json
import sys
from decimal import Decimal
from typing import TYPE_CHECKING

from collabcare.cli import rule_answers, score_answers
from collabcare.domain.display import fmt_date

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from collabcare.cli.rule_answers import Answer

_ANSWERS: dict[str, Callable[[Namespace], Answer]] = {
    "score": score_answers.score,
    "change": score_answers.change,
    "outcome": score_answers.outcome,
    "treat-to-target": score_answers.treat_to_target,
    "ladder": rule_answers.ladder,
    "wait": rule_answers.wait,
    "working-day": rule_answers.working_day,
    "nhs-number": rule_answers.nhs_number,
    "retention": rule_answers.retention,
}


def rules(args: Namespace) -> None:
    """Print what a rule makes of the numbers typed.

    Raises:
        RuleViolation: With one sentence, when they cannot be what they are said to be.
    """
    if args.rule == "pathway":
        sys.stdout.write(_pathway(args))
        return
    answer = _ANSWERS[args.rule](args)
    sys.stdout.write(as_json(answer) if args.json else as_lines(answer))


def _pathway(args: Namespace) -> str:
    """Write one service model with its quotations, or the list of those there are."""
    from collabcare.domain.pathway_page import pathway_record, pathway_text

    if args.name is None:
        models = {each.id: each.name for each in rule_answers.pathways().values()}
        return as_json(models) if args.json else as_lines(dict(models))
    model = rule_answers.pathway_named(args.name)
    if not args.json:
        return f"{pathway_text(model)}\n"
    return as_json({**pathway_record(model), "rule": "Service model", "source": model.source})


def as_json(answer: object) -> str:
    """Write an answer for a machine: ISO dates, null for what is not known."""
    return json.dumps(answer, indent=2, ensure_ascii=False, default=_plain) + "\n"


def as_lines(answer: Answer) -> str:
    """Write an answer for a reader, one key to a line; a list stands under its key."""
    width = max(len(key) for key in answer) + 2
    lines: list[str] = []
    for key, value in answer.items():
        if isinstance(value, list) and value:
            lines += [f"{key}:", *(f"  {_row(each)}" for each in value)]
        else:
            lines.append(f"{key + ':':<{width}}{_words(value)}")
    return "\n".join(lines) + "\n"


def _plain(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return str(value)


def _row(value: object) -> str:
    if not isinstance(value, dict):
        return _words(value)
    return "  ".join(_words(each) for each in value.values() if each is not None)


def _words(value: object) -> str:
    if value is None:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{key} {_words(each)}" for key, each in value.items()) or "none"
    if isinstance(value, list):
        return "none"
    return fmt_date(value) if rule_answers.is_day(value) else str(value)
