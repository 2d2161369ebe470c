#!/usr/bin/env python3
"""Types what the documents tell people to type, and fails where a command does.

Every block of README and docs that is marked `sh` is run as it stands: the blocks of one document one after
the other, in one shell and one empty folder. Of what serves, the first answer is awaited; then it is told to
stop. Blocks of other languages (text, json, toml) are no commands.

Needed: bash, curl, sqlite3, PostgreSQL, and the tools that docs/PRINTING.md names. Usage:

    python3 tests/docs/run.py --ocop target/debug/ocop [README.md docs/DESIGNS.md …]
"""

import argparse
import glob
import os
import re
import shutil
import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

TOP = Path(__file__).resolve().parents[2]
DOCUMENTS = ["README.md", "README.vi.md", *sorted(str(path.relative_to(TOP)) for path in (TOP / "docs").rglob("*.md"))]
DOCUMENT_SECONDS_MAX = 900

BLOCK = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
# A command that goes on until it is stopped, where it is not sent to the background.
SERVES = re.compile(r"^(\S*ocop|cargo run)\b(?!.*--no-serve)(?!.*--help)[^#&]* (serve|demo)\b[^#&]*(#.*)?$")

# `cargo` is the program that was built already, and tests that have a step of their own on the build machine.
PRELUDE = """set -euo pipefail
cargo() {
    case "$*" in
        "run --release -- "*) shift 3; ocop "$@" ;;
        "build --release") mkdir -p target/release; cp "$(command -v ocop)" target/release/ocop ;;
        test) ;;
        *) echo "not known here: cargo $*" >&2; return 1 ;;
    esac
}
serves() {
    "$@" & local pid=$!
    curl -fsS --retry 300 --retry-delay 1 --retry-all-errors -o /dev/null http://127.0.0.1:8080/healthz
    pkill -TERM -P "$pid" || kill -TERM "$pid"
    wait "$pid"
}
"""


def script_of(document: str) -> str:
    """The commands of a document as a script that says which block it is at."""
    text = (TOP / document).read_text()
    script = PRELUDE
    for block in BLOCK.finditer(text):
        line = text.count("\n", 0, block.start()) + 1
        if not block[1]:
            sys.exit(f"{document}:{line}: a block without a language: mark it sh, text, json or toml")
        if block[1] == "sh":
            script += f"echo '-- {document}:{line}'\n{commands(block[2])}"
    return script if script != PRELUDE else ""


def commands(block: str) -> str:
    return "".join(f"serves {line}\n" if SERVES.match(line) else f"{line}\n" for line in block.splitlines())


def run(document: str, ocop: Path, database_url: str) -> bool:
    script = script_of(document)
    if not script:
        return True
    with tempfile.TemporaryDirectory(prefix="ocop-docs-") as folder:
        programs, place = Path(folder, "bin"), Path(folder, "here")
        programs.mkdir()
        place.mkdir()
        (programs / "ocop").symlink_to(ocop)
        environment = {
            "PATH": f"{programs}:{os.environ['PATH']}", "HOME": folder, "LANG": "C.UTF-8", "DATABASE_URL": database_url,
        }
        done = subprocess.run(["bash", "-c", script], cwd=place, env=environment, timeout=DOCUMENT_SECONDS_MAX,
                              stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    print(f"{document}: {'every command runs' if done.returncode == 0 else 'FAILED'}", flush=True)
    if done.returncode != 0:
        print(f"{document}: exit code {done.returncode}\n{done.stdout[-4000:]}")
    return done.returncode == 0


@contextmanager
def postgresql():
    """A server of our own, with an empty database; its address."""
    found = shutil.which("initdb") or next(iter(sorted(glob.glob("/usr/lib/postgresql/*/bin/initdb"))), None)
    if not found:
        sys.exit("PostgreSQL is needed: apt-get install postgresql")
    programs = Path(found).parent
    # PostgreSQL refuses to be root.
    as_other = ["runuser", "-u", "nobody", "--"] if os.getuid() == 0 else []
    with tempfile.TemporaryDirectory(prefix="ocop-docs-pg-") as folder:
        if as_other:
            shutil.chown(folder, "nobody")
        control = [*as_other, programs / "pg_ctl", "-D", f"{folder}/data", "-w", "-l", f"{folder}/log"]
        quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
        subprocess.run([*as_other, programs / "initdb", "-D", f"{folder}/data", "-U", "ocop", "-A", "trust",
                        "-E", "UTF8", "--locale=C", "--no-sync"], **quiet)
        subprocess.run([*control, "-o", f"-k {folder} -c listen_addresses=", "start"], **quiet)
        try:
            yield f"postgres:///postgres?host={folder}&user=ocop"
        finally:
            subprocess.run([*control, "-m", "immediate", "stop"], **quiet)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--ocop", type=Path, required=True, help="the program")
    arguments.add_argument("documents", nargs="*", default=DOCUMENTS, help="only these")
    given = arguments.parse_args()
    with postgresql() as database_url:
        failed = [name for name in given.documents if not run(name, given.ocop.resolve(), database_url)]
    if failed:
        sys.exit(f"what does not run as it is written: {', '.join(failed)}")
    print(f"{len(given.documents)} documents: every command runs as it is written")


if __name__ == "__main__":
    main()
