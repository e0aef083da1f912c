"""A tiny body of its own for attacking the gates: units, persons, assessments."""
