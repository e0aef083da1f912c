"""Access, once, for the whole system: the Door, Row and Pen gates and the viewer they all ask.

What: `page(needs=…)`, `Record.access` with `.for_viewer(viewer)`, `save_as(viewer, …)`.
Why: a thing that can leak refuses to work until told for whom. Not here: who holds which role (people).
"""

from sloyfe.core.access.door import PUBLIC, SIGNED_IN, ViewerRequest, page
from sloyfe.core.access.guard import GuardedQuerySet, NoViewer
from sloyfe.core.access.pen import OutOfReach, delete_as, save_as, save_many_as
from sloyfe.core.access.record import Dated, Record
from sloyfe.core.access.rules import ByUnit, Closed, Either, Follows, Holding, OwnedBy, Public, Rule, Unasked
from sloyfe.core.access.viewer import Grant, Line, Post, Scope, Viewer, nobody

__all__ = [
    "PUBLIC",
    "SIGNED_IN",
    "ByUnit",
    "Closed",
    "Dated",
    "Either",
    "Follows",
    "Grant",
    "GuardedQuerySet",
    "Holding",
    "Line",
    "NoViewer",
    "OutOfReach",
    "OwnedBy",
    "Post",
    "Public",
    "Record",
    "Rule",
    "Scope",
    "Unasked",
    "Viewer",
    "ViewerRequest",
    "delete_as",
    "nobody",
    "page",
    "save_as",
    "save_many_as",
]
