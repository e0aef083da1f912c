"""Questions about the catalogue, by noun."""

from sloyfe.modules.catalogue.reads.topics import Topic, competence_named, competences_by_code, topic, topics_like

__all__ = ["Topic", "competence_named", "competences_by_code", "topic", "topics_like"]
