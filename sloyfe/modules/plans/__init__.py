"""From what an office lacks to dates it can keep: needs, few priorities, measures, sessions, and what came of it."""
