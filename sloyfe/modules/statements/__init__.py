"""What a person says about herself, and whom she shares it with. She owns it; sharing is revocable at once.

One Statement for every kind, one Share for every audience, never a visibility column.
"""
