"""Takes the pictures of the view for the documentation: ``python -m benchmarks.view_pictures exports docs/images``.

Five pictures (overview, agency, network, table, proof) at the size of a desktop and of a phone, light and dark.
"""

from __future__ import annotations

import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal

from playwright.sync_api import Browser, Page, ViewportSize

from benchmarks.chromium import chromium
from kg.store import open_store
from kg.view import write_view

SIZES: dict[str, ViewportSize] = {
    "desktop": {"width": 1400, "height": 900},
    "phone": {"width": 390, "height": 844},
}
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
STEPS = {
    "overview": "() => {}",
    "agency": "() => kgView.focus(kgView.search('广东省地方金融监督管理局')[0].id)",
    "network": "() => kgView.picture('network')",
    "table": "() => kgView.picture('table')",
    "proof": "() => { kgView.focus(kgView.search('广东省地方金融监督管理局')[0].id);"
    " document.querySelector('#panel .item').click() }",
}
"""What a reader does before each picture is taken; the agency is one of the sample documents."""


def main(graph: str, out: str) -> None:
    """Take all pictures of the graph in the folder `graph` and put them into the folder `out`."""
    with TemporaryDirectory() as folder, chromium() as browser:
        file = Path(folder) / "graph.html"
        write_view(open_store(Path(graph)), file, title="绿色金融与监管动态")
        for (size, viewport), scheme in product(SIZES.items(), SCHEMES):
            for name, step in STEPS.items():
                page = _open(browser, file, viewport, scheme)
                page.evaluate(step)
                page.wait_for_timeout(700)
                page.screenshot(path=Path(out) / f"view-{name}-{size}-{scheme}.png")
                page.context.close()


def _open(browser: Browser, file: Path, viewport: ViewportSize, scheme: Literal["light", "dark"]) -> Page:
    page = browser.new_context(viewport=viewport, color_scheme=scheme, locale="zh-CN", offline=True).new_page()
    page.goto(file.as_uri())
    page.wait_for_function("window.kgView?.ready")
    return page


if __name__ == "__main__":
    main(*sys.argv[1:3])
