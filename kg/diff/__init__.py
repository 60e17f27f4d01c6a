"""What two builds say differently, and the patch that turns the one into the other."""

from kg.diff.compare import compare
from kg.diff.formats import apply_patch, diff_csv, diff_json, diff_text, patch_lines
from kg.diff.sides import Change, Diff, Field, How

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
