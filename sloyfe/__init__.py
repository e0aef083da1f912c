"""Sløyfe, the learning loop: needs, a plan that fits the time there is, learning, sharing, effect, needs."""
