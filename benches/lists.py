"""How long the lists of work take over a register of 5,000 products and 10,000,000 stamps, beside an answer that asks
the register nothing (`/healthz`), by turns over one connection.

    cargo build --release && python3 benches/lists.py

The demonstration is made, and its batch is then copied until the register is that full: 5,000 products of 1,000
producers, a batch of 2,000 stamps each with its order, print job, hand-over, lot and account, and recognitions of which
some have ended. Needs Python alone, about 1 GB of disk. `--dir` keeps the register for another run.
"""

import argparse
import http.client
import json
import re
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.parse
from pathlib import Path

TOP = Path(__file__).resolve().parents[1]
STAMPS = 2_000
ITEM_BITS = 35
OWN = "mưa rào trên mái ngói"
# Each with what narrows it, as somebody at work would.
PAGES = [
    "/viec",
    "/don", "/don?tim=gom", "/don?trang_thai=issued", "/don?sap=san-pham",
    "/san-pham", "/san-pham?tim=gom+su", "/san-pham?trang=40",
    "/lo-tem", "/lo-tem?tim=gom", "/lo-tem?trang_thai=received", "/lo-tem/1",
    "/chu-the", "/chu-the?tim=gom", "/don?chu_the=1", "/lo-tem?chu_the=1",
    "/lo-san-xuat", "/lo-san-xuat?tim=gom",
    "/sap-het-han", "/doi-soat", "/tieu-huy", "/kiem-tra", "/phan-anh-nhan-duoc", "/nhat-ky", "/bang-theo-doi",
]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    parser.add_argument("--dir", type=Path, help="where the register is kept, or is already")
    parser.add_argument("--products", type=int, default=5_000)
    parser.add_argument("--rounds", type=int, default=21)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ocop-lists-") as folder:
        data = options.dir or Path(folder) / "demo"
        facts = made(options.ocop, data)
        register = next(data.rglob("register.db"))
        count = fill(register, options.products)
        print(f"{options.products} products, {count} stamps, {register.stat().st_size / 1e9:.1f} GB")
        with served(options.ocop, data) as connection:
            cookie = sign_in(connection, facts)
            report(connection, cookie, options.rounds)


