#!/usr/bin/env python3
"""Run CollabCare from a fresh clone with nothing but Python 3.11 or newer.

python3 packaging/dev.py demo [...]   open the app on an invented caseload
python3 packaging/dev.py open         open it on a record of your own; the first run makes one
python3 packaging/dev.py test [...]   run every check and test; words after it go to pytest
python3 packaging/dev.py lint         run only ruff, mypy and the import contracts
python3 packaging/dev.py lock [...]   rewrite the lock files with uv (for example: lock --upgrade)

On Windows say "py" instead of "python3". The first run makes .venv and installs what the
lock files name, so it needs a network once; later runs start at once.
"""

# Standard library only, and no syntax that a Python too old for CollabCare could not read:
# such a Python must get as far as saying so.
from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
from collections import deque
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "collabcare-installed.json"  # written last, so a half-made install is never trusted
STARTED = VENV / "collabcare-install-started"  # left behind by an install that was interrupted

OLDEST_PYTHON = (3, 11)
RUN_LOCK = "requirements.lock"
DEV_LOCK = "requirements-dev.lock"

# What Qt loads from the operating system: the first line to start at all, the others for a window under X11.
QT_PACKAGES = (
    "libgl1 libegl1 libxkbcommon0 libdbus-1-3 libfontconfig1 libglib2.0-0 "
    "libxcb-cursor0 libxkbcommon-x11-0 libxcb-icccm4 libxcb-keysyms1 libxcb-image0 "
    "libxcb-render-util0 libxcb-shape0 libxcb-randr0 libxcb-xkb1"
)
QT_PROBE = "from PySide6 import QtGui, QtPrintSupport, QtSvg, QtWidgets; QtWidgets.QApplication([])"

# Settings of other projects, which must not reach this one. Where packages come from, and
# through what, is this computer's business and stays.
FOREIGN = re.compile(
    r"PIP_.*|UV_.*|PYTEST_.*|PYTHON(?!UTF8|IOENCODING).*|__PYVENV.*|VIRTUAL_ENV|MYPYPATH|RUFF_.*"
    r"|QT_PLUGIN_PATH|QT_QPA_PLATFORM_PLUGIN_PATH"
)
OURS_TO_KEEP = re.compile(
    r"PIP_(CACHE_DIR|CERT|CLIENT_CERT|CONFIG_FILE|DEFAULT_TIMEOUT|EXTRA_INDEX_URL|FIND_LINKS|INDEX_URL"
    r"|KEYRING_PROVIDER|NO_INDEX|PROXY|RETRIES|TIMEOUT|TRUSTED_HOST|USE_FEATURE)|UV_CACHE_DIR"
)

WHY_PIP_FAILED = {
    r"name resolution|getaddrinfo failed|NewConnectionError|ProxyError|TimeoutError|is unreachable": (
        "The package index cannot be reached. The first run needs a network; behind a proxy set HTTPS_PROXY."
    ),
    r"SSLError|CERTIFICATE_VERIFY_FAILED": (
        "The connection to the package index is not trusted. Set PIP_CERT to your organisation's certificate."
    ),
    r"DO NOT MATCH THE HASHES": (
        "A downloaded package is not the one the lock file names, so it was refused and not installed."
    ),
    r"No space left on device": "The disk is full. About 1 GB is needed.",
    r"No matching distribution found": (
        "A pinned package has no ready-made build for this Python or computer (64-bit Windows or Linux)."
    ),
}


class Stop(Exception):
    """Ends the command with exit code 1 and this text."""


def say(text: str) -> None:
    """Print at once, so that the words stay in order with those of the programs called."""
    print(text, flush=True)


