"""Work that takes longer than a page may: rows in a table, one loop, no broker.

A module orders with `actions.order` and says how it is done in its `jobs.py` with `@job("kind")`; the
page of a job is `job` in `urls.py`. What the work itself is, the modules know.
"""
