"""Forms of the catalogue, by noun."""
