"""A rehearsal and a real run do the same; only one is kept, and one that must stop is kept in no case."""

from contextlib import contextmanager

import pytest

from sloyfe.core.imports import rehearsal
from sloyfe.core.imports.places import FileRefused, Place, Problem, Weight

HERE = Place("fil.csv", "", 2)


class Shelf:
    """Stands in for a database: what was written inside `atomic` is gone again if the block fails."""

    def __init__(self):
        self.kept = []

    @contextmanager
    def atomic(self):
        before = list(self.kept)
        try:
            yield
        except BaseException:
            self.kept = before
            raise

    def run(self, write, rehearsing):
        return rehearsal.run(write, rehearsal=rehearsing, atomic=self.atomic, check=lambda: None)


def writing(shelf, *problems):
    def write(log):
        shelf.kept.append("row")
        log.created("unit", "1", f"number {len(shelf.kept)}", HERE, {"name": "A"})
        log.problem(*problems)

    return write


def test_the_rehearsal_writes_and_keeps_nothing():
    shelf = Shelf()
    log = shelf.run(writing(shelf), True)
    assert (shelf.kept, log.applied, len(log.entries)) == ([], False, 1)


def test_the_real_run_logs_the_same_line_for_line():
    shelf = Shelf()
    rehearsed = shelf.run(writing(shelf), True)
    real = shelf.run(writing(shelf), False)
    assert (shelf.kept, real.applied) == (["row"], True)
    assert rehearsed.lines() == real.lines()


@pytest.mark.parametrize("rehearsing", [True, False])
def test_a_problem_that_stops_keeps_nothing(rehearsing):
    shelf = Shelf()
    log = shelf.run(writing(shelf, Problem(HERE, Weight.STOPS, "No")), rehearsing)
    assert (shelf.kept, log.applied, log.stopped) == ([], False, True)


def test_a_problem_that_skips_does_not_stop():
    shelf = Shelf()
    assert shelf.run(writing(shelf, Problem(HERE, Weight.SKIPS, "No")), False).applied


def test_a_refused_file_becomes_a_problem():
    shelf = Shelf()

    def write(log):
        shelf.kept.append("row")
        raise FileRefused(Problem(HERE, Weight.STOPS, "No"))

    log = shelf.run(write, False)
    assert (shelf.kept, log.applied, [problem.message for problem in log.problems]) == ([], False, ["No"])


def test_any_other_error_goes_on_up_and_keeps_nothing():
    shelf = Shelf()

    def write(log):
        shelf.kept.append("row")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        shelf.run(write, False)
    assert shelf.kept == []


@pytest.mark.parametrize("rehearsing", [True, False])
def test_what_waits_for_commit_is_checked_either_way(rehearsing):
    shelf = Shelf()

    def check():
        raise LookupError

    with pytest.raises(LookupError):
        rehearsal.run(writing(shelf), rehearsal=rehearsing, atomic=shelf.atomic, check=check)
    assert shelf.kept == []
