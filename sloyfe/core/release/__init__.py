"""The Number gate: a table about people is `Raw`, and nothing prints it, until it has been released under the policy.

What: `Raw`, `release(raw, policy)`, `Released`, `release_policy(day)`. Why: a number that may be shown is a type, so
that forgetting the gate is an error and not a leak. Not here: which tables there are, and where they are stored.
"""

from sloyfe.core.release.gate import release
from sloyfe.core.release.policy import ReleasePolicy, all_policies, release_policy
from sloyfe.engines.disclosure.answer import Reason
from sloyfe.engines.disclosure.release import HIDDEN, NotReleased, Raw, Released

__all__ = [
    "HIDDEN",
    "NotReleased",
    "Raw",
    "Reason",
    "ReleasePolicy",
    "Released",
    "all_policies",
    "release",
    "release_policy",
]
