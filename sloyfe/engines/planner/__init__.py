"""«Finn tid»: dates for the sessions of an office's measures that its service, calendars and hours can carry.

`problem.py` says what is asked, `solve.py` answers, `answer.py` is what comes back, `verify.py` judges it
without sharing a line of code with the search. Reasons are data; the sentences are the caller's.
"""
