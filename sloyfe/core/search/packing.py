"""Grams as numbers, and a posting as one number: 48 bits of gram and 15 of weight.

Numbers are short in an index and compared alike on every database, whatever order of letters it knows.
Two of a million grams meet in one number with a chance of 0.2 %; then they count as one, and no more.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from hashlib import blake2b

import numpy as np

GRAM_BYTES = 6
WEIGHT_BITS = 15
EVERY = 0  # the gram that counts the documents themselves

WEIGHT_MASK = (1 << WEIGHT_BITS) - 1
_STORED = np.dtype("<i8")


@lru_cache(maxsize=1 << 18)
def number(gram: str) -> int:
    return int.from_bytes(blake2b(gram.encode("utf-8", "replace"), digest_size=GRAM_BYTES).digest(), "big")


def packed(found: Mapping[str, int]) -> list[int]:
    """Postings, as grams with weights, as numbers."""
    return [number(gram) << WEIGHT_BITS | weight for gram, weight in found.items()]


def gram_of(posting: int) -> int:
    return posting >> WEIGHT_BITS


def weight_of(posting: int) -> int:
    return posting & WEIGHT_MASK


def pack(postings: Iterable[int]) -> bytes:
    return np.array(sorted(postings), _STORED).tobytes()


def unpacked(stored: bytes | memoryview) -> frozenset[int]:
    return frozenset(np.frombuffer(stored, _STORED).tolist())
