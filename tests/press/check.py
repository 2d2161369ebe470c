#!/usr/bin/env python3
"""Every design on every layout, checked with the tools that print shops use.

For each pair that fits, `ocop sheet` prints one sheet of a real batch, and then

- structure: qpdf, Ghostscript (stops on warnings) and MuPDF find nothing to say;
- rules: `ocop preflight` finds no error;
- fonts are embedded and subset, images are stencils of one bit, Trim lies in Bleed in Media;
- plates: the black plate and the die line are plates of their own, black text and codes have no other ink;
- symbols: renders of three programs at 300 dpi or more, and the black plate at 600 dpi, are read back by zxing-cpp, all of them;
- darkness: the dark area of symbols in 300-dpi and 600-dpi renders is as large as the symbols say;
- cells: where trims lie on whole pixels, no pixel of a full sheet's stamps is more than 24 of 255 darker or lighter than all
  pixels of the first stamp within one pixel of its place, nor the other way round; symbol and letters masked out;
- varnish: the three renders are the same with and without the plate, and the plate has its ink.

apt-get install ghostscript mupdf-tools poppler-utils qpdf; pip install numpy pillow zxing-cpp
python3 tests/press/check.py [--ocop FILE] [--quick] [--designs NAME ...] [--layouts NAME ...]
"""

import argparse
import csv
import json
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass, field
from pathlib import Path

import numpy
import zxingcpp
from PIL import Image

Image.MAX_IMAGE_PIXELS = None
TOP = Path(__file__).resolve().parent.parent.parent
# How much darker or lighter than its modules a symbol may be rendered, in per cent.
DARK_AREA_PERCENT = 1.5
# The compact design carries the serial alone; the others the signed text.
COMPACT = {"qr-15"}
STAMPS = 2000
# How much a pixel of a stamp may be darker or lighter, of 255, than all pixels of another one within a pixel of its place:
# where a stamp lies between pixels, renderers smooth its edges into the next.
LEVELS = 24


@dataclass
class Case:
    """One design on one layout."""

    design: str
    layout: str
    pdf: Path
    stamps: dict[str, str]
    standard: str
    module_dots: int
    dpi: int
    # Columns and rows of a sheet.
    grid: tuple[int, int]
    findings: list[str] = field(default_factory=list)

    def expect(self, right: bool, finding: str) -> None:
        if not right:
            self.findings.append(finding)


def run(*command: object) -> subprocess.CompletedProcess:
    return subprocess.run([str(word) for word in command], capture_output=True, text=True, errors="replace")


def main() -> None:
    options = arguments()
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        data = {name: register(options.ocop, work / name, name) for name in ("signed", "compact")}
        cases, errors = [], []
        for design, layout in pairs(options):
            try:
                case = printed(options.ocop, data["compact" if design in COMPACT else "signed"], work, design, layout)
            except subprocess.CalledProcessError as error:
                errors.append(f"{design} on {layout}: {error.stderr or error.output}")
                continue
            if case is not None:
                check(case, options.ocop, work, options.quick)
                cases.append(case)
                said = "; ".join(case.findings) or "clean"
                print(f"{design:16} {layout:16} {case.standard:14} {len(case.stamps):4} stamps  {said}", flush=True)
        for design in options.designs:
            for finding in overlays(options.ocop, data["signed"], work, design):
                errors.append(f"{design}: {finding}")
    failed = [case for case in cases if case.findings]
    print(f"{len(cases)} pairs, {sum(len(case.stamps) for case in cases)} symbols; {len(failed)} with findings")
    for error in errors:
        print(error)
    sys.exit(1 if failed or errors or not cases else 0)


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ocop", type=Path, default=TOP / "target/release/ocop")
    parser.add_argument("--quick", action="store_true", help="each design and each layout once, renders at 300 dpi only")
    parser.add_argument("--designs", nargs="+", default=names("assets/designs", "*/design.toml", -2))
    parser.add_argument("--layouts", nargs="+", default=names("assets/layouts", "*.toml", -1))
    return parser.parse_args()


