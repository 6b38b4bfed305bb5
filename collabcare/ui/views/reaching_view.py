"""Reaching: who is sought, how fast and why, the safe ways, known absences, and everything tried so far."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from collabcare.domain.acting import Permission, allowed
from collabcare.domain.display import fmt_date
from collabcare.domain.episode import Phase
from collabcare.domain.foresight import search_if_paused
from collabcare.domain.gate_today import track_today
from collabcare.domain.haste import HAPPENS_ONCE
from collabcare.domain.own_words import search_to_answer
from collabcare.domain.reach_facts import PauseFact, Track
from collabcare.domain.search_letters import GP_NOTICE, KEEP_IN_TOUCH, OFFER, letters_of_step
from collabcare.services.haste import (
    EndHaste,
    MoveTrack,
    RecordHaste,
    VoidHaste,
    end_haste_fact,
    move_track,
    record_haste_fact,
    void_haste_fact,
)
from collabcare.services.pauses import (
    EndPause,
    PauseEpisode,
    ReviewPause,
    end_pause,
    pause_episode,
    review_pause,
)
from collabcare.ui.forms.attempt_head import search_now
from collabcare.ui.forms.haste_forms import HasteEndForm, HasteForm, HasteVoidForm
from collabcare.ui.forms.pause_forms import PauseEndForm, PauseForm, PauseReviewForm
from collabcare.ui.forms.track_form import TrackForm
from collabcare.ui.pages import PageName
from collabcare.ui.views.cards_page import CardsPage
from collabcare.ui.views.reaching_cards import (
    haste_card,
    history_card,
    pause_card,
    search_card,
    track_card,
    ways_card,
)
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.layouts import STRETCH, column

if TYPE_CHECKING:
    from collections.abc import Callable

    from collabcare.domain.changes import Changes
    from collabcare.domain.reach_facts import HasteFact
    from collabcare.queries.patient_page import PatientPage
    from collabcare.ui.forms.entry_form import PatientForm
    from collabcare.ui.widgets.buttons import Button

_SAID = {
    "haste": "The fact is saved. Where it asks for it, a search is on the Prompt track from now on.",
    "haste_end": "The fact is saved as over. From now on it makes us act no sooner.",
    "haste_void": "The fact is marked as entered in error. It makes us act no sooner.",
    "track": "The move between the tracks is saved. The days of the search follow it.",
    "pause_end": "The pause has ended. Care goes on, and days in a search count again.",
}
_OF_A_PAUSE: dict[str, type[PauseReviewForm | PauseEndForm]] = {
    "pause_review": PauseReviewForm,
    "pause_end": PauseEndForm,
}
_LETTER_WORDS = {
    OFFER: "Write the letter",
    KEEP_IN_TOUCH: "Write the keep-in-touch letter",
    GP_NOTICE: "Write to the GP",
}


class ReachingView(CardsPage):
    """The page with the tab "Reaching"."""

    NAME = PageName.REACHING
    SAID = _SAID

    def cards(self, page: PatientPage) -> QWidget:
        cards = QWidget()
        open_pause = _open_pause(page)
        left = column(search_card(page, self._search_acts(page)), ways_card(page), STRETCH, gap=12)
        right = column(
            track_card(page, self._track_acts(page)),
            haste_card(page, self._buttons(page, ("haste", "Add", Permission.RECORD_HASTE)), self._of(page)),
            pause_card(page, open_pause, self._pause_acts(page, open_pause)),
            STRETCH,
            gap=12,
        )
        cards.setLayout(column(TwoColumns(left, right), history_card(page), gap=12))
        return cards

    def build(self) -> None:
        super().build()
        self._paused = ""

    def said_of(self, kind: str) -> str:
        return self._paused if kind in {"pause", "pause_review"} else super().said_of(kind)

    def _search_acts(self, page: PatientPage) -> list[QWidget]:
        """Return what can be done in the search, done on the patient's own page and the letter page."""
        step = search_now(page)
        if step is None or page.facts.phase is Phase.CLOSED:
            return self._word_after_all(page)
        acts: list[QWidget] = []
        for kind, words in (
            ("attempt", "Log attempt"),
            ("reply", "They got in touch"),
            ("put_off", "Put off"),
        ):
            if allowed(self.desk.acting.role, Permission.LOG_ATTEMPT):
                acts.append(self._button(kind, words, partial(self._compose, kind)))
        if allowed(self.desk.acting.role, Permission.ISSUE_LETTER):
            letters = letters_of_step(page.facts, page.rulebook.search, step)
            acts += [self._button(kind, _LETTER_WORDS[kind], partial(self._write, kind)) for kind in letters]
        return acts

    def _word_after_all(self, page: PatientPage) -> list[QWidget]:
        """Offer to record what somebody wants now whose search ended before they were seen again."""
        here = page.facts.phase is not Phase.CLOSED and allowed(self.desk.acting.role, Permission.LOG_ATTEMPT)
        if not here or search_to_answer(page.facts) is None:
            return []
        return [self._button("reply", "They got in touch", partial(self._compose, "reply"))]

    def _track_acts(self, page: PatientPage) -> list[QWidget]:
        now = track_today(page.facts, page.rulebook, today=page.today)
        faster = now.track is Track.STANDARD
        words = "Move to the Prompt track" if faster else "Back to the Standard track"
        return self._buttons(page, ("track", words, Permission.MOVE_TRACK))

    def _pause_acts(self, page: PatientPage, pause: PauseFact | None) -> list[QWidget]:
        if pause is None:
            return self._buttons(page, ("pause", "Pause care", Permission.PAUSE_CARE))
        kinds = (("pause_review", "It goes on"), ("pause_end", "End the pause"))
        return self._buttons(page, *((kind, words, Permission.PAUSE_CARE) for kind, words in kinds))

    def _of(self, page: PatientPage) -> Callable[[HasteFact], list[QWidget]]:
        """Return what makes the buttons of one fact."""

        def acts(fact: HasteFact) -> list[QWidget]:
            if not self._may(page, Permission.RECORD_HASTE):
                return []
            found: list[QWidget] = []
            if fact.kind not in HAPPENS_ONCE and fact.ended_on is None:
                found.append(self._form_button("haste_end", "No longer holds", fact))
            return [*found, self._form_button("haste_void", "Entered in error", fact)]

        return acts

    def _buttons(self, page: PatientPage, *wanted: tuple[str, str, Permission]) -> list[QWidget]:
        return [self._form_button(kind, words) for kind, words, needs in wanted if self._may(page, needs)]

    def _form_button(self, kind: str, words: str, fact: HasteFact | None = None) -> Button:
        return self._button(kind, words, partial(self.unfold, kind, fact.id if fact else 0))

    def _button(self, kind: str, words: str, act: Callable[[], None]) -> Button:
        return self.button(f"reaching_{kind}", words, act)

    def _may(self, page: PatientPage, needs: Permission) -> bool:
        return page.facts.phase is not Phase.CLOSED and allowed(self.desk.acting.role, needs)

    def _compose(self, kind: str) -> None:
        if self.page is not None:
            self.compose_requested.emit(self.page.facts.episode_id, kind)

    def _write(self, kind: str) -> None:
        if self.page is not None:
            self.letter_requested.emit(self.page.facts.episode_id, kind)

    def form_of(self, kind: str, page: PatientPage, subject: int) -> PatientForm | None:
        acting, pause = self.desk.acting, _open_pause(page)
        if page.facts.phase is Phase.CLOSED or (pause is not None and kind == "pause"):
            return None  # the page says what holds instead
        if subject:
            fact = next((each for each in page.facts.haste if each.id == subject), None)
            form = HasteEndForm if kind == "haste_end" else HasteVoidForm
            return None if fact is None else form(page, acting, fact)
        if kind in _OF_A_PAUSE:
            return None if pause is None else _OF_A_PAUSE[kind](page, acting, pause)
        if kind == "track":
            return TrackForm(page, acting, track_today(page.facts, page.rulebook, today=page.today))
        return (HasteForm if kind == "haste" else PauseForm)(page, acting)

    def service_of(self, command: object) -> Callable[[], Changes]:
        uow, rulebook = self.desk.uow, self.desk.rulebook
        service: Callable[[], Changes]
        match command:
            case RecordHaste():
                service = partial(record_haste_fact, command, uow)
            case EndHaste():
                service = partial(end_haste_fact, command, uow)
            case VoidHaste():
                service = partial(void_haste_fact, command, uow)
            case MoveTrack():
                service = partial(move_track, command, uow)
            case PauseEpisode():
                self._paused = f"Care is paused. {self._again(command)}"
                service = partial(pause_episode, command, uow, rulebook)
            case ReviewPause():
                self._paused = f"The pause goes on. {self._again(command)}"
                service = partial(review_pause, command, uow, rulebook)
            case EndPause():
                service = partial(end_pause, command, uow)
            case _:
                raise TypeError(type(command).__name__)
        return service

    def _again(self, command: PauseEpisode | ReviewPause) -> str:
        """Say when a pause comes up again, and a search with it or later."""
        page = self.page
        if page is None or command.review_on is None:
            return ""
        on = f"It comes up on Today on {fmt_date(command.review_on, weekday=True)}."
        now = _open_pause(page)
        if isinstance(command, ReviewPause) and now is not None:
            others = tuple(each for each in page.facts.pauses if each is not now)
            facts, asked = (
                replace(page.facts, pauses=others),
                replace(now, review_on=command.review_on, recorded_at=None),
            )
        else:
            since = (isinstance(command, PauseEpisode) and command.started_on) or page.today
            facts = page.facts
            asked = PauseFact(started_on=since, reason="", review_on=command.review_on)
        step = search_if_paused(facts, asked, page.rulebook, today=page.today)
        goes_on = "" if step is None else f"The search shows again on {fmt_date(step.due_on, weekday=True)}."
        return f"{on} {goes_on}".strip()


def _open_pause(page: PatientPage) -> PauseFact | None:
    return next((pause for pause in reversed(page.facts.pauses) if pause.ended_on is None), None)
