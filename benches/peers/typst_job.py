"""typst, symbols by zxing-cpp, as images of one pixel a module."""

import json
import tempfile
from pathlib import Path

import typst
import zxingcpp

import job

SOURCE = """
#let job = json("job.json")
#let pixels = read("symbols.bin", encoding: none)
#let symbol(number) = {
  let size = job.modules * job.modules
  let format = (encoding: "luma8", width: job.modules, height: job.modules)
  image(pixels.slice(number * size, count: size), format: format, width: job.symbol * 1mm, scaling: "pixelated")
}
#let red = cmyk(..job.red.map(part => part * 100%))
#let gold = cmyk(..job.gold.map(part => part * 100%))
#let black = cmyk(0%, 0%, 0%, 100%)
#let star(corners) = {
  let points = corners.map(((x, y)) => (x * 1mm, y * 1mm))
  curve(fill: gold, curve.move(points.first()), ..points.slice(1).map(curve.line), curve.close())
}
#let art = {
  let (x, y, width, height) = job.frame
  place(dx: x * 1mm, dy: y * 1mm, rect(width: width * 1mm, height: height * 1mm, stroke: job.line * 1mm + red))
  for corners in job.stars { place(star(corners)) }
}
#let line(baseline, font, stretch, size, words) = {
  set text(font: font, stretch: stretch, size: size * 1pt, weight: 500, fill: black)
  set text(top-edge: "baseline", bottom-edge: "baseline")
  place(dy: baseline * 1mm, block(width: job.stamp.at(0) * 1mm, align(center, words)))
}
#let stamp(number, serial) = {
  art
  place(dx: job.at.at(0) * 1mm, dy: job.at.at(1) * 1mm, symbol(number))
  line(job.serial-baseline, "JetBrains Mono", 100%, job.serial-pt, serial)
  line(job.text-baseline, "Barlow", 75%, job.text-pt, job.text)
}
#set page(width: job.sheet.at(0) * 1mm, height: job.sheet.at(1) * 1mm, margin: 0mm)
#let size = job.places.len()
#for first in range(0, job.serials.len(), step: size) {
  if first > 0 { pagebreak() }
  for (cell, serial) in job.serials.slice(first, calc.min(first + size, job.serials.len())).enumerate() {
    let (x, y) = job.places.at(cell)
    let (width, height) = job.stamp
    place(dx: x * 1mm, dy: y * 1mm, block(width: width * 1mm, height: height * 1mm, stamp(first + cell, serial)))
  }
}
"""


def modules(text: str) -> bytes:
    code = zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCodeModel2, ec_level="M")
    return bytes(memoryview(code.to_image(scale=1, add_quiet_zones=False)))


def data(stamps: list[job.Stamp]) -> dict[str, object]:
    return {
        "serials": [stamp.serial for stamp in stamps],
        "places": [job.place(cell) for cell in range(job.COLUMNS * job.ROWS)],
        "sheet": job.SHEET,
        "stamp": job.STAMP,
        "frame": job.FRAME,
        "line": job.FRAME_LINE,
        "stars": job.stars(),
        "red": job.RED,
        "gold": job.GOLD,
        "modules": job.MODULES,
        "symbol": job.SYMBOL,
        "at": job.SYMBOL_AT,
        "serial-pt": job.SERIAL_PT,
        "serial-baseline": job.SERIAL_BASELINE,
        "text": job.TEXT,
        "text-pt": job.TEXT_PT,
        "text-baseline": job.TEXT_BASELINE,
    }


def write(csv: Path, pdf: Path) -> None:
    stamps = job.stamps(csv)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "job.typ")
        source.write_text(SOURCE)
        Path(folder, "job.json").write_text(json.dumps(data(stamps)))
        Path(folder, "symbols.bin").write_bytes(b"".join(modules(stamp.url) for stamp in stamps))
        typst.compile(source, output=pdf, font_paths=[job.FONTS], ignore_system_fonts=True)


if __name__ == "__main__":
    write(*job.arguments())
