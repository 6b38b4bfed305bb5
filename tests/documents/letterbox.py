"""Letters to look at: the shipped kinds, written about made-up people on made-up days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time
from functools import cache
from typing import TYPE_CHECKING, Any

from collabcare.catalogue.letters import load_letters
from collabcare.catalogue.safety import load_helplines
from collabcare.documents.letter_source import LetterSource
from collabcare.documents.letters import Additions, compose, render_letter
from collabcare.domain.codes import ConsultationMechanism
from collabcare.domain.ids import ContactId
from collabcare.domain.letters import LetterAuthor, LetterKind, LetterSite
from collabcare.domain.reach_facts import ReachFacts
from collabcare.domain.reengagement import AttemptOutcome, Channel
from collabcare.paths import resources_dir
from tests.builders import attempt, contact, contacts, day, facts, instruments, ladder, measure, move, pathway

if TYPE_CHECKING:
    from collections.abc import Mapping

    from collabcare.documents.composed import ComposedLetter
    from collabcare.domain.facts import EpisodeFacts
    from collabcare.domain.safety_page import Helpline

SITE = LetterSite(
    name="Elm Tree PCN mental health service",
    address=("Elm Tree Health Centre", "1 Elm Street", "Leeds"),
    postcode="LS2 2BB",
    telephone="0113 496 0123",
    is_demo=False,
)
AUTHOR = LetterAuthor(name="Jo Smith", role="Mental health practitioner")
TODAY = day(63)
TYPED = {
    "discussed": "Ms Okafor is sleeping better and has gone back to her choir.\nMornings are still hard.",
    "medication": "Sertraline 100 mg once daily, taken most days. No known allergies.",
    "safety": "We talked about what to do if things get harder. Ms Okafor has a written plan.",
    "for_patient": "Keep the activity diary\n- Ring us if the mornings get harder",
    "for_practice": "Please review sertraline by 30 March 2026",
    "for_us": "PHQ-9 and GAD-7 again on 16 March 2026 (Jo Smith)",
}


@cache
def kinds() -> dict[str, LetterKind]:
    """Return the letters the program ships."""
    return load_letters(resources_dir() / "letters")


@cache
def confirmed_lines() -> tuple[Helpline, ...]:
    """Return the crisis lines as they stand once a site has confirmed them."""
    lines = load_helplines(resources_dir() / "safety" / "helplines.toml").lines
    return tuple(replace(line, confirmed=True) for line in lines)


def in_care(**changes: Any) -> EpisodeFacts:  # noqa: ANN401 - any field of the facts
    """Return somebody seen seven times who missed once, is improving, and was moved a step up."""
    booked = contact("b", day(70), at=time(14, 30), mechanism=ConsultationMechanism.VIDEO, id=ContactId(99))
    scores = [
        measure(total, day(14 * turn), instrument=name)
        for turn in range(5)
        for name, total in (("phq9", (18, 17, 14, 12, 9)[turn]), ("gad7", (14, 13, 13, 11, 12)[turn]))
    ]
    made = facts(
        contacts=(*contacts("AAADAAAA"), booked),
        measures=tuple(scores),
        step=3,
        step_since=day(40),
        step_moves=(
            move(day(-7), from_step=None, to_step=2),
            move(day(40), reason="Sleep and work are still hard, and more contact would help"),
        ),
    )
    return replace(made, **changes)


def sought(**changes: Any) -> EpisodeFacts:  # noqa: ANN401 - as above
    """Return somebody to whom letters are safe, who missed a fourth appointment and was tried since."""
    tried = (
        attempt(1, day(21)),
        attempt(2, day(23), channel=Channel.TEXT, outcome=AttemptOutcome.SENT),
        attempt(2, day(24)),
    )
    made = facts(
        contacts=contacts("AAAD"),
        ladders=(ladder(day(21), contact_id=ContactId(4), attempts=tried),),
        reach=ReachFacts(letters_safe=True),
    )
    return replace(made, **changes)


def source(about: EpisodeFacts, today: date = TODAY, site: LetterSite = SITE) -> LetterSource:
    """Return what a letter about somebody is written from."""
    return LetterSource(
        facts=about,
        pathway=pathway(),
        instruments=instruments(),
        site=site,
        author=AUTHOR,
        today=today,
        crisis_lines=confirmed_lines(),
        reply_days=14,
    )


def letter(
    kind: str,
    about: EpisodeFacts,
    typed: Mapping[str, str] | None = None,
    **how: Any,  # noqa: ANN401 - as above
) -> ComposedLetter:
    """Put a letter together; ``how`` may be ``today``, ``site``, ``large_print`` or ``copy_to_patient``."""
    written_from = source(about, how.pop("today", TODAY), how.pop("site", SITE))
    return compose(kinds()[kind], written_from, Additions(typed=typed or {}, **how))


def page(kind: str, about: EpisodeFacts, typed: Mapping[str, str] | None = None, **how: Any) -> bytes:  # noqa: ANN401 - as above
    """Draw a letter."""
    return render_letter(letter(kind, about, typed, **how))


def only(parts: tuple[str, ...]) -> dict[str, str]:
    """Return some of what the author typed."""
    return {name: TYPED[name] for name in parts}