def made(ocop: Path, data: Path) -> dict:
    kept = data / "facts.json"
    if not kept.exists():
        command = [ocop, "demo", "--dir", data, "--stamps", str(STAMPS), "--no-serve", "--json"]
        kept.write_text(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return json.loads(kept.read_text())


class Filling:
    """Rows that are copies of one, with some columns changed."""

    def __init__(self, register: sqlite3.Connection):
        self.register = register

    def columns(self, table: str) -> list[str]:
        return [row[1] for row in self.register.execute(f"PRAGMA table_info({table})")]

    def copy(self, table: str, where: str, products: int, **changes: str) -> None:
        """A copy for every number `n` from 2 on; what is changed is an expression over it."""
        columns = [column for column in self.columns(table) if changes.get(column) != ""]
        chosen = [changes.get(column, f"it.{column}") for column in columns]
        self.register.execute(
            f"WITH RECURSIVE numbers (n) AS (SELECT 2 UNION ALL SELECT n + 1 FROM numbers WHERE n < {products}) "
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {', '.join(chosen)} FROM numbers "
            f"CROSS JOIN (SELECT * FROM {table} WHERE {where}) it"
        )


def fill(path: Path, products: int) -> int:
    """Copies the first batch and all that belongs to it until there are so many products."""
    register = sqlite3.connect(path, isolation_level=None)
    count = register.execute("SELECT count(*) FROM stamps").fetchone()[0]
    if count < products * STAMPS:
        number, order, product, recognition = register.execute(
            "SELECT number, order_id, product_id, recognition_id FROM batches ORDER BY number LIMIT 1"
        ).fetchone()
        producer = register.execute("SELECT producer_id FROM products WHERE id = ?", [product]).fetchone()[0]
        register.executescript("PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; BEGIN;")
        add = Filling(register)
        own = "n + 100000"
        key = "it.identity_key || ' ' || n"
        add.copy(
            "producers", f"id = {producer}", products // 5, id=own, name="it.name || ' ' || n", identity_key=key,
            search_key="it.search_key || n", sort_key="it.sort_key || CAST(n AS BLOB)",
        )
        add.copy(
            "products", f"id = {product}", products, id=own, name="it.name || ' ' || n", identity_key=key,
            search_text="it.search_text || ' ' || n", gtin="NULL", group_number="n % 5 + 1", photo_sha256="NULL",
            producer_id=f"n % {products // 5 - 2} + 100002", sort_key="it.sort_key || CAST(n AS BLOB)",
        )
        ended = "CASE WHEN n % 3 = 0 THEN '2026-06-30' ELSE date('2026-12-01', '+' || (n % 700) || ' days') END"
        add.copy(
            "recognitions", f"id = {recognition}", products, id=own, product_id=own, ends_on=ended,
            signed_on=f"date({ended}, '-36 months')", stars="n % 3 + 3", potential_five_star="0",
        )
        moment = "datetime('2026-06-01', '+' || (n % 150) || ' days')"
        add.copy("orders", f"id = {order}", products, id=own, product_id=own, idempotency_key="NULL", created_at=moment)
        add.copy("batches", f"number = {number}", products, number="n + 1000", order_id=own, product_id=own, recognition_id=own)
        for table in ("batch_tallies", "print_jobs"):
            add.copy(table, f"batch_number = {number}", products, batch_number="n + 1000")
        add.copy("hand_overs", f"batch_number = {number}", products, id="", batch_number="n + 1000")
        add.copy("lots", f"product_id = {product}", products, id="it.id + 10 * n", product_id=own)
        shift = f"((n + 1000 - {number}) << {ITEM_BITS})"
        add.copy(
            "stamps", f"serial >> {ITEM_BITS} = {number}", products, serial=f"it.serial + {shift}",
            lot_id="it.lot_id + 10 * n",
        )
        add.copy(
            "scans", f"serial >> {ITEM_BITS} = {number}", products, serial=f"it.serial + {shift}",
        )
        register.execute("COMMIT")
        register.execute("ANALYZE")
        count = register.execute("SELECT count(*) FROM stamps").fetchone()[0]
    register.close()
    return count


class served:
    """The register behind its own server."""

    def __init__(self, ocop: Path, data: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        settings = {
            "OCOP_KEYS_PASSPHRASE_FILE": str(data / "keys" / "passphrase"),
            "OCOP_SERVER_LISTEN": f"127.0.0.1:{self.port}",
        }
        self.server = subprocess.Popen([ocop, "--data-dir", data, "serve"], env=settings, stdout=subprocess.DEVNULL)

    def __enter__(self) -> http.client.HTTPConnection:
        for _ in range(240):
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port)
                ask(connection, "/healthz", "")
                return connection
            except OSError:
                time.sleep(0.25)
        sys.exit("the server does not answer")

    def __exit__(self, *_: object) -> None:
        self.server.terminate()
        self.server.wait()


def ask(connection: http.client.HTTPConnection, path: str, cookie: str, form: dict | None = None):
    body = urllib.parse.urlencode(form) if form else None
    headers = {"Cookie": cookie, "Origin": f"http://127.0.0.1:{connection.port}", "Sec-Fetch-Site": "same-origin"}
    if form:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    connection.request("POST" if form else "GET", path, body, headers)
    answer = connection.getresponse()
    return answer, answer.read().decode()


def sign_in(connection: http.client.HTTPConnection, facts: dict) -> str:
    """Somebody who may read everything; their one-time password becomes one of their own."""
    who = next(account for account in facts["accounts"] if account["role"] == "auditor")
    for password in (OWN, who["password"]):
        answer, page = ask(connection, "/dang-nhap", "", {"ten": who["login"], "mat_khau": password})
        if answer.status == 303:
            break
    cookie = answer.getheader("Set-Cookie").split(";")[0]
    _, page = ask(connection, "/mat-khau", cookie)
    if (key := re.search(r'name="khoa" value="([^"]+)"', page)) and password != OWN:
        answer, _ = ask(connection, "/mat-khau", cookie, {"khoa": key[1], "mat_khau": password, "mat_khau_moi": OWN})
        cookie = (answer.getheader("Set-Cookie") or cookie).split(";")[0]
    return cookie


def report(connection: http.client.HTTPConnection, cookie: str, rounds: int) -> None:
    times: dict[str, list[float]] = {path: [] for path in ["/healthz", *PAGES]}
    for _ in range(rounds):
        for path, taken in times.items():
            started = time.perf_counter()
            answer, page = ask(connection, path, cookie)
            taken.append(time.perf_counter() - started)
            if answer.status != 200:
                sys.exit(f"{path}: {answer.status} {answer.getheader('Location') or page[:300]}")
    bare = statistics.median(times["/healthz"])
    for path, taken in times.items():
        median = statistics.median(taken)
        print(f"{path:32} {median * 1000:8.1f} ms  {median / bare:8.1f} × /healthz  worst {max(taken) * 1000:.1f} ms")


if __name__ == "__main__":
    main()
