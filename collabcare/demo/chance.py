"""Chance that falls the same way every time: each person has dice of their own, made from the seed."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

T = TypeVar("T")


def dice(seed: int, what: str, number: int) -> Random:
    """Return the dice of one person or thing; adding a throw for one never changes another."""
    return Random(f"{seed}/{what}/{number}")  # noqa: S311 - play-acting, not secrets


def weighted(rng: Random, choices: Sequence[T], weights: Sequence[int]) -> T:
    """Return one of ``choices``, each as likely as its weight."""
    return rng.choices(choices, weights)[0]
