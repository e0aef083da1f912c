"""Competences in frameworks, the words people use for them, and what positions, roles and units require.

Nothing here is about a person but the profiles given to her directly.
"""
