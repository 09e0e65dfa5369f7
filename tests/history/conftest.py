from pathlib import Path

import pytest

from formcheck.history.place import VARIABLE
from formcheck.history.store import History


@pytest.fixture
def history(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> History:
    """An empty history, of which the commands know too."""
    monkeypatch.setenv(VARIABLE, str(tmp_path / "data"))
    return History()