def names(folder: str, pattern: str, part: int) -> list[str]:
    return sorted(Path(path.parts[part]).stem for path in (TOP / folder).glob(pattern))


def pairs(options: argparse.Namespace) -> list[tuple[str, str]]:
    if not options.quick:
        return [(design, layout) for layout in options.layouts for design in options.designs]
    # Where neighbours share a cut, and where they stand apart.
    once = [(design, "a4") for design in options.designs] + [(options.designs[-1], "a4-pha")]
    return once + [(options.designs[-1], layout) for layout in options.layouts if not layout.startswith("a4")]


def register(ocop: Path, data: Path, profile: str) -> Path:
    """A register with a batch of stamps."""
    command = [ocop, "demo", "--dir", data, "--stamps", STAMPS, "--no-serve", "--json"]
    environment = {"OCOP_STAMPS_PROFILE": profile, "PATH": "/usr/bin:/bin"}
    subprocess.run([str(word) for word in command], env=environment, check=True, capture_output=True)
    return data


def printed(ocop: Path, data: Path, work: Path, design: str, layout: str) -> Case | None:
    """Prints the batch and keeps its first sheet; nothing where the design does not fit the layout."""
    out = work / "sheets"
    shutil.rmtree(out, ignore_errors=True)
    how = ["--design", design, "--layout", layout, "--out", out]
    command = [ocop, "--data-dir", data, "--json", "sheet", "0001", *how]
    done = run(*command)
    if "has no place for stamps" in done.stdout + done.stderr:
        return None
    done.check_returncode()
    answer = json.loads(done.stdout)
    first = json.loads(run(*command, "--sheets", "1").stdout)
    with open(answer["manifest"], newline="") as manifest:
        rows = [row for row in csv.DictReader(manifest) if row["sheet"] == "1"]
    summary = json.loads(Path(answer["summary"]).read_text())
    stamps = {row["cell"]: row["url"] for row in rows}
    module = summary["module"]
    pdf = Path(first["volumes"][0]["path"])
    told = json.loads(run(ocop, "--data-dir", data, "--json", "layout", "check", layout, "--design", design).stdout)
    grid = (told["columns"], told["rows"])
    return Case(design, layout, pdf, stamps, summary["standard"], module["dots"], module["dpi"], grid)


def check(case: Case, ocop: Path, work: Path, quick: bool) -> None:
    structure(case)
    rules(case, ocop)
    parts(case)
    # Where modules are no whole pixels at 300 dpi, every dot of the printer is four pixels wide.
    renders(case, work, 4 * case.dpi if case.dpi % 300 else 300, ("poppler", "mupdf", "ghostscript"))
    if not quick:
        renders(case, work, 600, ("poppler", "mupdf"))
    if case.standard != "PDF":
        plates(case, work, 300 if quick else 600)


def structure(case: Case) -> None:
    silent = {
        "qpdf": ("qpdf", "--check", "--no-warn", case.pdf),
        "ghostscript": ("gs", "-q", "-dBATCH", "-dNOPAUSE", "-dPDFSTOPONERROR", "-dPDFSTOPONWARNING",
                        "-sDEVICE=nullpage", case.pdf),
        "mupdf": ("mutool", "draw", "-q", "-r", "72", "-F", "png", "-o", "/dev/null", case.pdf),
    }
    for name, command in silent.items():
        done = run(*command)
        said = "" if name == "qpdf" else done.stdout.strip()
        # This build of MuPDF may have no colour management, which is no matter of the file's.
        said += re.sub(r"warning: ICC support is not available\n?", "", done.stderr).strip()
        case.expect(done.returncode == 0 and not said, f"{name}: {done.returncode} {said[:200]}")


