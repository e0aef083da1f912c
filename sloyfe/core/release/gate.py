"""The gate with the policy of the house: protects a table, lets the attacker try what would be told, and opens it."""

from __future__ import annotations

from sloyfe.core.release.policy import ReleasePolicy
from sloyfe.engines.disclosure import release as engine
from sloyfe.engines.disclosure.history import History


def release(raw: engine.Raw, policy: ReleasePolicy, history: History | None = None) -> engine.Released:
    """What may be told of a table, given what was told before. Raises the engine's NotSafe rather than tell too much.

    The engine ends by an attack on what it would show, from outside and from every insider.
    """
    return engine.release(raw, policy.engine, history)