def clean_environment(**changes: str) -> dict[str, str]:
    """Return this process's environment without settings that belong to other projects."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if OURS_TO_KEEP.fullmatch(name) or not FOREIGN.fullmatch(name)
    }
    return {**kept, **changes}


def check_python(version: tuple[int, ...]) -> None:
    """Refuse a Python that is too old, naming both versions."""
    if version[:2] < OLDEST_PYTHON:
        found, wanted = (".".join(str(part) for part in v[:2]) for v in (version, OLDEST_PYTHON))
        raise Stop(
            f"CollabCare needs Python {wanted} or newer; this is Python {found} ({sys.executable}).\n"
            f"Debian 12 and later bring one as python3; for Windows get it from python.org or the Store."
        )


# --- what the operating system must provide ---------------------------------------------------


def need_system_packages(packages: str, why: str) -> None:
    """Install Debian packages when we may; otherwise stop with the line to type."""
    if shutil.which("apt-get") is None:
        raise Stop(f"{why}\nInstall what Debian calls: {packages}")
    if not (hasattr(os, "geteuid") and os.geteuid() == 0):
        line = f"sudo apt-get update && sudo apt-get install -y --no-install-recommends {packages}"
        raise Stop(f"{why}\nType this once, then the same command again:\n\n    {line}\n")
    say(f"{why}\nInstalling: {packages}")
    environment = clean_environment(DEBIAN_FRONTEND="noninteractive")
    install = ["apt-get", "-o", "DPkg::Lock::Timeout=120", "install", "-y", "--no-install-recommends"]
    subprocess.run(["apt-get", "-q", "update"], env=environment, check=False)  # a stale list may still do
    if subprocess.run([*install, *packages.split()], env=environment, check=False).returncode:
        raise Stop(f"apt-get could not install them. Put that right, then run the same command again:\n{why}")


def qt_complaint(environment: dict[str, str]) -> str:
    """Start Qt once in a process of its own; return what it said if it could not, or nothing."""
    probe = [str(PYTHON), "-I", "-c", QT_PROBE]
    try:
        done = subprocess.run(
            probe, env=environment, capture_output=True, text=True, errors="replace", timeout=120, check=False
        )
    except subprocess.TimeoutExpired:
        return "Qt did not start within two minutes."
    return "" if done.returncode == 0 else done.stderr.strip() or f"Qt ended with code {done.returncode}."


def need_qt(environment: dict[str, str]) -> None:
    """Make sure Qt starts, seeing to the libraries it loads from the system on Linux."""
    complaint = qt_complaint(environment)
    if complaint and sys.platform == "linux":
        need_system_packages(QT_PACKAGES, "Qt, which draws the windows, lacks libraries of the system.")
        complaint = qt_complaint(environment)
    if complaint:
        raise Stop(f"Qt cannot start on this computer. It said:\n\n{complaint}")


# --- the environment in .venv -----------------------------------------------------------------


def fingerprint(name: str) -> str:
    """Return the SHA-256 of a file of the project."""
    return hashlib.sha256((ROOT / name).read_bytes()).hexdigest()


def read_stamp() -> dict[str, str]:
    """Return what was installed last, or nothing when that cannot be trusted."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    # A moved checkout leaves scripts in .venv that point to the old place.
    return stamp if isinstance(stamp, dict) and stamp.get("folder") == str(ROOT) else {}


def environment_works() -> bool:
    """Tell whether .venv holds a new enough Python with pip and no half-finished install."""
    if STARTED.exists() or not PYTHON.exists() or (STAMP.exists() and not read_stamp()):
        return False
    probe = f"import pip, sys; sys.exit(sys.version_info[:2] < {OLDEST_PYTHON})"
    return subprocess.run([str(PYTHON), "-I", "-c", probe], capture_output=True, check=False).returncode == 0


def make_environment() -> None:
    """Make .venv afresh with this Python."""
    if importlib.util.find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        name = f"python{sys.version_info[0]}.{sys.version_info[1]}-venv"
        # A system this bare lacks Qt's libraries too: ask once for everything.
        need_system_packages(
            f"{name} {QT_PACKAGES}", "This system has a bare Python and not yet what Qt loads."
        )
    say(f"Making {VENV}")
    python = getattr(sys, "_base_executable", sys.executable)  # not the one about to be cleared away
    command = [python, "-I", "-m", "venv", "--clear", str(VENV)]
    if subprocess.run(command, env=clean_environment(), check=False).returncode:
        raise Stop(f"Python could not make {VENV}. Is the folder writable, and the disk not full?")


def pip_install(*arguments: str) -> None:
    """Install into .venv, showing how far pip has come, and a plain reason if it fails."""
    command = [
        str(PYTHON),
        "-I",
        "-m",
        "pip",
        "--disable-pip-version-check",
        "--no-input",
        "install",
        *arguments,
    ]
    environment = clean_environment(PIP_ROOT_USER_ACTION="ignore")
    last_words: deque[str] = deque(maxlen=60)
    with subprocess.Popen(
        command,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
    ) as running:
        for line in running.stdout or ():
            last_words.append(line)
            if line.startswith(("Collecting", "ERROR", "WARNING")):  # the rest is progress bars and paths
                say(f"  {line.strip()}")
    if running.returncode:
        raise Stop(why_pip_failed("".join(last_words)))


def why_pip_failed(words: str) -> str:
    """Turn pip's last words into the sentence that helps."""
    for signs, reason in WHY_PIP_FAILED.items():
        if re.search(signs, words):
            return f"{reason}\nRun the same command again when that is put right."
    return f"The packages could not be installed. pip said:\n\n{words.strip()}"


def install(lock: str) -> None:
    """Bring .venv to what ``lock`` and pyproject.toml say, doing nothing when it is there already."""
    if not environment_works():
        make_environment()
    stamp = read_stamp()
    wanted = {lock: fingerprint(lock), "pyproject.toml": fingerprint("pyproject.toml"), "folder": str(ROOT)}
    if lock == DEV_LOCK:  # it holds the other as well
        wanted[RUN_LOCK] = fingerprint(RUN_LOCK)
    if wanted.items() <= stamp.items():
        return
    STARTED.touch()
    if any(stamp.get(name) != wanted[name] for name in wanted if name.endswith(".lock")):
        say(f"Installing what {lock} names (the first time about 150 MB are fetched).")
        pip_install("--require-hashes", "--only-binary=:all:", "-r", str(ROOT / lock))
    pip_install("--quiet", "--no-deps", "--no-build-isolation", "-e", str(ROOT))
    kept = {
        name: value for name, value in stamp.items() if name == DEV_LOCK and value == fingerprint(DEV_LOCK)
    }
    STARTED.unlink()
    STAMP.write_text(json.dumps({**kept, **wanted}, indent=1), encoding="utf-8")


