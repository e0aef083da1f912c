"""Which numbers about people may be shown, so that none of them can be led back to a person.

`problem.py` says what is counted, `solve.py` decides what is shown, `answer.py` is what comes back, `attacker.py`
judges it without sharing a line of code with the search, and `history.py` brings in what was published before.
`pooling.py` chooses publishing units. It knows keys and numbers only; the sentences are the caller's.
"""
