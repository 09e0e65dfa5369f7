"""What is done in a thread beside the main work: pictures are fetched ahead of it, and written behind it.

Decoding, the model and encoding leave Python while they work, so that they share the cores.
"""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from types import TracebackType
from typing import Self, TypeVar

Item = TypeVar("Item")


def ahead(items: Iterable[Item]) -> Iterator[Item]:
    """Yield items, none of which is None; each is fetched while the one before it is worked on.

    What fetching raises is raised when its item would have come.
    """
    coming = iter(items)
    with ThreadPoolExecutor(1, thread_name_prefix="ahead") as thread:
        fetched = thread.submit(next, coming, None)
        while (item := fetched.result()) is not None:
            fetched = thread.submit(next, coming, None)
            yield item


class Behind:
    """Does one thing after another while others go on; a context manager, which waits for the last."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="behind")
        self._going: Future[None] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._thread.shutdown()

    def do(self, work: Callable[[], None]) -> None:
        """Begin something once the thing before it is done; raises what that raised."""
        self.wait()
        self._going = self._thread.submit(work)

    def wait(self) -> None:
        """Wait until all is done; raises what was raised by it."""
        going, self._going = self._going, None
        if going is not None:
            going.result()
