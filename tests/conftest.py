from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def footage() -> Path:
    """Real clips beside the checkout; tests that use them skip where there are none."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "footage"
    if not folder.is_dir():
        pytest.skip("real footage is not here")
    return folder


@pytest.fixture(scope="session")
def shared() -> Path:
    """Recordings and hostile inputs beside the checkout; tests that use them skip where there are none."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not folder.is_dir():
        pytest.skip("the shared inputs are not here")
    return folder


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what runs in one process: at the end the others would wait for it."""
    items.sort(key=lambda item: item.get_closest_marker("xdist_group") is None)
