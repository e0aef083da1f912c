"""Mapping rounds: why people are asked how well they can it, on what basis, who was heard, and until when it is kept.

The answers themselves are statements and belong to those who gave them; they lie in the module below.
"""
