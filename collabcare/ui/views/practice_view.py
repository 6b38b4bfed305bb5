"""Practice: lines to ring, who is on duty, out of hours, the site's own days, and its days in a step."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from collabcare.domain.changes import Kind
from collabcare.domain.display import fmt_date
from collabcare.queries.practice_page import practice_page
from collabcare.services.helplines import (
    ConfirmLine,
    MoveHelpline,
    RemoveHelpline,
    SaveHelpline,
    move_helpline,
    remove_helpline,
    save_helpline,
)
from collabcare.services.on_duty import PutOnDuty, SayOutOfHours, put_on_duty, say_out_of_hours
from collabcare.services.site_days import AddSiteDay, add_site_day, remove_site_day
from collabcare.services.step_days import SetStepDays, UseModelDays, set_step_days, use_model_days
from collabcare.ui.forms.tab_order import move_in_reading_order
from collabcare.ui.pages import PageName
from collabcare.ui.views.closing_form import may_close
from collabcare.ui.views.list_page_view import ListPageView
from collabcare.ui.views.practice_cards import DutyCard, HelplinesCard, SiteDaysCard
from collabcare.ui.views.scrolled import Scrolled
from collabcare.ui.views.step_days_card import StepDaysCard
from collabcare.ui.views.two_columns import TwoColumns
from collabcare.ui.widgets.layouts import STRETCH, column, row
from collabcare.ui.widgets.plain_label import PlainLabel, TextRole

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from collabcare.domain.changes import Changes
    from collabcare.domain.crisis_lines import SiteLine
    from collabcare.queries.practice_page import PracticePage
    from collabcare.ui.forms.entry_form import EntryForm


class PracticeView(ListPageView):
    """What the site sets for everybody who works in it."""

    NAME = PageName.PRACTICE
    DEPENDS_ON = frozenset({Kind.HELPLINE, Kind.SITE, Kind.SITE_DAY, Kind.STEP_DAYS, Kind.USER})

    def build(self) -> None:
        self.lines = HelplinesCard(self.desk.rulebook.helplines)
        self.duty = DutyCard()
        self.days = SiteDaysCard(self.desk.today)
        self.steps = StepDaysCard(self.desk.rulebook.pathway)
        head = row(self.back, PlainLabel("Practice", TextRole.TITLE), STRETCH, gap=12)
        left = column(self.duty, self.days, STRETCH, gap=12)
        right = column(self.lines, self.steps, STRETCH, gap=12)
        body = Scrolled(column(TwoColumns(left, right), STRETCH), "Practice")
        page = column(head, self.message, self.stand_in(body), body, gap=12, margin=16)
        page.setStretch(3, 1)
        self.setLayout(page)
        self.lines.wanted.connect(self._on_wanted)
        self.duty.wanted.connect(self._on_wanted)
        self.days.wanted.connect(self._on_wanted)
        self.steps.wanted.connect(self._on_steps)
        self.days.removed.connect(self._on_removed)
        self.lines.change_wanted.connect(self._on_change)
        for form in self._forms():
            form.cancelled.connect(partial(self._on_cancelled, form))

    def reload(self) -> None:
        self.read(practice_page, self._show)

    def say_left(self, words: str) -> None:
        self.message.show_lasting(words)

    def take_keyboard(self) -> None:
        """Put the keyboard on who is on duty: what changes every day."""
        self.duty.who.setFocus()

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        return move_in_reading_order(self, forward=forward) or super().focusNextPrevChild(forward)

    def _show(self, page: PracticePage) -> None:
        self.lines.show_page(page)
        self.duty.show_page(page)
        self.days.show_page(page)
        self.steps.show_page(page)
        for form in self._forms():  # not before what holds stands in it
            if not self.drafting.watches(form):
                self.drafting.watch(form, None, form.KIND)

    def _forms(self) -> tuple[EntryForm, ...]:
        return self.lines.form, self.days.form, self.duty.form, self.steps.form

    def _on_change(self, line: SiteLine) -> None:
        """Turn the form to one line; what was begun in it before waits as a draft."""
        self.drafting.leave(self.lines.form)
        self.lines.edit(line)
        self.drafting.watch(self.lines.form, None, f"{self.lines.form.KIND}:{line.id}")

    def _on_cancelled(self, form: EntryForm) -> None:
        if may_close(form, self.prompts):
            self._begin_again(form, saved=False)

    def _begin_again(self, form: EntryForm, *, saved: bool) -> None:
        """Empty a form that is done with, and keep drafts of what is typed in it next."""
        self.drafting.forget(form, saved=saved)
        if form is self.lines.form:
            self.lines.edit(None)
        elif form is self.days.form:
            self.days.form.clear()
            self.days.form.take_keyboard()
        elif form is self.steps.form:
            self.steps.begin_again()
        else:
            self.duty.begin_again()
        self.drafting.watch(form, None, form.KIND)

    def _on_wanted(self, command: object) -> None:
        uow = self.desk.uow
        work: Callable[[], Changes]
        match command:
            case SaveHelpline():
                said = f"{command.name.strip()} is saved. It stands on the safety page and in new plans."
                work = partial(save_helpline, command, uow)
            case ConfirmLine():
                said = f"{command.line.name} is confirmed. It says so, with who did and when."
                work = partial(save_helpline, command.kept, uow)
            case MoveHelpline():
                work, said = partial(move_helpline, command, uow), ""
            case RemoveHelpline():
                said = "The line is taken out of the safety page and of new plans."
                work = partial(remove_helpline, command, uow)
            case PutOnDuty():
                work, said = partial(put_on_duty, command, uow), self.duty.put_words(command)
            case SayOutOfHours():
                said = "The out-of-hours words are saved. They stand on the safety page now."
                work = partial(say_out_of_hours, command, uow)
            case AddSiteDay():
                said = (
                    f"{fmt_date(command.on, weekday=True)} is added. Dates go by it from the next sign-in on."
                )
                work = partial(add_site_day, command, uow)
            case _:
                raise TypeError(type(command).__name__)
        self._carry_out(self._form_of(command), work, said)

    def _on_steps(self, command: SetStepDays | UseModelDays) -> None:
        if isinstance(command, SetStepDays):
            said = "The days are saved. The caseload goes by them from the next sign-in on."
            work = partial(set_step_days, command, self.desk.uow, self.desk.rulebook.pathway)
            self._carry_out(self.steps.form, work, said)
        else:
            said = (
                f"{self.steps.named(command.step)}: the service model's days hold from the next sign-in on."
            )
            self._carry_out(None, partial(use_model_days, command, self.desk.uow), said)

    def _carry_out(self, form: EntryForm | None, work: Callable[[], Changes], said: str) -> None:
        if form is not None:
            work = self.drafting.carrying_out(form, work)
        self._tasks.write(work, partial(self._on_saved, form, said), partial(self._on_refused, form))

    def _form_of(self, command: object) -> EntryForm | None:
        match command:
            case SaveHelpline():
                return self.lines.form
            case AddSiteDay():
                return self.days.form
            case SayOutOfHours():
                return self.duty.form
            case _:
                return None

    def _on_removed(self, on: date) -> None:
        said = f"{fmt_date(on, weekday=True)} is taken out. Dates go without it from the next sign-in on."
        then = partial(self._on_saved, None, said)
        self._tasks.write(partial(remove_site_day, on, self.desk.uow), then, self.message.show_error)

    def _on_saved(self, form: EntryForm | None, said: str, _changes: Changes) -> None:
        if form is not None:
            self._begin_again(form, saved=True)
        if said:
            self.message.show_good(said)
        else:
            self.message.clear()

    def _on_refused(self, form: EntryForm | None, sentence: str) -> None:
        if form is not None:
            form.refuse(sentence)
        else:
            self.message.show_error(sentence)
        self.go_stale()
