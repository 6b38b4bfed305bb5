"""What these tests parse of the project is let go of when they are over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.architecture import tree

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="package", autouse=True)
def trees_let_go() -> Iterator[None]:
    """Forget the parsed sources after the last of these tests."""
    yield
    tree.let_go()
