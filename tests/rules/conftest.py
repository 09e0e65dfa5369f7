"""Limits, persistence and confidence are tested with the errors that signals state, apart from how well a model sees."""

from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True, scope="module")
def stated_errors() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("formcheck.body.signal.measured_errors", dict)
        yield
