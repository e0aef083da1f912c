"""Text people type about their work: the plain words that the whole house has."""

from sloyfe.core.lang.plain import plain_words as plain_words
