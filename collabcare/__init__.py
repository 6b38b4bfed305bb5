"""CollabCare: a local, encrypted caseload for collaborative mental health care."""

from __future__ import annotations

__version__ = "0.1.0"
