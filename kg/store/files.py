"""Files written whole or not at all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from kg.errors import GraphError


@contextmanager
def replacing(path: Path) -> Iterator[TextIO]:
    """Open a text file beside `path` for writing; it takes the place of `path` only if the block ends well.

    Raises GraphError where the folder cannot be written to.
    """
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as stream:
            yield stream
        unfinished.replace(path)
    except OSError as error:
        raise GraphError(str(path), f"cannot be written ({error.strerror})", "check the folder") from error
    finally:
        unfinished.unlink(missing_ok=True)
