"""Does a tree bite its own tail? Walks parents without recursion, so that depth is no danger."""

from __future__ import annotations

from collections.abc import Iterable, Mapping


def circles(parents: Mapping[str, Iterable[str]]) -> list[tuple[str, ...]]:
    """The circles met when walking from each key up through its parents, each told once.

    A circle is its keys in walking order, the key that was met again first and last: («a», «b», «a»). Parents
    that are no keys are passed over. Finds at least one circle whenever there is one.
    """
    found: list[tuple[str, ...]] = []
    done: set[str] = set()
    for start in parents:
        if start not in done:
            _walk(start, parents, done, found)
    return found


def _walk(start: str, parents: Mapping[str, Iterable[str]], done: set[str], found: list[tuple[str, ...]]) -> None:
    path = {start: None}
    waiting = [iter(parents[start])]
    while waiting:
        key = next(waiting[-1], None)
        if key is None:
            waiting.pop()
            done.add(path.popitem()[0])
        elif key in path:
            keys = list(path)
            found.append((*keys[keys.index(key) :], key))
        elif key in parents and key not in done:
            path[key] = None
            waiting.append(iter(parents[key]))
