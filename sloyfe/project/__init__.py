"""Settings, root URLs, the worker's entry and the demo body."""
