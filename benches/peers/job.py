"""The job that all peers do: where everything lies, and the stamps to print.

Lengths are in millimetres from the upper left corner of the sheet or the stamp unless a name says otherwise.
"""

import csv
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
FONTS = HERE.parent.parent / "fonts"
MONO = FONTS / "JetBrainsMono-Medium.ttf"
PLAIN = FONTS / "BarlowCondensed-Medium.ttf"
ART = HERE / "design" / "art.svg"

PT = 72 / 25.4  # points a millimetre
SHEET = (210.0, 297.0)
COLUMNS, ROWS = 7, 9
STAMP = (24.0, 30.0)
PITCH = (27.0, 31.0)
FIRST = (12.0, 9.5)

MODULE_PT = 1.2
MODULES = 41
SYMBOL = MODULES * MODULE_PT / PT
SYMBOL_AT = ((STAMP[0] - SYMBOL) / 2, 13.7 - SYMBOL / 2)
SERIAL_PT, SERIAL_BASELINE = 6, 26.1
TEXT_PT, TEXT_BASELINE = 4, 28.2
# The product `ocop demo` orders stamps for.
TEXT = "Bộ ấm chén gốm sứ chim én hoa sen"

# The artwork in design/art.svg.
FRAME = (0.5, 0.5, 23.0, 29.0)
FRAME_LINE = 0.2
RED = (0.10, 1.00, 0.90, 0.22)
GOLD = (0.00, 0.22, 0.85, 0.00)


class Stamp(NamedTuple):
    serial: str
    url: str


def arguments() -> tuple[Path, Path]:
    """The CSV to read and the PDF to write."""
    return Path(sys.argv[1]), Path(sys.argv[2])


def stamps(path: Path) -> list[Stamp]:
    with path.open(newline="") as file:
        return [Stamp(row["serial"], row["url"]) for row in csv.DictReader(file)]


def sheets(all_stamps: list[Stamp]) -> Iterator[list[tuple[float, float, Stamp]]]:
    """The stamps of each sheet with their places, by rows."""
    size = COLUMNS * ROWS
    for start in range(0, len(all_stamps), size):
        yield [(*place(cell), stamp) for cell, stamp in enumerate(all_stamps[start : start + size])]


def place(cell: int) -> tuple[float, float]:
    row, column = divmod(cell, COLUMNS)
    return FIRST[0] + column * PITCH[0], FIRST[1] + row * PITCH[1]


def stars() -> list[list[tuple[float, float]]]:
    """The corners of the stars in the artwork."""
    paths = re.findall(r' d="M([^"Z]+)Z"', ART.read_text())
    corners = ([point.split() for point in path.split("L")] for path in paths)
    return [[(float(x), float(y)) for x, y in star] for star in corners]


def runs(row: bytes | bytearray) -> Iterator[tuple[int, int]]:
    """Start and length of every run of dark modules (not 0) in a row."""
    start = None
    for at, module in enumerate([*row, 0]):
        if module and start is None:
            start = at
        elif not module and start is not None:
            yield start, at - start
            start = None
