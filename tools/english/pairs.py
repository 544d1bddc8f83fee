"""Pairs of lemmas, each with a strength from 0 to 1."""

from __future__ import annotations

import collections

Pairs = dict[tuple[str, str], float]

# Most relatives of one kind that a lemma keeps, unless more are asked for.
MOST = 8


def key(a: str, b: str) -> tuple[str, str]:
    """A pair in order."""
    return (a, b) if a < b else (b, a)


def add(pairs: Pairs, a: str, b: str, strength: float) -> None:
    """Adds a pair, or makes it as strong as this."""
    if a != b:
        pairs[key(a, b)] = max(pairs.get(key(a, b), 0), strength)


def clip(value: float) -> float:
    """The value, or the nearest between 0 and 1."""
    return min(max(value, 0), 1)


def stem_length(a: str, b: str) -> int:
    """How many letters two words begin with in common."""
    length = 0
    while length < min(len(a), len(b)) and a[length] == b[length]:
        length += 1
    return length


def strongest(pairs: Pairs, most: int = MOST, order=lambda _, strength: strength) -> Pairs:
    """The pairs that are among the strongest, or first in another order, of both of their words."""
    kept: dict[str, int] = collections.Counter()
    chosen = {}
    for pair, strength in sorted(pairs.items(), key=lambda item: (-order(*item), item[0])):
        if all(kept[word] < most for word in pair):
            chosen[pair] = strength
            kept.update(pair)
    return chosen
