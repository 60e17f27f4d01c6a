"""Builds the seeds, asks every store, and writes docs/stores.md: ``make stores``."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.stores.comparison import STORES, cases, page
from benchmarks.stores.servers import Unavailable
from kg.store import open_store
from kg.workflows import build

PAGE = Path("docs/stores.md")


def main() -> int:
    """Return 0 when the page is written and no store differs; a page is written only when every store is there."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        build(["seeds"], out)
        asked = cases(open_store(out))
        try:
            stores = [ask(out, asked) for ask in STORES]
        except Unavailable as reason:
            print(f"error: {PAGE} is not written: {reason}", file=sys.stderr)
            return 1
    text = page(asked, stores)
    PAGE.write_text(text, encoding="utf-8")
    differing = [line for line in text.splitlines() if any(word in line for word in ("differs", "fails", "no answer"))]
    print(f"{PAGE}: {len(asked)} questions in {len(stores)} stores, {len(differing)} with a difference")
    for line in differing:
        print(line)
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
