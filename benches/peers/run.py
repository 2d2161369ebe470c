#!/usr/bin/env python3
"""One job, done by ocop and by its peers, side by side. README.md says how to install them.

target/peers/venv/bin/python benches/peers/run.py [--stamps 63 1000 10000] [--runs 3] [--peers NAME …]
"""

import argparse
import csv
import json
import os
import random
import shutil
import string
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).resolve().parent
TOP = HERE.parent.parent
WORK = TOP / "target" / "peers" / "work"

# `ocop sheet` as it is measured; {…} are filled in for each job.
OCOP = [
    "{ocop}",
    "--data-dir={data}",
    "sheet",
    "{batch}",
    f"--layout={HERE}/a4-7x9.toml",
    "--design=design",
    "--out={out}",
]
# The design of the folder beside this file, made ready to print: two people, and a right to the mark for the occasion.
RIGHT = ["--granted-by=example", "--basis=example"]
APPROVAL = [
    ["add", f"{HERE}/design", f"--layout={HERE}/a4-7x9.toml", *RIGHT, "--despite=as the peers", "--by=designer"],
    ["submit", "design", "--by=designer"],
    ["approve", "design", "--by=approver"],
]
# The peers; each is given a CSV to read and a PDF to write.
PEERS = {
    "reportlab, segno, paths": [sys.executable, f"{HERE}/reportlab_path.py"],
    "reportlab, zxing-cpp, images": [sys.executable, f"{HERE}/reportlab_image.py"],
    "pdfkit, qrcode, paths": ["node", f"{HERE}/pdfkit.mjs"],
    "typst, zxing-cpp, images": [sys.executable, f"{HERE}/typst_job.py"],
    "gLabels 3, libqrencode": [sys.executable, f"{HERE}/glabels_job.py"],
}
# 24 characters: texts of 148, the most that a symbol of 41 × 41 modules holds at level M.
HOST = "xac-minh.ocop.example.vn"


class Cost(NamedTuple):
    """What one run took; processor time is of all cores, and less disturbed by what else runs."""

    seconds: float
    processor_seconds: float
    megabytes: float


@dataclass
class Result:
    name: str
    cost: Cost
    file_bytes: int
    read: int
    expected: int


@dataclass
class Job:
    """So many stamps: the CSV for the peers, and where ocop finds the same ones."""

    stamps: int
    csv: Path
    data: Path
    batch: str


def main() -> None:
    options = arguments()
    for stamps in options.stamps:
        folder = WORK / str(stamps)
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        job = made_up(stamps, folder) if options.without_ocop else issued(options.ocop, stamps, folder)
        show(stamps, list(results(options, job, folder)))


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stamps", type=int, nargs="+", default=[63, 1_000, 10_000], metavar="N")
    parser.add_argument("--runs", type=int, default=3, help="the fastest counts [default: 3]")
    parser.add_argument("--peers", nargs="+", default=list(PEERS), help="words that names of peers contain")
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    parser.add_argument("--without-ocop", action="store_true", help="the peers alone, with made-up codes")
    return parser.parse_args()


def issued(ocop: Path, stamps: int, folder: Path) -> Job:
    """Issues a batch, and takes its codes from its manifest."""
    data = folder / "data"
    command = [ocop, "--json", "demo", f"--dir={data}", f"--stamps={stamps}", "--no-serve"]
    environment = os.environ | {"OCOP_STAMPS_HOST": HOST}
    answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=environment, cwd=folder).stdout
    for step in APPROVAL:
        approval = [ocop, f"--data-dir={data}", "design", *step]
        subprocess.run(approval, check=True, stdout=subprocess.DEVNULL, cwd=folder)
    facts = json.loads(answer)
    with (folder / facts["manifest"]).open(newline="") as manifest:
        codes = [(row["serial"], row["url"]) for row in csv.DictReader(manifest)]
    return Job(stamps, written(codes, folder), data, facts["batch"])


