"""Reads the symbols of the first or last sheet of a PDF and says how many of the expected texts are there.

Nothing is expected of the last sheet where it is the first as well.

python3 check.py stamps.csv sheets.pdf first|last
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import zxingcpp
from PIL import Image

import job


def pages_of(pdf: Path) -> int:
    facts = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    return next(int(line.split()[1]) for line in facts.splitlines() if line.startswith("Pages:"))


def texts_on(pdf: Path, page: int) -> set[str]:
    """The texts of the symbols on a page, at 300 dpi."""
    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder, "page")
        only = ["-f", str(page), "-l", str(page), "-singlefile"]
        subprocess.run(["pdftoppm", "-r", "300", "-gray", *only, str(pdf), str(picture)], check=True)
        image = Image.open(picture.with_suffix(".pgm"))
        return {found.text for found in zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCodeModel2)}


def main() -> None:
    csv, pdf, which = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    size = job.COLUMNS * job.ROWS
    stamps = job.stamps(csv)
    last = (len(stamps) - 1) // size * size
    expected = stamps[:size] if which == "first" else stamps[max(last, size) :]
    page = 1 if which == "first" else pages_of(pdf)
    read = texts_on(pdf, page)
    print(sum(stamp.url in read for stamp in expected), len(expected))


if __name__ == "__main__":
    main()
