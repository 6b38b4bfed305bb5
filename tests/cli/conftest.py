"""The commands are tried on the demo caseload."""

from __future__ import annotations

from tests.demo_record import built_demo, demo_record

__all__ = ["built_demo", "demo_record"]
