"""Who changed what, and who looked at whom. Append-only; `erasure.py` is the one path that may blacken."""
