"""«Finn tid»: gathers what an office can carry, asks the planner, and stores its answer as a proposal.

Decides nothing: a proposal becomes dates only when the plan's owner says so (plans).
"""
