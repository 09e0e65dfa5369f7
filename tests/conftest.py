from collections.abc import Iterator
from pathlib import Path

import pytest

from formcheck import language
from formcheck.history.place import VARIABLE
from tests.browser import Browser, started


@pytest.fixture(scope="session", autouse=True)
def data_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Keep every test, and every process that it starts, away from the history of whoever runs it."""
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(VARIABLE, str(folder))
        yield folder


@pytest.fixture(scope="session", autouse=True)
def english() -> Iterator[None]:
    """Let every test speak English, whatever the language of whoever runs it."""
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv(language.VARIABLE, "en")
        yield


@pytest.fixture(autouse=True)
def english_again() -> Iterator[None]:
    """Leave no test in the language of another."""
    yield
    language.choose("en")


@pytest.fixture(scope="session")
def footage() -> Path:
    """Real clips beside the checkout; tests that use them skip where there are none."""
    folder = Path(__file__).resolve().parents[2] / "shared" / "footage"
    if not folder.is_dir():
        pytest.skip("real footage is not here")
    return folder


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """A browser; tests that use it skip where there is none."""
    yield from started()


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
