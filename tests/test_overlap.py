"""What is done in a thread beside the main work comes in its order, one at a time, and says what went wrong."""

import threading
from collections.abc import Iterator

import pytest

from formcheck.overlap import Behind, ahead

WAIT_S = 10.0


def test_all_comes_in_its_order() -> None:
    assert list(ahead(range(1, 50))) == list(range(1, 50))
    assert list(ahead([])) == []


def test_the_next_is_fetched_while_one_is_worked_on_and_no_more() -> None:
    fetched, second = [], threading.Event()

    def items() -> Iterator[int]:
        for number in range(1, 6):
            fetched.append(number)
            if number == 2:
                second.set()
            yield number

    coming = ahead(items())
    assert next(coming) == 1
    assert second.wait(WAIT_S)
    assert fetched == [1, 2]
    del coming


def test_what_fetching_raises_comes_after_what_was_fetched() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise ValueError("broken")

    coming = ahead(items())
    assert next(coming) == 1
    with pytest.raises(ValueError, match="broken"):
        next(coming)


def test_fetching_ends_where_nobody_wants_more() -> None:
    ended = threading.Event()

    def items() -> Iterator[int]:
        try:
            yield from range(1, 100)
        finally:
            ended.set()

    for item in ahead(items()):
        if item == 3:
            break
    assert ended.wait(WAIT_S)


def test_one_thing_is_done_after_the_other_beside_what_goes_on() -> None:
    may_end, done = threading.Event(), []

    def first() -> None:
        assert may_end.wait(WAIT_S)
        done.append("first")

    with Behind() as behind:
        behind.do(first)
        assert done == []  # it goes on while we are here
        may_end.set()
        behind.do(lambda: done.append("second"))
        behind.wait()
        assert done == ["first", "second"]


def test_what_went_wrong_is_said_once_with_the_next() -> None:
    def fail() -> None:
        raise OSError("full")

    with Behind() as behind:
        behind.do(fail)
        with pytest.raises(OSError, match="full"):
            behind.do(lambda: None)
        behind.wait()
