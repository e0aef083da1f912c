"""Numbers with a date and a source: thresholds, limits and deadlines live in YAML, never in code."""

from sloyfe.core.policy.parameters import Parameter, all_parameters, number, parameter

__all__ = ["Parameter", "all_parameters", "number", "parameter"]