# --- the commands -----------------------------------------------------------------------------


def run(*arguments: str, environment: dict[str, str], folder: Path | None = None) -> int:
    """Run Python from .venv and return its exit code."""
    return subprocess.run([str(PYTHON), *arguments], env=environment, cwd=folder, check=False).returncode


def display_is_missing() -> str:
    """Return why no window can be opened here, or nothing."""
    if sys.platform in {"win32", "darwin"}:
        return ""
    if not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        return "There is no display here"
    if "could not connect to display" in qt_complaint(clean_environment()):
        return "The display cannot be opened"
    return ""


def open_desktop(extra: list[str]) -> int:
    """Open CollabCare itself: the record used last, or the first-run assistant."""
    install(RUN_LOCK)
    if missing := display_is_missing():
        raise Stop(
            f"{missing}, so no window can be opened. The commands work: try 'collabcare --help' in .venv."
        )
    need_qt(clean_environment())
    return run("-P", "-m", "collabcare", *extra, environment=clean_environment())


def demo(extra: list[str]) -> int:
    """Open the demo, or take its tour where there is no display."""
    install(RUN_LOCK)
    missing = display_is_missing()
    environment = clean_environment(QT_QPA_PLATFORM="offscreen") if missing else clean_environment()
    need_qt(environment)
    if missing and "--no-window" not in extra:
        say(f"{missing}, so the demo takes its tour, which leaves pictures and letters, and opens no window.")
        extra = ["--tour", *(word for word in extra if word != "--tour")]
    return run("-P", "-m", "collabcare", "demo", *extra, environment=environment)


def test(extra: list[str]) -> int:
    """Run the whole suite, or pytest with the words given."""
    install(DEV_LOCK)
    offscreen = clean_environment(QT_QPA_PLATFORM="offscreen")
    need_qt(offscreen)
    if extra:
        return run("-P", "-m", "pytest", *extra, environment=offscreen, folder=ROOT)
    # Benchmarks afterwards and alone: a busy neighbour would spoil what they measure.
    runs = (
        ("-n", "auto", "--dist", "worksteal", "-p", "no:benchmark", "--ignore=tests/benchmarks"),
        ("-q", "tests/benchmarks"),
    )
    with TemporaryDirectory(prefix="collabcare-tests-", ignore_cleanup_errors=True) as shared:
        environment = {**offscreen, "COLLABCARE_TEST_SHARED": shared}  # the demo is made once for all
        codes = [run("-P", "-m", "pytest", *words, environment=environment, folder=ROOT) for words in runs]
    say("All checks and tests passed." if not any(codes) else "Something failed; see above.")
    return next((code for code in codes if code), 0)


def lint(extra: list[str]) -> int:
    """Run the tools every change must satisfy, and no tests."""
    install(DEV_LOCK)
    return run("-P", "-m", "pytest", "-q", "-m", "gate", *extra, environment=clean_environment(), folder=ROOT)


def lock(extra: list[str]) -> int:
    """Rewrite both lock files from pyproject.toml, so that no package host gets into them."""
    uv = shutil.which("uv")
    if uv is None:
        raise Stop("The lock files are written by uv, which is not here. It comes with: pip install uv")
    compile_one = [
        uv,
        "--no-config",
        "pip",
        "compile",
        "--quiet",
        "--universal",
        "--generate-hashes",
        "--no-header",
    ]
    compile_one += ["--python-version", "3.11", *extra]
    for group, name, limits in (("build", RUN_LOCK, []), ("dev", DEV_LOCK, ["--constraint", RUN_LOCK])):
        command = [*compile_one, "--group", group, *limits, "pyproject.toml", "--output-file", name]
        if code := subprocess.run(command, cwd=ROOT, env=clean_environment(), check=False).returncode:
            return code
    return 0


COMMANDS = {"open": open_desktop, "demo": demo, "test": test, "lint": lint, "lock": lock}


def main(arguments: list[str]) -> int:
    """Run one command; 0 done, 1 refused or failed, 2 wrong usage, 130 interrupted."""
    if not arguments or arguments[0] not in COMMANDS:
        say((__doc__ or "").strip())
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    try:
        check_python(sys.version_info[:2])
        return COMMANDS[arguments[0]](arguments[1:])
    except Stop as reason:
        say(f"\n{reason}")
        return 1
    except KeyboardInterrupt:
        say("\nStopped. The same command carries on from here.")
        return 130


if __name__ == "__main__":
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr] # a console may lack a letter pip prints
    sys.exit(main(sys.argv[1:]))
