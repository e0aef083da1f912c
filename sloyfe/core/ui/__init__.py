"""The face: base templates, components, dates and numbers in words, and the rule that a swap must speak."""
