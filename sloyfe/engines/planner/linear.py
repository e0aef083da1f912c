"""Sums for CP-SAT with one type, so that the rules read as formulas."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ortools.sat.python import cp_model

Literal = cp_model.IntVar
Linear = cp_model.LinearExpr


def total(terms: Iterable[Linear]) -> Linear:
    """Their sum; 0 of none."""
    summed: Linear = cp_model.LinearExpr.sum([*terms, cp_model.LinearExpr.constant(0)])
    return summed


def weighted(terms: Sequence[Linear], numbers: Sequence[int]) -> Linear:
    """Σ number × term; 0 of none."""
    if not terms:
        return total(())
    summed: Linear = cp_model.LinearExpr.weighted_sum(terms, numbers)
    return summed


def constant(number: int) -> Linear:
    fixed: Linear = cp_model.LinearExpr.constant(number)
    return fixed
