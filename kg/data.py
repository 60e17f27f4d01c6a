"""The folder of the domain data, ``ontology/``: inside the package once installed, beside it in a checkout."""

from __future__ import annotations

from pathlib import Path


def ontology_root() -> Path:
    """Return the folder of the domain data: inside the package once installed, beside it in a checkout."""
    package = Path(__file__).resolve().parent
    installed = package / "ontology"
    return installed if installed.is_dir() else package.parent / "ontology"