def made_up(stamps: int, folder: Path) -> Job:
    """Codes of the same form, without a signature that anyone could check."""
    chance = random.Random(stamps)
    signs = string.digits + string.ascii_uppercase
    codes = []
    for _ in range(stamps):
        serial = "0001" + "".join(chance.choices(signs, k=8))
        signature = "".join(chance.choices(signs, k=100))
        grouped = f"{serial[:4]}-{serial[4:8]}-{serial[8:]}"
        codes.append((grouped, f"https://{HOST.upper()}/T/{serial}/{signature}"))
    return Job(stamps, written(codes, folder), folder, "0001")


def written(codes: list[tuple[str, str]], folder: Path) -> Path:
    path = folder / "stamps.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([("serial", "url"), *codes])
    return path


def results(options: argparse.Namespace, job: Job, folder: Path) -> Iterator[Result]:
    if not options.without_ocop:
        yield ocop_result(options, job, folder)
    for name, command in PEERS.items():
        if any(word in name for word in options.peers):
            pdf = folder / f"{name.replace(', ', '-').replace(' ', '-')}.pdf"
            cost = best([*command, str(job.csv), str(pdf)], options.runs)
            yield Result(name, cost, pdf.stat().st_size, *read_back(job, [pdf]))


def ocop_result(options: argparse.Namespace, job: Job, folder: Path) -> Result:
    out = folder / "sheets"
    command = [part.format(ocop=options.ocop, data=job.data, batch=job.batch, out=out) for part in OCOP]
    cost = best(command, options.runs)
    volumes = sorted((out / job.batch).glob(f"{job.batch}-*[0-9].pdf"))
    size = sum(volume.stat().st_size for volume in volumes)
    return Result("ocop", cost, size, *read_back(job, volumes))


def best(command: list[str], runs: int) -> Cost:
    """The fastest of some runs. One that crashed is run again: typst 0.15.2 does, about one time in eight."""
    costs: list[Cost] = []
    for _ in range(3 * runs):
        if len(costs) < runs and (cost := measured(command)):
            costs.append(cost)
    return min(costs, default=None) or sys.exit(f"failed: {' '.join(command)}")


def measured(command: list[str]) -> Cost | None:
    """What a run took, unless it failed. This program stays small: a child's peak counts from what its parent had."""
    started = time.monotonic()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.monotonic() - started
    if status != 0:
        print(f"status {status}: {' '.join(command)}", file=sys.stderr)
        return None
    return Cost(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def read_back(job: Job, volumes: list[Path]) -> tuple[int, int]:
    """Symbols that decode on the first and the last sheet, and how many there should be."""
    read = expected = 0
    for which, pdf in {"first": volumes[0], "last": volumes[-1]}.items():
        command = [sys.executable, f"{HERE}/check.py", str(job.csv), str(pdf), which]
        answer = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        on_sheet = [int(word) for word in answer.split()]
        read, expected = read + on_sheet[0], expected + on_sheet[1]
    return read, expected


def show(stamps: int, rows: list[Result]) -> None:
    """A table; ratios are against its first row, ocop where it took part."""
    print(f"\n{stamps:,} stamps, {os.cpu_count()} cores; ratios against {rows[0].name}\n")
    print("| | s | × | processor s | × | peak MB | × | bytes a stamp | × | read back |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    for row in rows:
        print("| " + " | ".join([row.name, *compared(row, rows[0], stamps), f"{row.read} of {row.expected}"]) + " |")


def compared(row: Result, base: Result, stamps: int) -> list[str]:
    """Every measure of a row, each followed by its ratio."""
    cells = []
    for form, value, other in zip(("{:.2f}", "{:.2f}", "{:.0f}"), row.cost, base.cost):
        cells += [form.format(value), f"{value / other:.2f}"]
    return [*cells, f"{row.file_bytes / stamps:,.0f}", f"{row.file_bytes / base.file_bytes:.2f}"]


if __name__ == "__main__":
    main()
