from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

import pytest


@pytest.fixture
def disk_limit() -> Callable[[int], AbstractContextManager[None]]:
    """Limit how large a file may grow, in bytes: the system then refuses to write on, as a full disk does.

    The limit holds for the whole process, whose own output may be a file: it is lifted before the test reports.
    """
    resource = pytest.importorskip("resource")

    @contextmanager
    def limit(size: int) -> Iterator[None]:
        before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)

    return limit
