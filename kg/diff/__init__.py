"""What two builds say differently, and the patch that turns the one into the other."""

from kg.diff.changes import Change, Diff, Field, How
from kg.diff.compare import compare
from kg.diff.formats import diff_csv, diff_json, diff_text
from kg.diff.patch import apply_patch, patch_lines

__all__ = [
    "Change",
    "Diff",
    "Field",
    "How",
    "apply_patch",
    "compare",
    "diff_csv",
    "diff_json",
    "diff_text",
    "patch_lines",
]
