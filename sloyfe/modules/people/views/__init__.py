"""Pages of the organisation: signing in, the tree, persons, roles and who has looked."""
