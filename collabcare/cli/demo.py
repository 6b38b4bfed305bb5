"""``collabcare demo``: build the synthetic caseload, then open it, tour it or only say where it is."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from collabcare import bootstrap
from collabcare.cli.looks import looks
from collabcare.demo.build import build_demo
from collabcare.domain.acting import ROLE_WORDS
from collabcare.domain.calendar import london_date
from collabcare.domain.errors import EnvironmentProblem
from collabcare.paths import user_data_dir

if TYPE_CHECKING:
    from argparse import Namespace
    from pathlib import Path

    from collabcare.cli.looks import Look
    from collabcare.demo.build import DemoRecord

_MANY = 500


def demo(args: Namespace) -> int:
    """Build the demo record and do with it what was asked; return the exit code."""
    folder = args.to or user_data_dir() / "demo"
    if args.no_window:
        _build(args, folder)
        return 0
    if args.tour or not has_display():
        if not args.tour:
            sys.stdout.write("There is no display here, so the tour runs instead of the window.\n")
        for look in looks(args, folder):
            _tour(args, look)
        return 0
    built = _build(args, folder)
    first = built.sign_ins[0]
    return bootstrap.run_desktop(
        record=built.path,
        login=first.login,
        hint=f"Demo password: {first.password}",
        today=args.today,
        settings_path=folder / "settings.toml",
    )


def has_display() -> bool:
    """Return whether a window can be shown: always on Windows and macOS, elsewhere when there is a screen."""
    if os.environ.get("QT_QPA_PLATFORM", "").startswith(("offscreen", "minimal")):
        return False
    if not sys.platform.startswith("linux"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def _build(args: Namespace, folder: Path) -> DemoRecord:
    _make_folder(folder)
    built = build_demo(
        folder,
        patients=args.patients,
        seed=args.seed,
        today=args.today or london_date(bootstrap.clock_for(None).now()),
        progress=_count if args.patients >= _MANY else None,
    )
    _say_sign_ins(built)
    return built


def _tour(args: Namespace, look: Look) -> None:
    built = _build(args, look.folder)
    if not has_display():
        os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    pictures = bootstrap.run_tour(
        built, look.folder / "tour", today=args.today, theme=look.theme, scale=look.scale
    )
    for picture in pictures:
        sys.stdout.write(f"{picture}\n")


def _say_sign_ins(built: DemoRecord) -> None:
    sys.stdout.write(f"Record: {built.path}\nSynthetic people only. Sign in as:\n")
    for user in built.sign_ins:
        sys.stdout.write(f"  {user.login:<8} {ROLE_WORDS[user.role]:<16} password: {user.password}\n")


def _count(done: int, of: int) -> None:
    sys.stderr.write(f"\r{done:,} of {of:,} patients")
    if done == of:
        sys.stderr.write("\n")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise EnvironmentProblem(
            f"The folder {folder} cannot be made: {error.strerror}. Choose another with --to."
        ) from error
