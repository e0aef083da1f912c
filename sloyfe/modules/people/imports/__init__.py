"""Bringing HR files in: the rehearsal that is the performance, its pages, its job and what is kept of it."""
