"""Reads the files an organisation comes in; `reading.read` is the way in, `neutral` is what comes out."""
