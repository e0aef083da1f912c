"""From cells (person × competence) to counters for every node of every grouping: what a picture is made of.

`problem.py` says what is counted, `solve.py` counts, `update.py` counts only what changed, `answer.py` is what
comes back. Beside them: `needs.py` (at least so many in the unit), `fragile.py` (resting on one), `areas.py` (up the
competence framework), `whatif.py` (before and after, from published figures). These are raw counts: nothing here may
be shown to anybody before the Number gate has let it out.
"""
