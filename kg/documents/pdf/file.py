"""The one module that knows pypdfium2: bytes of a PDF to characters and ruled lines.

pypdfium2 is chosen because it is the reader of a browser, hardened against files made to harm; because it maps the
glyphs that Chromium stores as radicals (⾦ for 金) back to characters, which pdfplumber and pypdf leave; and because
it takes 0.03 s for a page where they take 0.25 to 0.6 s.
"""

from __future__ import annotations

import ctypes
import math
import unicodedata
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from kg.documents.limits import PAGE_CHARS, PDF_PAGES
from kg.documents.pdf.types import Char, Page, RuledLine
from kg.errors import InputError

_THIN = 3.0
_STRAIGHT = 0.5
_RADICALS = range(0x2E80, 0x2FE0)
_NO_CHARS = frozenset({0x7F, 0xAD, 0xFEFF, 0xFFFE, 0xFFFF})
_BLANKS = frozenset({0xA0, 0x3000})
_SQUARE = range(0x4E00, 0xA000)  # a Chinese character fills a square, whatever its ink does
_UPRIGHT = 0.02
_MOST_SEGMENTS = 20_000
_MANY_CURVES = 50
FEW_CHARS = 8
"""A page with fewer characters, but with a picture, is a scan: what it shows beside its number is not read."""


def open_pdf(path: str, data: bytes) -> Iterator[Page]:
    """Yield the pages of a PDF.

    Raises InputError where it is protected by a password, damaged, or far too long.
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise _refusal(path, getattr(error, "err_code", None)) from error
    try:
        if len(document) > PDF_PAGES:
            raise InputError(path, f"the PDF has {len(document)} pages, at most {PDF_PAGES} are read", "part it")
        for number in range(len(document)):
            yield _page(f"{path}:{number + 1}", document[number])
    except pdfium.PdfiumError as error:
        raise InputError(path, f"the PDF is damaged ({error})", "fetch it again") from error
    finally:
        document.close()


def _refusal(path: str, code: int | None) -> InputError:
    if code in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}:
        return InputError(path, "is protected by a password", "save it without one")
    return InputError(path, "the PDF is damaged", "fetch it again")


def _page(place: str, page: pdfium.PdfPage) -> Page:
    turn = _Turn(page.get_rotation(), *page.get_size())
    text = page.get_textpage()
    try:
        if text.count_chars() > PAGE_CHARS:
            raise InputError(place, f"the page holds over {PAGE_CHARS} characters", "check that it is no drawing")
        chars = tuple(_chars(text, turn))
        return Page(chars, tuple(_ruled_lines(page, turn)), len(chars) < FEW_CHARS and _is_pictured(page))
    finally:
        text.close()
        page.close()


def _is_pictured(page: pdfium.PdfPage) -> bool:
    """Tell whether a page shows a picture, or curves enough to be letters."""
    kinds = [item.type for item in page.get_objects(max_depth=2)]
    return raw.FPDF_PAGEOBJ_IMAGE in kinds or kinds.count(raw.FPDF_PAGEOBJ_PATH) > _MANY_CURVES


class _Turn:
    """From a page's own coordinates to those in which it is shown, where it is turned by quarters."""

    def __init__(self, degrees: int, width: float, height: float) -> None:
        self.degrees, self.width, self.height = degrees, width, height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """Return where a point is shown."""
        match self.degrees:
            case 90:
                return y, self.height - x
            case 180:
                return self.width - x, self.height - y
            case 270:
                return self.width - y, x
            case _:
                return x, y


def _chars(text: pdfium.PdfTextPage, turn: _Turn) -> Iterator[Char]:
    """Yield the characters that stand upright on the page as shown: a slanted watermark does not."""
    box = raw.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for at in range(text.count_chars()):
        code = raw.FPDFText_GetUnicode(text, at)
        if code < 0x20 or code in _NO_CHARS or (code == 0x20 and raw.FPDFText_IsGenerated(text, at) == 1):
            continue
        if not (raw.FPDFText_GetLooseCharBox(text, at, box) and raw.FPDFText_GetCharOrigin(text, at, x, y)):
            continue
        angle = raw.FPDFText_GetCharAngle(text, at) - math.radians(turn.degrees)
        if angle >= 0 - math.tau and abs(math.sin(angle)) > _UPRIGHT:
            continue
        first, second = turn.point(box.left, box.bottom), turn.point(box.right, box.top)
        left, right = sorted((first[0], second[0]))
        size = _size(text, at, abs(second[1] - first[1]))
        spare = max(0.0, size - (right - left)) / 2 if code in _SQUARE else 0.0
        yield Char(_character(code), left - spare, right + spare, turn.point(x.value, y.value)[1], size)


def _size(text: pdfium.PdfTextPage, at: int, height: float) -> float:
    """Return the size a character is shown at: its font's by the matrix that scales it, else the height of its box."""
    matrix = raw.FS_MATRIX()
    font = raw.FPDFText_GetFontSize(text, at)
    if font > 0 and raw.FPDFText_GetMatrix(text, at, matrix):
        return font * math.hypot(matrix.c, matrix.d) or height
    return font or height


def _character(code: int) -> str:
    """Return the character; pdfium gives those beyond the first plane as two halves, joined when the line is."""
    character = chr(code)
    if code in _RADICALS:
        return unicodedata.normalize("NFKC", character)
    return " " if code in _BLANKS else character


def _ruled_lines(page: pdfium.PdfPage, turn: _Turn) -> Iterator[RuledLine]:
    """Yield the straight lines that are drawn: strokes, and filled boxes so thin that they are lines."""
    left = _MOST_SEGMENTS
    for item in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=1):
        points = list(_points(item))
        left -= len(points)
        if left < 0:
            return
        if _is_drawn(item, points):
            for (x0, y0), (x1, y1) in points:
                rule = _rule(*turn.point(x0, y0), *turn.point(x1, y1))
                if rule is not None:
                    yield rule


def _is_drawn(item: pdfium.PdfObject, segments: list[tuple[tuple[float, float], tuple[float, float]]]) -> bool:
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not segments or not raw.FPDFPath_GetDrawMode(item, fill, stroke):
        return False
    xs = [x for segment in segments for x, _ in segment]
    ys = [y for segment in segments for _, y in segment]
    thin = min(max(xs) - min(xs), max(ys) - min(ys)) <= _THIN
    return bool(stroke.value) or (bool(fill.value) and thin)


def _points(item: pdfium.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    """Yield the straight segments of a path, on the page."""
    matrix = item.get_matrix()
    count = min(raw.FPDFPath_CountSegments(item), _MOST_SEGMENTS)
    x, y = ctypes.c_float(), ctypes.c_float()
    start = last = (0.0, 0.0)
    for number in range(count):
        segment = raw.FPDFPath_GetPathSegment(item, number)
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            return
        here = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_MOVETO:
            start = here
        elif kind == raw.FPDF_SEGMENT_LINETO:
            yield last, here
        last = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield here, start
            last = start


def _rule(x0: float, y0: float, x1: float, y1: float) -> RuledLine | None:
    if abs(y0 - y1) <= _STRAIGHT < abs(x0 - x1):
        return RuledLine(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    if abs(x0 - x1) <= _STRAIGHT < abs(y0 - y1):
        return RuledLine(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))
    return None
