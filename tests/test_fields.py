"""Any declaration is held to its annotations: types, ranges, items and entries, each told in plain words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Annotated, Literal

import numpy as np
import pytest

from formcheck.errors import UsageError
from formcheck.fields import AtLeast, Between, Checked, FieldError, check_value, did_you_mean, nearest


class Colour(StrEnum):
    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True)
class Dot(Checked):
    size: Annotated[float, Between(0, 10)] = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag(Checked):
    id: str = "flag"
    colours: Annotated[tuple[Colour, ...], AtLeast(2)] = (Colour.RED, Colour.GREEN)
    side: Literal["left", "right"] | None = None
    times: Annotated[int, Between(1, 9)] = 1
    limits: tuple[float | None, float | None] = (None, None)
    dots: Dot | tuple[Dot, ...] = ()
    by_name: Mapping[str, Colour] = field(default_factory=dict)
    draw: Callable[[], None] | None = None
    waves: bool = False


RIGHT: tuple[dict[str, object], ...] = (
    {}, {"side": "left"}, {"times": 9}, {"limits": (1, None)}, {"limits": (np.float32(0.5), 2.0)}, {"dots": Dot()},
    {"dots": (Dot(), Dot(10))}, {"by_name": {"a": Colour.RED}}, {"draw": lambda: None}, {"id": "Fähnchen 45°"},
)  # fmt: skip

WRONG: tuple[tuple[dict[str, object], str], ...] = (
    ({"colours": (Colour.RED,)}, "colours is (Colour.RED); expected a tuple with at least 2 items, each item of it"),
    ({"colours": (Colour.RED, "gren")}, "colours[1] is 'gren'; expected Colour.RED or Colour.GREEN. Did you mean Colour.GREEN?"),
    ({"colours": [Colour.RED, Colour.GREEN]}, "expected a tuple"),
    ({"side": "Left"}, "side is 'Left'; expected left or right. Did you mean left?"),
    ({"side": True}, "side is True"),
    ({"times": 10}, "times is 10; expected a whole number from 1 to 9."),
    ({"times": True}, "times is True"),
    ({"times": 1.5}, "times is 1.5"),
    ({"times": 10**400}, "expected a whole number from 1 to 9"),
    ({"limits": (float("nan"), None)}, "limits[0] is nan; expected a number"),
    ({"limits": (10**400, None)}, "expected a number"),
    ({"limits": (1, 2, 3)}, "limits is (1, 2, 3); expected a pair"),
    ({"dots": (Dot(), 3)}, "dots[1] is 3; expected a Dot"),
    ({"dots": "x"}, "dots is 'x'; expected a Dot or a tuple"),
    ({"by_name": {"a": "red"}}, "by_name['a'] is 'red'; expected Colour.RED or Colour.GREEN. Did you mean Colour.RED?"),
    ({"by_name": [1]}, "by_name is (1); expected a mapping"),
    ({"by_name": {1: Colour.RED}}, "by_name is 1; expected text"),
    ({"draw": 5}, "draw is 5"),
    ({"waves": 0}, "waves is 0; expected True or False"),
    ({"id": ""}, "id is ''; expected text on one line that can be printed"),
    ({"id": "two\nlines"}, "id is 'two\\nlines'"),
    ({"id": object()}, "id is an object; expected text"),
)  # fmt: skip


@pytest.mark.parametrize("values", RIGHT)
def test_what_is_right_is_made(values: dict[str, object]) -> None:
    Flag(**values)  # type: ignore[arg-type]


@pytest.mark.parametrize(("values", "words"), WRONG)
def test_what_is_wrong_is_told_with_what_is_expected(values: dict[str, object], words: str) -> None:
    with pytest.raises(FieldError) as caught:
        Flag(**values)  # type: ignore[arg-type]
    assert words in caught.value.cause
    assert caught.value.cause.isprintable()
    assert caught.value.cause.startswith("Flag")
    assert isinstance(caught.value, UsageError | ValueError)
    assert caught.value.path[0] == next(iter(values))


def test_a_value_by_itself_is_told_by_its_name() -> None:
    check_value("--fps", None, Annotated[float, Between(1, 9)] | None)
    with pytest.raises(UsageError) as caught:
        check_value("--fps", 0.0, Annotated[float, Between(1, 9)] | None)
    assert caught.value.cause == "--fps is 0.0; expected a number from 1 to 9."


def test_words_that_are_alike() -> None:
    known = ["dead_bug", "hip_airplane"]
    assert nearest("deadbug", known) == "dead_bug"
    assert nearest("HIP AIRPLAIN", known) == "hip_airplane"
    assert nearest("squat", known) is None
    assert did_you_mean("deadbug", known) == " Did you mean dead_bug?"
    assert did_you_mean("squat", known) == ""
