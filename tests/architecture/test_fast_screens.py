"""What would make the screens slow, or end the program now and then, and is easily written again."""

from __future__ import annotations

import ast

from tests.architecture.tree import Module, modules

SCREENS = [module for module in modules("collabcare") if module.name.startswith("collabcare.ui")]
PROXIES = {"QSortFilterProxyModel", "QIdentityProxyModel", "QConcatenateTablesProxyModel"}


def mentions(module: Module, wanted: set[str]) -> list[str]:
    """Return where a module names one of ``wanted``."""
    found = []
    for node in module.nodes:
        name = node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""
        if name in wanted:
            found.append(f"{module.place}:{getattr(node, 'lineno', 0)}: {name}")
    return found


def test_no_proxy_stands_between_the_rows_and_the_table() -> None:
    """Sorting five thousand rows through one takes half a second, and twenty milliseconds without."""
    assert [place for module in SCREENS for place in mentions(module, PROXIES)] == []


def test_threads_and_processes_are_made_in_two_places_only() -> None:
    """A class of Qt made off the screens' thread ends the program now and then: see ui/warm_up.py."""
    makers = {"Thread", "ThreadPoolExecutor", "QThread", "QThreadPool", "QRunnable", "Process", "Timer"}
    made = {
        module.name for module in SCREENS for name, _call in module.calls() if name.split(".")[-1] in makers
    }
    assert made == {"collabcare.ui.tasks", "collabcare.ui.warm_up"}
