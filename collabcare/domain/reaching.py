"""How a patient may be reached: what is safe, what nobody has asked about, and what must not be used.

"Not asked" is never a yes. A live call and a letter are the ways the NHS uses unless told otherwise, so they
may be used with care while nobody has asked; a voicemail, text or email waits for an answer. The format and
the language a person needs come first (NHS Accessible Information Standard, DCB1605).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from collabcare.domain.accommodation import accommodation
from collabcare.domain.communication_needs import needs_said
from collabcare.domain.demographics import InterpreterAtContact
from collabcare.domain.errors import RuleViolation
from collabcare.domain.languages import SIGNED, language_words
from collabcare.domain.reengagement import Channel
from collabcare.domain.searching import fold
from collabcare.domain.suggestion import Used

if TYPE_CHECKING:
    from collections.abc import Iterator

    from collabcare.domain.facts import ContactFact, EpisodeFacts
    from collabcare.domain.reach_facts import ReachFacts
    from collabcare.domain.reengagement import Rung
    from collabcare.domain.reengagement_policy import ReachPolicy


class Route(StrEnum):
    """A way of reaching a patient; more than the channels an attempt is recorded under."""

    CALL = "call"
    TEXT_RELAY = "text_relay"
    VOICEMAIL = "voicemail"
    TEXT = "text"
    EMAIL = "email"
    LETTER = "letter"
    VISIT = "visit"
    NOMINATED_CONTACT = "nominated_contact"
    SUPPORT_WORKER = "support_worker"
    GP_PRACTICE = "gp_practice"
    SUPERVISION = "supervision"

    @property
    def channel(self) -> Channel:
        """Return what an attempt by this way is recorded under."""
        return _CHANNEL.get(self) or Channel(self.value)


ROUTE_WORDS = {
    Route.CALL: "Call",
    Route.TEXT_RELAY: "Text relay",
    Route.VOICEMAIL: "Voicemail",
    Route.TEXT: "Text message",
    Route.EMAIL: "Email",
    Route.LETTER: "Letter",
    Route.VISIT: "Visit",
    Route.NOMINATED_CONTACT: "Somebody they named",
    Route.SUPPORT_WORKER: "A worker where they stay",
    Route.GP_PRACTICE: "GP practice",
    Route.SUPERVISION: "Supervision",
}
"""Each way as screens name it."""
_CHANNEL = {
    Route.TEXT_RELAY: Channel.CALL,
    Route.VOICEMAIL: Channel.CALL,
    Route.NOMINATED_CONTACT: Channel.CALL,
    Route.SUPPORT_WORKER: Channel.CALL,
}


_CHANNELS = frozenset(Channel)


class Standing(StrEnum):
    """Whether a way may be used."""

    USE = "use"
    ASK_FIRST = "ask_first"
    NOT_TO_BE_USED = "not_to_be_used"


class Way(NamedTuple):
    """One way, whether it may be used, and why or how in a sentence."""

    route: Route
    standing: Standing
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SafeWays:
    """Every way for one patient, and those that fit the rung, best first."""

    ways: tuple[Way, ...]
    suggested: tuple[Route, ...]
    rule: str
    used: tuple[Used, ...]
    source: str
    preferred: Channel | None = None

    def way(self, route: Route) -> Way:
        """Return what holds for one way."""
        return next(way for way in self.ways if way.route is route)

    @property
    def may_use(self) -> tuple[Way, ...]:
        """Return the ways that may be used."""
        return tuple(way for way in self.ways if way.standing is Standing.USE)

    @property
    def worth_telling(self) -> tuple[Way, ...]:
        """Return what to read before trying: what is suggested, then what else may be used, then what not.

        What they prefer comes before all of it where it may be used, also when the step asks for another way.
        That somebody named nobody, stays in no hostel or needs no relay goes without saying; so does that the
        GP practice and the supervisor may be asked, where the step does not ask for it.
        """
        told = [
            way
            for way in self.ways
            if way.route in self.suggested
            or (way.route not in _WITH_OTHERS and (way.route not in _RARE or way.standing is Standing.USE))
        ]
        first = [way for route in self.suggested for way in told if way.route is route]
        rest = sorted((way for way in told if way not in first), key=lambda way: _ORDER[way.standing])
        return tuple(sorted((*first, *rest), key=lambda way: not self._is_preferred(way)))

    @property
    def sentence(self) -> str:
        """Return what the practitioner reads first: how to do what is suggested."""
        return " ".join(self.way(route).sentence for route in self.suggested)

    def _is_preferred(self, way: Way) -> bool:
        usable = way.standing is Standing.USE and way.route not in _INSTEAD
        return usable and way.route.channel == self.preferred


_BSL = "q4"
_INSTEAD = frozenset({Route.VOICEMAIL, Route.NOMINATED_CONTACT, Route.SUPPORT_WORKER})
_RARE = frozenset({Route.TEXT_RELAY, Route.NOMINATED_CONTACT, Route.SUPPORT_WORKER})
_WITH_OTHERS = frozenset({Route.GP_PRACTICE, Route.SUPERVISION})
_ORDER = {standing: place for place, standing in enumerate(Standing)}


_IN_THEIR_PLACE = {InterpreterAtContact.FAMILY_OR_FRIEND.value, InterpreterAtContact.OTHER_PERSON.value}


def interpreter_missing(contact: ContactFact, reach: ReachFacts) -> bool:
    """Return whether no professional interpreter is known to have been there, for a patient who needs one.

    That none was required there takes nothing from what the details say: they hold until they are changed. A
    relative or somebody else in their place is no interpreter, and neither is one whom nobody had booked.
    """
    if not reach.interpreter_language:
        return False
    present = contact.interpreter == InterpreterAtContact.PROFESSIONAL.value
    return not present or contact.interpreter_booked is False


def interpreter_known(contact: ContactFact) -> str:
    """Return what is known of the interpreter at a contact: who came, or else whether one was booked."""
    if contact.interpreter is not None:
        label = InterpreterAtContact(contact.interpreter).label
        return f"{label[:1].lower()}{label[1:]}"
    booked = {True: "booked", False: "not booked", None: "nobody noted whether one was booked"}
    return booked[contact.interpreter_booked]


def missing_interpreter_words(contact: ContactFact) -> str:
    """Say of somebody who needs an interpreter what is known of theirs, and claim no more than is noted."""
    if contact.interpreter == InterpreterAtContact.NOT_REQUIRED:
        return "Needs an interpreter by their details, though “not required” was noted"
    if contact.interpreter == InterpreterAtContact.DID_NOT_ATTEND:
        return "Needs an interpreter, and the one booked did not come"
    if contact.interpreter in _IN_THEIR_PLACE:
        return f"Needs an interpreter, and there was no professional one: {interpreter_known(contact)}"
    return {
        True: "Needs an interpreter; one was booked, and nobody noted whether they came",
        False: "Needs an interpreter and had none booked",
        None: "Needs an interpreter, and nobody noted whether one was booked",
    }[contact.interpreter_booked]


def may_post_home(facts: EpisodeFacts) -> bool:
    """Return whether nothing speaks against posting to where a patient lives; not having asked does not."""
    reach = facts.reach
    unsafe = reach.letters_safe is False or no_letter_home(reach.accommodation)
    return facts.patient.died_on is None and not unsafe


def no_letter_home(code: str | None) -> bool:
    """Return whether a letter to this home may be lost or unsafe; a code nobody knows is not trusted."""
    if not code:
        return False
    try:
        return accommodation(code).letters_unsuitable
    except RuleViolation:
        return True


def needs_text_relay(reach: ReachFacts, policy: ReachPolicy) -> bool:
    """Return whether the recorded needs mean that a voice call cannot be heard."""
    needs = fold(needs_said((*reach.communication_methods, *reach.information_formats)))
    return any(word in needs for word in policy.text_relay_for)


def not_to_be_rung(reach: ReachFacts, policy: ReachPolicy) -> bool:
    """Return whether a letter is not to speak of ringing: it is not safe, or they sign or need a relay."""
    return reach.telephone_safe is False or bool(sign_language(reach)) or needs_text_relay(reach, policy)


def sign_language(reach: ReachFacts) -> str:
    """Return the language they use where it is a signed one, which has no written form; else nothing."""
    code = (reach.interpreter_language or "").strip().lower()
    if code in SIGNED:
        return language_words(code)
    words = re.split(r"\W+", needs_said(reach.communication_methods).casefold())
    return language_words(_BSL) if "bsl" in words else ""


def safe_ways(facts: EpisodeFacts, policy: ReachPolicy, rung: Rung | None = None) -> SafeWays:
    """Return what may be used to reach this patient, what not and why; for a rung, what fits it best.

    Where nothing that fits the rung may be used, every other way that reaches the patient is suggested. What
    the patient prefers comes first of what is suggested; it makes nothing safe that is not.
    """
    reach = facts.reach
    ways = tuple(_ways(facts, policy))
    usable = [way.route for way in ways if way.standing is Standing.USE and way.route is not Route.VOICEMAIL]
    usable.sort(key=lambda route: not _prefers(reach, route))
    wanted = rung.ways if rung else ()
    fitting = [
        route for channel in wanted for route in usable if route.channel == channel and route not in _OTHERS
    ]
    fitting.sort(key=lambda route: not _prefers(reach, route))
    too_slow = {Channel.SUPERVISION, *(rung.of.not_by if rung else ())}
    return SafeWays(
        ways=ways,
        suggested=tuple(fitting or [route for route in usable if route.channel not in too_slow]),
        rule=policy.rule,
        preferred=Channel(reach.preferred_way) if reach.preferred_way in _CHANNELS else None,
        used=(
            Used("They prefer", reach.preferred_way),
            Used("Safe to ring", reach.telephone_safe),
            Used("Safe to leave a voicemail", reach.voicemail_safe),
            Used("Safe to text", reach.text_safe),
            Used("Safe to email", reach.email_safe),
            Used("Safe to write", reach.letters_safe),
            Used("Where they live", reach.accommodation),
            Used("Format needed", needs_said(reach.information_formats) or None),
            Used("Communication need", needs_said(reach.communication_methods) or None),
            Used("Interpreter needed", reach.interpreter_language),
        ),
        source=policy.source,
    )


def _prefers(reach: ReachFacts, route: Route) -> bool:
    """Return whether this is the way the patient prefers, through their own number or address."""
    return route not in _OTHERS and route.channel == reach.preferred_way


_OTHERS = frozenset({Route.NOMINATED_CONTACT, Route.SUPPORT_WORKER})


def _ways(facts: EpisodeFacts, policy: ReachPolicy) -> Iterator[Way]:
    reach, patient = facts.reach, facts.patient
    relay = needs_text_relay(reach, policy) or bool(sign_language(reach))
    telephone = patient.telephone or patient.other_telephone
    yield from _phone(telephone, reach, policy, relay=relay)
    for route, safe, what in (
        (Route.TEXT, reach.text_safe, "texts"),
        (Route.EMAIL, reach.email_safe, "emails"),
    ):
        if route is Route.TEXT and not telephone:
            yield Way(route, Standing.NOT_TO_BE_USED, "No telephone number is recorded.")
        else:
            plain = "Write plain English. " if sign_language(reach) else ""
            yield _asked(route, safe, what, f"{plain}Give no detail; ask them to get in touch.")
    yield _letter(facts)
    yield _visit(facts)
    yield from _others(reach)
    yield Way(
        Route.GP_PRACTICE, Standing.USE, "Ask the GP practice when they were last seen and how to reach them."
    )
    yield Way(Route.SUPERVISION, Standing.USE, "Talk it over with the supervisor.")


def _phone(telephone: str | None, reach: ReachFacts, policy: ReachPolicy, *, relay: bool) -> Iterator[Way]:
    """Return the ways that go through their telephone; text relay takes the place of a voice call."""
    if not telephone or reach.telephone_safe is False:
        why = "Ringing is recorded as not safe." if telephone else "No telephone number is recorded."
        for route in (Route.CALL, Route.TEXT_RELAY, Route.VOICEMAIL):
            yield Way(route, Standing.NOT_TO_BE_USED, why)
        return
    ask = "" if reach.telephone_safe else " Nobody has asked whether ringing is safe: ask at once who hears."
    spoken = language_words(reach.interpreter_language or "")
    with_interpreter = f" Have an interpreter on the call ({spoken})." if spoken else ""
    if signed := sign_language(reach):
        why = f"A voice call does not reach them: they use {signed}."
        yield Way(Route.CALL, Standing.NOT_TO_BE_USED, why)
        on_call = with_interpreter or f" Have an interpreter on the call ({signed})."
        through = f"Call through a relay, by video or by text.{ask}{on_call}"
        yield Way(Route.TEXT_RELAY, Standing.USE, through)
        yield Way(Route.VOICEMAIL, Standing.NOT_TO_BE_USED, "A voicemail does not reach them.")
        return
    if relay:
        yield Way(Route.CALL, Standing.NOT_TO_BE_USED, "A voice call does not reach them: use text relay.")
        yield Way(Route.TEXT_RELAY, Standing.USE, f"Call through text relay.{ask}{with_interpreter}")
        yield Way(Route.VOICEMAIL, Standing.NOT_TO_BE_USED, "A voicemail does not reach them.")
        return
    yield Way(Route.CALL, Standing.USE, f"Call.{ask}{with_interpreter}")
    yield Way(Route.TEXT_RELAY, Standing.ASK_FIRST, "No need for text relay is recorded.")
    yield _asked(Route.VOICEMAIL, reach.voicemail_safe, "voicemails", policy.voicemail_words)


def _asked(route: Route, safe: bool | None, what: str, how: str) -> Way:  # noqa: FBT001 - None is "not asked"
    if safe is None:
        return Way(route, Standing.ASK_FIRST, f"Nobody has asked whether {what} are safe: ask first.")
    if not safe:
        return Way(route, Standing.NOT_TO_BE_USED, f"{what.capitalize()} are recorded as not safe.")
    return Way(route, Standing.USE, how)


def _letter(facts: EpisodeFacts) -> Way:
    reach, patient = facts.reach, facts.patient
    instead = "Use the telephone, the GP practice or a worker where they stay."
    if reach.letters_safe is False:
        return Way(
            Route.LETTER, Standing.NOT_TO_BE_USED, f"Letters are recorded as not safe. Send none. {instead}"
        )
    if no_letter_home(reach.accommodation):
        return Way(
            Route.LETTER,
            Standing.NOT_TO_BE_USED,
            f"Where they live a letter may be lost or unsafe. Send none. {instead}",
        )
    if not patient.address or not patient.postcode:
        return Way(Route.LETTER, Standing.NOT_TO_BE_USED, f"No address to write to is recorded. {instead}")
    needed = needs_said(reach.information_formats)
    form = f" in the format they need ({needed})" if needed else ""
    read = language_words(reach.interpreter_language or "")
    language = f" and in their language ({read})" if read else ""
    signed = sign_language(reach)
    if signed and (not read or read == signed):
        language = f" in plain English ({signed} has no written form)"
    ask = "" if reach.letters_safe else " Nobody has asked whether letters are safe: ask when you speak."
    return Way(Route.LETTER, Standing.USE, f"Write{form}{language}, without clinical detail.{ask}")


def _visit(facts: EpisodeFacts) -> Way:
    if no_letter_home(facts.reach.accommodation) or not facts.patient.address:
        return Way(Route.VISIT, Standing.ASK_FIRST, "Ask where they stay and whether a visit is safe there.")
    if facts.reach.letters_safe is False:
        return Way(
            Route.VISIT, Standing.ASK_FIRST, "This address is not safe for letters: agree a visit first."
        )
    return Way(Route.VISIT, Standing.ASK_FIRST, "Agree a visit with the supervisor first.")


def _others(reach: ReachFacts) -> Iterator[Way]:
    """Return the people who may be asked to pass a message on, with consent only."""
    named = reach.nominated_contact
    if not named:
        standing, words = Standing.NOT_TO_BE_USED, "They have named nobody we may ring."
    elif not reach.nominated_contact_consent:
        standing, words = Standing.NOT_TO_BE_USED, f"No consent to ring {named} is recorded."
    else:
        standing, words = Standing.USE, f"Ring {named}: say only that you would like them to get in touch."
    yield Way(Route.NOMINATED_CONTACT, standing, words)
    if no_letter_home(reach.accommodation):
        yield Way(
            Route.SUPPORT_WORKER,
            Standing.USE,
            "Ask a worker where they stay to pass on your name and number, and nothing more.",
        )
    else:
        yield Way(Route.SUPPORT_WORKER, Standing.NOT_TO_BE_USED, "No hostel or refuge is recorded.")
