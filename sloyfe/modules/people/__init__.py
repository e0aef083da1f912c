"""Units, lines of authority, persons, affiliations and roles held, over time.

Dated edges are the truth; the closure for today is derived from them. What a person says about herself
is not here (statements), nor when she works (time).
"""