def rules(case: Case, ocop: Path) -> None:
    standard = {"PDF": "none", "PDF/X-1a:2003": "x1a"}.get(case.standard, "x4")
    done = run(ocop, "preflight", case.pdf, "--standard", standard)
    case.expect(done.returncode == 0, f"preflight: {done.stdout.strip()[:400]}")


def parts(case: Case) -> None:
    fonts = run("pdffonts", case.pdf).stdout.splitlines()[2:]
    case.expect(bool(fonts), "no fonts")
    for line in fonts:
        case.expect(" yes yes " in line, f"font not embedded or not subset: {line}")
    for line in run("pdfimages", "-list", case.pdf).stdout.splitlines()[2:]:
        words = line.split()
        case.expect(words[2] == "stencil" and words[7] == "1", f"image is no stencil: {line}")
    boxes = {}
    for line in run("pdfinfo", "-box", case.pdf).stdout.splitlines():
        match = re.match(r"(Media|Bleed|Trim)Box: +(.*)", line)
        if match:
            boxes[match[1]] = [float(number) for number in match[2].split()]
    inside = all(outer <= inner for kinds in (("Media", "Bleed"), ("Bleed", "Trim"))
                 for outer, inner in zip(boxes[kinds[0]][:2], boxes[kinds[1]][:2]))
    inside &= all(outer >= inner for kinds in (("Media", "Bleed"), ("Bleed", "Trim"))
                  for outer, inner in zip(boxes[kinds[0]][2:], boxes[kinds[1]][2:]))
    case.expect(inside, f"boxes: {boxes}")


def renders(case: Case, work: Path, dpi: int, programs: tuple[str, ...]) -> None:
    for program in programs:
        picture = gray(program, case.pdf, work, dpi)
        read_all(case, picture, dpi, f"{program} at {dpi} dpi")
        cells(case, picture, dpi, f"{program} at {dpi} dpi")


