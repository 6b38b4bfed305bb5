"""What a service model's file says of people, times and routes: each part with the words of its source."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from collabcare.domain.caps import Cap, CapUnit, ContactForm
from collabcare.domain.clocks import Clock, ClockEvent, Counted
from collabcare.domain.codes import ReferralReason, ReferralSource
from collabcare.domain.eligibility import AgeLimits, Boundary, Referrers
from collabcare.domain.first_contact_gates import Gate, GateBefore
from collabcare.domain.plan_facts import MilestoneKind
from collabcare.domain.quotation import Certainty, Quotation
from collabcare.domain.service_model import Appointment, ReviewInterval, Span, Statement

if TYPE_CHECKING:
    from collabcare.catalogue.toml_file import TomlTable

_NOT_GROUPS = (ContactForm.ONE_TO_ONE, ContactForm.JOINT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoter:
    """Reads the quotation of a figure: its ``words`` and, where they differ, ``certainty`` and ``from``."""

    source: str
    certainty: Certainty | None

    @classmethod
    def of(cls, table: TomlTable) -> Quoter:
        """Take what a file says of all its figures."""
        certainty = table.choice("certainty", Certainty) if table.has("certainty") else None
        return cls(source=table.text("source"), certainty=certainty)

    def quotation(self, entry: TomlTable) -> Quotation:
        """Take the quotation out of the table of a figure."""
        certainty = self.certainty
        if certainty is None or entry.has("certainty"):
            certainty = entry.choice("certainty", Certainty)
        return Quotation(
            words=entry.text("words"),
            certainty=certainty,
            source=entry.optional_text("from") or self.source,
        )


def statements(table: TomlTable, key: str, quoter: Quoter) -> tuple[Statement, ...]:
    """Take a list of statements that may be absent."""
    found = []
    for entry in _entries(table, key):
        found.append(Statement(name=entry.text("name"), quotation=quoter.quotation(entry)))
        entry.done()
    return tuple(found)


def age_limits(table: TomlTable, quoter: Quoter) -> AgeLimits | None:
    """Take the ages a model is for, where its source speaks of them."""
    if not table.has("age"):
        return None
    age = table.table("age")
    limits = AgeLimits(
        all_ages=age.has("all_ages") and age.truth("all_ages"),
        least=age.optional_whole("least", least=1),
        least_is=age.choice("least_is", Boundary) if age.has("least") else Boundary.REACHED,
        most=age.optional_whole("most", least=1),
        not_for=age.choices("not_for", ReferralReason) if age.has("not_for") else (),
        quotation=quoter.quotation(age),
    )
    age.done()
    if limits.all_ages and (limits.least, limits.most) != (None, None):
        raise age.fault("all_ages", "leaves no room for least or most")
    if limits.least is not None and limits.most is not None and limits.most < limits.least:
        raise age.fault("most", "must not be below least")
    return limits


def referrers(table: TomlTable, quoter: Quoter) -> Referrers | None:
    """Take who may refer, where the source says."""
    if not table.has("referral"):
        return None
    referral = table.table("referral")
    found = Referrers(
        anyone=referral.has("anyone") and referral.truth("anyone"),
        none_needed=referral.has("none_needed") and referral.truth("none_needed"),
        sources=referral.choices("sources", ReferralSource) if referral.has("sources") else (),
        quotation=quoter.quotation(referral),
    )
    referral.done()
    if found.sources and (found.anyone or found.none_needed):
        raise referral.fault("sources", "are for a model that not everybody may refer to")
    return found


def caps(table: TomlTable, quoter: Quoter, warn_before: int) -> tuple[Cap, ...]:
    """Take the caps; one that does not say when to warn does so ``warn_before`` it is reached."""
    return tuple(_cap(entry, quoter, warn_before) for entry in _entries(table, "caps"))


def _cap(entry: TomlTable, quoter: Quoter, warn_before: int) -> Cap:
    least, most = entry.optional_whole("least", least=1), entry.optional_whole("most", least=1)
    warn_at = entry.optional_whole("warn_at", least=1)
    usual = entry.has("usual") and entry.truth("usual")
    if least is None and most is None:
        raise entry.fault("most", "or least must be given")
    if most is not None and least is not None and most < least:
        raise entry.fault("most", "must not be below least")
    if warn_at is not None and (most is None or warn_at >= most):
        raise entry.fault("warn_at", "must be below most")
    ours = None if most is None or usual or most <= warn_before else most - warn_before
    cap = Cap(
        name=entry.text("name"),
        unit=entry.choice("unit", CapUnit),
        least=least,
        most=most,
        warn_at=ours if warn_at is None else warn_at,
        warning_stated=warn_at is not None,
        counts=entry.choices("counts", ContactForm) if entry.has("counts") else _NOT_GROUPS,
        usual=usual,
        quotation=quoter.quotation(entry),
    )
    entry.done()
    if not cap.counts:
        raise entry.fault("counts", "must name a form of contact")
    return cap


def clocks(table: TomlTable, quoter: Quoter) -> tuple[Clock, ...]:
    """Take the clocks."""
    return tuple(_clock(entry, quoter) for entry in _entries(table, "clocks"))


def _clock(entry: TomlTable, quoter: Quoter) -> Clock:
    clock = Clock(
        name=entry.text("name"),
        start=entry.choice("start", ClockEvent),
        stop=entry.choice("stop", ClockEvent),
        length=entry.optional_whole("length", least=1),
        span=entry.choice("span", Span),
        counted=entry.choice("counted", Counted),
        quotation=quoter.quotation(entry),
    )
    entry.done()
    if clock.stop is clock.start:
        raise entry.fault("stop", "must be another event than start")
    if clock.span is Span.MONTHS:
        raise entry.fault("span", "must be hours, days or weeks")
    if clock.span is Span.HOURS and clock.counted is not Counted.ELAPSED:
        raise entry.fault("counted", "must be elapsed for a clock in hours")
    if clock.counted is Counted.WORKING and clock.span is not Span.DAYS:
        raise entry.fault("counted", "can be working only for a clock in days")
    return clock


def gates(table: TomlTable, quoter: Quoter) -> tuple[Gate, ...]:
    """Take the gates before first contact."""
    found = []
    for entry in _entries(table, "gates"):
        gate = Gate(
            name=entry.text("name"),
            milestone=entry.choice("milestone", MilestoneKind),
            before=entry.choice("before", GateBefore),
            quotation=quoter.quotation(entry),
        )
        entry.done()
        found.append(gate)
    return tuple(found)


def appointments(table: TomlTable, quoter: Quoter) -> tuple[Appointment, ...]:
    """Take the kinds of appointment."""
    found = []
    for entry in _entries(table, "appointments"):
        kind = Appointment(
            name=entry.text("name"),
            least_minutes=entry.optional_whole("least_minutes", least=1),
            most_minutes=entry.optional_whole("most_minutes", least=1),
            how_many=entry.optional_whole("how_many", least=1),
            days_apart=entry.optional_whole("days_apart", least=1),
            quotation=quoter.quotation(entry),
        )
        entry.done()
        if kind.most_minutes is not None and kind.most_minutes < (
            kind.least_minutes or kind.most_minutes + 1
        ):
            raise entry.fault("most_minutes", "must not be below least_minutes, which it needs")
        found.append(kind)
    return tuple(found)


def reviews(table: TomlTable, quoter: Quoter) -> tuple[ReviewInterval, ...]:
    """Take how often the source says that supervision or a review is held."""
    found = []
    for entry in _entries(table, "reviews"):
        interval = ReviewInterval(
            name=entry.text("name"),
            every=entry.whole("every", least=1),
            at_most_every=entry.optional_whole("at_most_every", least=1),
            span=entry.choice("span", Span),
            quotation=quoter.quotation(entry),
        )
        entry.done()
        if interval.at_most_every is not None and interval.at_most_every <= interval.every:
            raise entry.fault("at_most_every", "must be above every")
        found.append(interval)
    return tuple(found)


def _entries(table: TomlTable, key: str) -> tuple[TomlTable, ...]:
    return table.tables(key) if table.has(key) else ()
