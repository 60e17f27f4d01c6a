"""What the tests of the view share: pages opened in a real Chromium from disk, without a network, and all they said."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, ViewportSize
from pyoxigraph import RdfFormat, Store

SAMPLE = Path(__file__).parent / "data" / "view-sample.nq"
DESK: ViewportSize = {"width": 1400, "height": 900}
PHONE: ViewportSize = {"width": 390, "height": 844}


@dataclass
class Opened:
    """A page with all it said and asked for."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)

    def api(self, call: str, *arguments: Any) -> Any:
        """Call a function of `kgView`."""
        return self.page.evaluate(f"arguments => kgView.{call}(...arguments)", list(arguments))

    def wait_until(self, expression: str) -> None:
        """Wait until an expression holds; playwright's own way needs eval, which the page forbids."""
        for _ in range(1200):
            if self.page.evaluate(f"Boolean({expression})"):
                return
            self.page.wait_for_timeout(50)
        pytest.fail(f"{expression} does not come true: {self.errors}")

    def click_at(self, place: dict[str, float]) -> None:
        self.page.mouse.move(place["x"], place["y"])
        self.page.mouse.click(place["x"], place["y"])

    def heading(self) -> str:
        return self.page.inner_text("#panel h2")


def load(path: Path = SAMPLE) -> Store:
    """Return the store of a file of N-Quads."""
    store = Store()
    store.bulk_load(path=path, format=RdfFormat.N_QUADS)
    return store


@contextmanager
def opening(browser: Browser, file: Path, *, hash_: str = "", ready: bool = True, **options: Any) -> Iterator[Opened]:
    """Open a file; wait until the view is ready, close it at the end."""
    settings: dict[str, Any] = {"viewport": DESK, "locale": "zh-CN", "offline": True} | options
    opened = Opened(browser.new_context(**settings).new_page())
    opened.page.on("console", lambda message: opened.errors.append(message.text))
    opened.page.on("pageerror", lambda error: opened.errors.append(str(error)))
    opened.page.on("request", lambda request: opened.requests.append(request.url))
    opened.page.goto(file.as_uri() + hash_)
    if ready:
        opened.wait_until("window.kgView?.ready")
    yield opened
    opened.page.context.close()
