"""The one error a handler raises to speak to the person. Known in child processes too: it imports nothing."""

from __future__ import annotations

from typing import Any


class Refused(Exception):
    """The work cannot be done, for a reason the person can act on: a message id, filled from `params`."""

    def __init__(self, message: str, **params: Any) -> None:
        super().__init__(message)
        self.message, self.params = message, params
