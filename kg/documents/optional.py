"""Libraries that only some need: imported when a file asks for them."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from kg.errors import InputError


def require(module: str, extra: str, path: str) -> Any:
    """Return a module; raise InputError, saying how to install it, where it is missing."""
    try:
        return import_module(module)
    except ImportError as error:
        name = module.partition(".")[0].replace("_", "-")
        remedy = f"pip install 'zhengce-kg[{extra}]'"
        raise InputError(path, f"needs the library {name}, which is not installed", remedy) from error