def cells(case: Case, picture: Image.Image, dpi: int, where: str) -> None:
    """Compares every stamp of a full sheet with the first, symbol and letters masked out: renderers set letters at
    fractions of a pixel that they choose anew."""
    columns, rows = case.grid
    if columns * rows < 2 or len(case.stamps) < columns * rows:
        return
    left, bottom, right, top = box(case.pdf, "Trim")
    height = box(case.pdf, "Media")[3]
    toml = tomllib.loads((TOP / "assets/designs" / case.design / "design.toml").read_text())
    # Trims are whole pixels at 300 dpi.
    wide, high = (round(side / 25.4 * 300) * dpi // 300 for side in toml["size_mm"])
    scale = dpi / 72
    across = ((right - left) * scale - wide) / max(columns - 1, 1)
    down = ((top - bottom) * scale - high) / max(rows - 1, 1)
    corner = (left * scale, (height - top) * scale)
    if any(abs(length - round(length)) > 0.05 for length in (*corner, across, down)):
        return
    pixels = numpy.asarray(picture).astype(int)
    masked = [field["box_mm"] for field in toml["fields"] if field["kind"] != "stars"]
    margin = round(0.7 / 25.4 * dpi)
    first = None
    for row in range(rows):
        for column in range(columns):
            x, y = round(corner[0] + column * across), round(corner[1] + row * down)
            stamp = pixels[y : y + high, x : x + wide].copy()
            for from_left, from_top, width, tall in masked:
                # The marks of letters may stand out of their box.
                at = [round(length / 25.4 * dpi) for length in (from_left, from_top, width, tall)]
                upper, before = max(at[1] - margin, 0), max(at[0] - margin, 0)
                stamp[upper : at[1] + at[3] + margin, before : at[0] + at[2] + margin] = 255
            if first is None:
                first = stamp
            differ = unlike(stamp, first) + unlike(first, stamp)
            case.expect(not differ, f"{where}: row {row + 1}, column {column + 1} differs in {differ} pixels")


def unlike(one: numpy.ndarray, other: numpy.ndarray) -> int:
    """How many pixels are darker or lighter than all within a pixel of their place on the other."""
    padded = numpy.pad(other, 1, mode="edge")
    tall, wide = other.shape
    around = [padded[y : y + tall, x : x + wide] for y in range(3) for x in range(3)]
    darkest, lightest = numpy.minimum.reduce(around), numpy.maximum.reduce(around)
    return int(((one < darkest - LEVELS) | (one > lightest + LEVELS)).sum())


def box(pdf: Path, name: str) -> list[float]:
    for line in run("pdfinfo", "-box", pdf).stdout.splitlines():
        if line.startswith(f"{name}Box:"):
            return [float(number) for number in line.split(":")[1].split()]
    raise ValueError(f"{pdf} has no {name}Box")


def overlays(ocop: Path, data: Path, work: Path, design: str) -> list[str]:
    """What of a design's white and varnish shows where plates are not shown, or is not on its plate."""
    toml = tomllib.loads((TOP / "assets/designs" / design / "design.toml").read_text())
    plates = sorted({colour["spot"] for colour in toml.get("colours", {}).values() if "step" in colour})
    findings = []
    for standard in ("x4", "x1a") if plates else ():
        files = []
        for name, without in (("all", []), ("less", [word for plate in plates for word in ("--without", plate)])):
            out = work / f"overlay-{name}"
            done = run(ocop, "--data-dir", data, "--json", "sheet", "0001", "--design", design, "--layout", "a4",
                       "--standard", standard, "--sheets", "1", "--out", out, *without)
            done.check_returncode()
            files.append(Path(json.loads(done.stdout)["volumes"][0]["path"]))
        # MuPDF can do without plates, and by itself shows what they would do: which may darken, but hide nothing.
        for program, *options in (("poppler",), ("ghostscript",), ("mupdf", "-O", "0"), ("mupdf",)):
            shown, bare = (numpy.asarray(gray(program, pdf, work, 150, *options)).astype(int) for pdf in files)
            differ = shown - bare if program == "mupdf" and not options else abs(shown - bare)
            count = int((differ > LEVELS).sum())
            if count:
                findings.append(f"{standard}: {' and '.join(plates)} shows in {count} pixels of {program} {options}")
        for old in work.glob("plate*"):
            old.unlink()
        run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep1", "-r150", "-dLastPage=1",
            f"-sOutputFile={work}/plate%d.tif", files[0])
        for plate in plates:
            found = next(iter(work.glob(f"plate*({plate}).tif")), None)
            ink = found is not None and float((numpy.asarray(Image.open(found).convert("L")) < 128).mean())
            if not ink:
                findings.append(f"{standard}: nothing is on the plate {plate}")
    return findings


def gray(program: str, pdf: Path, work: Path, dpi: int, *options: str) -> Image.Image:
    stem = work / f"page-{program}"
    for old in work.glob(f"{stem.name}*"):
        old.unlink()
    if program == "poppler":
        run("pdftoppm", "-r", dpi, "-gray", "-f", 1, "-l", 1, pdf, stem)
    elif program == "mupdf":
        run("mutool", "draw", "-q", "-r", dpi, "-c", "gray", *options, "-o", f"{stem}.png", pdf, 1)
    else:
        run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pnggray", f"-r{dpi}", "-dUseFastColor=true",
            "-dLastPage=1", f"-sOutputFile={stem}.png", pdf)
    return Image.open(next(work.glob(f"{stem.name}*"))).convert("L")


