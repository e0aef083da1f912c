"""The hard rules and the objective of the exact model, one function each."""
