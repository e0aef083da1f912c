"""The tables of the catalogue, by noun."""

from sloyfe.modules.catalogue.models.base import LABEL, Described, Named, Status
from sloyfe.modules.catalogue.models.causes import Cause, CauseTouches
from sloyfe.modules.catalogue.models.competences import (
    AltLabel,
    Area,
    AreaParent,
    Competence,
    Framework,
    LevelWording,
    Placement,
    Relation,
    Scale,
    Step,
)
from sloyfe.modules.catalogue.models.imports import Export, Import, ImportFile, ReportedRow, SourceRow
from sloyfe.modules.catalogue.models.profiles import (
    CoverAgreement,
    Profile,
    ProfileGiven,
    ProfileParent,
    Requirement,
)

__all__ = [
    "LABEL",
    "AltLabel",
    "Area",
    "AreaParent",
    "Cause",
    "CauseTouches",
    "Competence",
    "CoverAgreement",
    "Described",
    "Export",
    "Framework",
    "Import",
    "ImportFile",
    "LevelWording",
    "Named",
    "Placement",
    "Profile",
    "ProfileGiven",
    "ProfileParent",
    "Relation",
    "ReportedRow",
    "Requirement",
    "Scale",
    "SourceRow",
    "Status",
    "Step",
]
