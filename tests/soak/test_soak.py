"""A few of the hostile runs, so that the command stays whole; `python -m tests.soak` makes thousands."""

import os
from pathlib import Path

import pytest

from tests.soak.soak import soak


@pytest.mark.skipif(os.name == "nt", reason="signals, pipes and names differ there")
@pytest.mark.parametrize(("kinds", "runs"), [(("landmarks", "names"), 16), (("signals", "streams"), 4)])
def test_hostile_runs_neither_crash_nor_hang_nor_end_with_a_wrong_code(
    kinds: tuple[str, ...], runs: int, tmp_path: Path
) -> None:
    found = soak(tmp_path, runs, seed=7, kinds=kinds, jobs=1)
    assert [item for item in found if item.fault is not None] == []
    assert len(found) == runs
    assert list(tmp_path.iterdir()) == [tmp_path / "stock"]
