"""A real browser without a connection, for pages that stand alone; what tests with it is skipped where there is none."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PHONE, DESK = 390, 1280
SERIOUS = ("serious", "critical")
ONE_AT_A_TIME = pytest.mark.xdist_group("browser")
"""All tests with a browser use the same one."""


@dataclass
class Opened:
    """A page that is open.

    Attributes
    ----------
    page
        Playwright's.
    complaints
        What the browser and the page's script complained of.
    asked_for
        All addresses that were asked for, but the page's own.
    """

    page: Any
    complaints: list[str] = field(default_factory=list)
    asked_for: list[str] = field(default_factory=list)

    @property
    def overflows(self) -> bool:
        """Whether the page is wider than the window."""
        wide: bool = self.page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth")
        return wide

    def barriers(self) -> list[str]:
        """Return what axe-core finds that shuts people out."""
        axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
        found = axe.run(self.page).response["violations"]
        return [
            f"{item['id']}: {item['help']}: {node['html'][:120]} {node['failureSummary']}"
            for item in found
            for node in item["nodes"]
            if item["impact"] in SERIOUS
        ]

    def pages_on_paper(self) -> int:
        """Return how many sheets the page takes when it is printed."""
        data: bytes = self.page.pdf(prefer_css_page_size=True)
        return len(re.findall(rb"/Type\s*/Page\b", data))


@dataclass
class Browser:
    """Opens pages from disk."""

    engine: Any
    _contexts: list[Any] = field(default_factory=list)

    def open(self, path: Path, width: int = DESK, *, dark: bool = False) -> Opened:
        """Open a page in a window of this width."""
        context = self.engine.new_context(
            viewport={"width": width, "height": 900}, offline=True, color_scheme="dark" if dark else "light"
        )
        self._contexts.append(context)
        opened = Opened(context.new_page())
        opened.page.on("console", lambda message: opened.complaints.append(message.text))
        opened.page.on("pageerror", lambda error: opened.complaints.append(str(error)))
        opened.page.on("request", lambda request: opened.asked_for.append(request.url))
        opened.page.goto(path.as_uri())
        opened.asked_for.remove(path.as_uri())
        return opened

    def close_all(self) -> None:
        """Close what was opened."""
        while self._contexts:
            self._contexts.pop().close()


def started() -> Iterator[Browser]:
    """Yield a browser, or skip where there is none."""
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    if CHROMIUM is None:
        pytest.skip("there is no Chromium")
    is_root = hasattr(os, "getuid") and os.getuid() == 0
    with sync_api.sync_playwright() as playwright:
        engine = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"] if is_root else [])
        yield Browser(engine)
        engine.close()
