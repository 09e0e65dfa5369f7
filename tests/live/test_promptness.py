"""A repetition is counted as soon as the body is back, and what is shown by then is what the result says."""

import pytest

from tests.bench.promptness import LEVELS, WITHIN_S, delay_s


@pytest.mark.parametrize(("name", "level"), LEVELS)
def test_a_repetition_is_counted_as_soon_as_the_body_is_back(name: str, level: str | None) -> None:
    """With landmarks that tremble; the estimator's own lag comes on top of it."""
    assert delay_s(name, level, fps=15.0) <= WITHIN_S
