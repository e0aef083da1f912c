"""The two numbers that decide what may be told. They come from the policy file; they may be raised, never lowered."""

from __future__ import annotations

from dataclasses import dataclass

LEAST_PEOPLE = 5
LEAST_EITHER_SIDE = 3


@dataclass(frozen=True, slots=True)
class Policy:
    """`people`: the smallest group a number may be about. `either_side`: how many must stand on either side of a
    count, and how wide anybody's uncertainty about a protected count must stay."""

    people: int = LEAST_PEOPLE
    either_side: int = LEAST_EITHER_SIDE

    def __post_init__(self) -> None:
        if self.people < LEAST_PEOPLE or self.either_side < LEAST_EITHER_SIDE:
            raise ValueError(
                f"the policy asks for groups of {self.people} with {self.either_side} on either side; "
                f"it may be raised, never lowered below {LEAST_PEOPLE} and {LEAST_EITHER_SIDE}"
            )

    def raised(self, *, people: int, either_side: int) -> Policy:
        """A stricter policy; a ValueError where either number would fall."""
        if people < self.people or either_side < self.either_side:
            raise ValueError(
                f"from {self.people} and {self.either_side} to {people} and {either_side}: "
                "a policy may be raised, never lowered"
            )
        return Policy(people, either_side)
