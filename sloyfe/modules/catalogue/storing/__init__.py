"""Stores a draft, whatever format it came in, in one transaction; or rehearses it by the same code.

Storing the same draft twice changes nothing the second time. Nothing that people may point at is deleted: a
competence that a new edition lacks becomes outdated, a requirement ends. What a file is silent about is left
as it is; see `writing`.
"""

from __future__ import annotations

from functools import partial

from sloyfe.core.access import OutOfReach, Viewer
from sloyfe.core.audit.actions import record
from sloyfe.core.imports import rehearsal as rehearsals
from sloyfe.core.imports.log import Log
from sloyfe.core.imports.places import Place, Problem, Weight
from sloyfe.modules.catalogue.formats import messages
from sloyfe.modules.catalogue.formats.draft import Draft
from sloyfe.modules.catalogue.index import keep_all_findable, keep_profiles_findable
from sloyfe.modules.catalogue.models import Framework
from sloyfe.modules.catalogue.storing.competences import store_competences
from sloyfe.modules.catalogue.storing.frameworks import store_areas, store_framework, store_scales
from sloyfe.modules.catalogue.storing.links import keep_as_written, keep_reported, store_relations, store_terms
from sloyfe.modules.catalogue.storing.profiles import store_profiles
from sloyfe.modules.catalogue.storing.requirements import store_requirements
from sloyfe.modules.catalogue.storing.trees import stop_at_circles
from sloyfe.modules.catalogue.storing.writing import Writing

__all__ = ["CAPABILITY", "store"]

CAPABILITY = "catalogue.edit"
IMPORTED = "catalogue.imported"


def store(viewer: Viewer, draft: Draft, *, rehearsal: bool, into: Framework | None = None, whole: bool = True) -> Log:
    """Write the draft, or only say what writing it would do. `log.applied` tells whether it was kept.

    `into` is where a file goes that names no framework of its own; such a file is never `whole`. With
    `whole`, what the framework has and the file lacks is over. Raises OutOfReach where the viewer may not.
    """
    if not viewer.may(CAPABILITY):
        raise OutOfReach("only those who edit the catalogue may store a framework")
    wanted = whole and bool(draft.framework.code)
    return rehearsals.run(partial(_write, viewer, draft, into, wanted, rehearsal), rehearsal=rehearsal)


def _write(viewer: Viewer, draft: Draft, into: Framework | None, whole: bool, rehearsal: bool, log: Log) -> None:
    log.problem(*draft.problems)
    if log.stopped:
        return
    framework = store_framework(draft, into, log)
    if framework is None:
        place = Place(draft.framework.place.file)
        remedy = messages.remedy_of(messages.WHICH_FRAMEWORK)
        log.problem(Problem(place, Weight.STOPS, messages.WHICH_FRAMEWORK, remedy))
        return
    writing = Writing(draft, log, viewer.day, framework, whole)
    _write_parts(writing)
    stop_at_circles(writing)
    if log.stopped:
        return
    counts = {str(kind): count for kind, count in log.counts().items()}
    record(viewer, IMPORTED, framework, version=framework.version, **counts)
    if not rehearsal:  # the index is derived from what was written, and says nothing in the log
        keep_all_findable(writing.touched)
        keep_profiles_findable(writing.touched_profiles)


def _write_parts(writing: Writing) -> None:
    store_scales(writing)
    areas = store_areas(writing)
    competences = store_competences(writing, areas)
    profiles = store_profiles(writing)
    store_terms(writing, competences)
    store_requirements(writing, profiles, competences)
    store_relations(writing, competences)
    keep_reported(writing)
    keep_as_written(writing)
