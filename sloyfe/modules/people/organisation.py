"""What the gates ask of the organisation, gathered under the name settings points to."""

from sloyfe.modules.people.tree import around, below, led_nearest
from sloyfe.modules.people.viewers import explain

__all__ = ["around", "below", "explain", "led_nearest"]
