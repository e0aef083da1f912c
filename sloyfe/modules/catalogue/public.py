"""What other modules may use of the catalogue."""

from sloyfe.modules.catalogue.index import KIND as COMPETENCE_INDEX
from sloyfe.modules.catalogue.index import index_competences
from sloyfe.modules.catalogue.reads import Topic, competence_named, topics_like

__all__ = ["COMPETENCE_INDEX", "Topic", "competence_named", "index_competences", "topics_like"]
