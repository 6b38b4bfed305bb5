"""When to ask again what somebody needs to understand us, and what an appointment then needs.

Source: NHS Accessible Information Standard (DCB1605): needs are asked about, recorded, flagged, shared, met
and reviewed. How long an answer holds is this project's default.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from collabcare.domain.communication_needs import USUAL, needs_said
from collabcare.domain.display import fmt_date
from collabcare.domain.languages import language_words
from collabcare.domain.months import add_months
from collabcare.domain.suggestion import Suggestion, Used

if TYPE_CHECKING:
    from datetime import date

    from collabcare.domain.reach_facts import ReachFacts
    from collabcare.domain.reengagement_policy import ReachPolicy


_ASKED_ABOUT = 2


def interpreter_words(reach: ReachFacts) -> str:
    """Return which interpreter somebody needs, as screens say it; nothing when none is recorded."""
    if not reach.interpreter_language:
        return ""
    who = reach.interpreter_gender
    wish = f"rather {who}" if who in {"a woman", "a man"} else ""
    parts = (language_words(reach.interpreter_language), reach.interpreter_dialect, wish)
    return ", ".join(part for part in parts if part)


def needs_to_share(reach: ReachFacts) -> str:
    """Return what somebody needs to understand us and be understood, for whoever cares for them as well.

    Nothing where none is recorded, which is not "none": nobody may have asked.
    """
    formats = needs_said(code for code in reach.information_formats if code not in USUAL)
    methods = needs_said(code for code in reach.communication_methods if code not in USUAL)
    named = (
        ("interpreter", interpreter_words(reach)),
        ("letters and leaflets", formats),
        ("talking together", methods),
        ("communication professional", reach.communication_professional),
        ("support from a carer", reach.carer_support),
    )
    return "; ".join(f"{what}: {words}" for what, words in named if words)


def needs_to_ask(reach: ReachFacts, policy: ReachPolicy, *, today: date) -> Suggestion | None:
    """Return the prompt to ask about communication needs: nobody has, not all, or too long ago; else None.

    An answer holds for so many whole months: on the corresponding day it still does.
    """
    asked_on = reach.needs_reviewed_on
    missing = not_asked(reach)
    if asked_on is None and not missing:
        sentence = "Nobody noted when communication needs were last asked about. Consider asking."
    elif asked_on is None and len(missing) == _ASKED_ABOUT:
        sentence = "Nobody has asked what they need to understand us and be understood. Consider asking."
    elif asked_on is not None and today > add_months(asked_on, policy.ask_again_months):
        sentence = (
            f"Communication needs were last asked about on {fmt_date(asked_on)}, more than "
            f"{policy.ask_again_months} months ago. Consider asking again."
        )
    elif missing:
        sentence = f"Nobody has asked about {' and '.join(missing)} yet. Consider asking."
    else:
        return None
    return Suggestion(
        sentence=sentence,
        rule=f"{policy.rule}.ask_again",
        used=(Used("Communication needs last asked", asked_on),),
        source=policy.source,
    )


def not_asked(reach: ReachFacts) -> tuple[str, ...]:
    """Return what has no answer although needs were asked about: "none needed" would be one."""
    asked = (
        ("the format of letters", reach.information_formats),
        ("the way of talking together", reach.communication_methods),
    )
    return tuple(what for what, answer in asked if not answer)


def interpreter_to_book(
    reach: ReachFacts, policy: ReachPolicy, *, booked: bool | None, on: date | None = None
) -> Suggestion | None:
    """Return the warning that an appointment needs an interpreter and none is booked; else None.

    ``booked`` is None where nobody noted it, which is not a yes.
    """
    if not reach.interpreter_language or booked:
        return None
    which = interpreter_words(reach)
    used = (Used("Interpreter needed", which), Used("Interpreter booked", booked))
    return Suggestion(
        sentence=f"They need an interpreter ({which}), and none is booked.",
        rule=f"{policy.rule}.interpreter",
        used=used if on is None else (Used("Appointment on", on), *used),
        source=policy.source,
    )
