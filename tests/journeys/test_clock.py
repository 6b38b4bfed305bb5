"""A computer whose clock is behind: said on the first page, before anything is recorded."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import pytest

from collabcare import bootstrap
from collabcare.clock import SteadyClock
from collabcare.domain.calendar import LONDON
from collabcare.ui.shell import Shell
from tests.demo_record import DEMO_TODAY
from tests.ui.inline import InlineExecutor

if TYPE_CHECKING:
    from collabcare.demo.build import DemoRecord
    from collabcare.settings import Settings
    from tests.ui.scripted_prompts import ScriptedPrompts


@pytest.mark.usefixtures("qapp")
def test_a_clock_behind_the_record_is_said_on_the_first_page(
    demo_record: DemoRecord, settings: Settings, prompts: ScriptedPrompts
) -> None:
    """Hazard H20."""
    behind = datetime.combine(DEMO_TODAY - timedelta(days=30), time(9, 30), LONDON)
    shell = Shell(bootstrap.desktop_doors(SteadyClock(behind)), settings, prompts, InlineExecutor())
    login, password, _role = demo_record.sign_ins[0]
    shell.open(demo_record.path, login)
    card = shell.sign_in_window.card
    card.password.setText(password)
    card.try_to_sign_in()
    assert shell.main_window is not None
    message = shell.main_window.work.today.message
    assert message.text().startswith("The clock of this computer says")
    assert message.isVisible()
    shell.shut()
