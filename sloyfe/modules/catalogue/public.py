"""What other modules may use of the catalogue."""

from sloyfe.modules.catalogue.index import KIND as COMPETENCE_INDEX
from sloyfe.modules.catalogue.index import index_competences
from sloyfe.modules.catalogue.reads import Topic, competence_named, competences_by_code, topic, topics_like
from sloyfe.modules.catalogue.reads.causes import Coming, Touched, causes_for, causes_for_me
from sloyfe.modules.catalogue.reads.competences import Level, levels_of, step_label
from sloyfe.modules.catalogue.reads.covers import waiting_agreements
from sloyfe.modules.catalogue.reads.labels import shown_label
from sloyfe.modules.catalogue.reads.mine import AskedOfMe, asked_of_me, levels_asked_of_me, step_names
from sloyfe.modules.catalogue.reads.reviews import ToReview, to_review
from sloyfe.modules.catalogue.required import (
    MET_FROM,
    Asked,
    AskedOfEach,
    agreements,
    asked_of_each,
    asked_of_person,
    asked_of_unit,
)
from sloyfe.modules.catalogue.staying import requirements_and_words

__all__ = [
    "requirements_and_words",
    "COMPETENCE_INDEX",
    "MET_FROM",
    "Asked",
    "AskedOfEach",
    "AskedOfMe",
    "Coming",
    "Level",
    "shown_label",
    "step_label",
    "step_names",
    "ToReview",
    "Topic",
    "Touched",
    "agreements",
    "asked_of_each",
    "asked_of_me",
    "asked_of_person",
    "asked_of_unit",
    "causes_for",
    "causes_for_me",
    "competence_named",
    "competences_by_code",
    "index_competences",
    "levels_asked_of_me",
    "levels_of",
    "to_review",
    "topic",
    "topics_like",
    "waiting_agreements",
]
