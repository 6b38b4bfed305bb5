"""A fresh record for every test that asks."""

from __future__ import annotations

from tests.store.fixtures import record, template

__all__ = ["record", "template"]