def read_all(case: Case, picture: Image.Image, dpi: int, where: str) -> None:
    """Reads every symbol; one that a whole page hides is looked for alone."""
    wanted = set(case.stamps.values())
    formats = zxingcpp.BarcodeFormat.QRCodeModel2
    found = {code.text: code for code in zxingcpp.read_barcodes(picture, formats=formats)}
    missing = wanted - set(found)
    if missing:
        tile = max(picture.size[0] // 4, 900)
        for left in range(0, picture.size[0], tile // 2):
            for top in range(0, picture.size[1], tile // 2):
                part = picture.crop((left, top, left + tile, top + tile))
                for code in zxingcpp.read_barcodes(part, formats=formats):
                    found.setdefault(code.text, None)
    missing = wanted - set(found)
    case.expect(not missing, f"{where}: {len(missing)} of {len(wanted)} symbols not read")
    strange = {text for text in found if text not in wanted}
    case.expect(not strange, f"{where}: {sorted(strange)[:2]} read, which are not on the sheet")
    darkness(case, picture, dpi, [code for code in found.values() if code is not None], where)


def darkness(case: Case, picture: Image.Image, dpi: int, codes: list, where: str) -> None:
    """The dark area of symbols against the share of their dark modules."""
    errors = []
    pixels = numpy.asarray(picture)
    side = case.module_dots * dpi / case.dpi
    for code in codes:
        if code.text not in case.stamps.values() or code.orientation % 90:
            continue
        corners = code.position
        xs = [corners.top_left.x, corners.top_right.x, corners.bottom_left.x, corners.bottom_right.x]
        ys = [corners.top_left.y, corners.top_right.y, corners.bottom_left.y, corners.bottom_right.y]
        symbol = modules(pixels, side, min(xs), min(ys), max(xs), max(ys))
        if symbol is not None:
            errors.append(symbol)
    case.expect(bool(errors), f"{where}: no symbol's dark area could be measured")
    if errors:
        mean = 100 * float(numpy.mean(errors))
        case.expect(abs(mean) <= DARK_AREA_PERCENT, f"{where}: dark area {mean:+.2f} %")


def modules(pixels: numpy.ndarray, side: float, left: int, top: int, right: int, bottom: int) -> float | None:
    """How much larger the dark area of a symbol is than that of its modules, as a fraction."""
    margin = 3
    part = pixels[top - margin : bottom + margin + 1, left - margin : right + margin + 1] < 128
    rows, columns = numpy.flatnonzero(part.any(axis=1)), numpy.flatnonzero(part.any(axis=0))
    if not rows.size:
        return None
    part = part[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    # Versions of QR symbols are four modules apart; what is not square has caught something beside the symbol.
    size = 4 * round((part.shape[1] / side - 1) / 4) + 1
    if max(abs(length / side - size) for length in part.shape) > 1.5:
        return None
    at = ((numpy.arange(size) + 0.5) * part.shape[1] / size).astype(int)
    down = ((numpy.arange(size) + 0.5) * part.shape[0] / size).astype(int)
    dark = part[numpy.ix_(down, at)]
    return part.sum() / (dark.sum() * side * side) - 1


def plates(case: Case, work: Path, dpi: int) -> None:
    for old in work.glob("plate*"):
        old.unlink()
    run("gs", "-q", "-dBATCH", "-dNOPAUSE", "-sDEVICE=tiffsep1", f"-r{dpi}", "-dLastPage=1",
        f"-sOutputFile={work}/plate%d.tif", case.pdf)
    files = {re.search(r"\((.*)\)", path.name)[1]: path for path in work.glob("plate*(*).tif")}
    case.expect("Black" in files, f"plates: {sorted(files)}")
    if "Black" in files:
        read_all(case, Image.open(files["Black"]).convert("L"), dpi, f"black plate at {dpi} dpi")
    drawn = json.loads(next(case.pdf.parent.glob("*-manifest.json")).read_text())["die_line"]
    case.expect(drawn is None or drawn in files, f"no plate {drawn}: {sorted(files)}")
    if drawn in files:
        line = numpy.asarray(Image.open(files[drawn]).convert("L")) < 128
        share = float(line.mean())
        case.expect(0 < share < 0.05, f"die line covers {share:.2%}")
        codes = zxingcpp.read_barcodes(Image.open(files[drawn]).convert("L"), formats=zxingcpp.BarcodeFormat.QRCodeModel2)
        case.expect(not codes, "a symbol is on the die line's plate")


if __name__ == "__main__":
    main()
