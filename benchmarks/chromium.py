"""The browser that draws pages for the tests, the benchmarks and the pictures."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, sync_playwright

# The shell first: the same engine without the windows around it, for less than half of the work.
NAMES = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Run Chromium without a window: one of the system's, else playwright's own.

    Raises playwright's Error, which says how to get it, where there is none.
    """
    with sync_playwright() as playwright:
        path = next(filter(None, map(shutil.which, NAMES)), None)
        browser = playwright.chromium.launch(executable_path=path)
        yield browser
        browser.close()
