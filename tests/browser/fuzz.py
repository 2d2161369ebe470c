#!/usr/bin/env python3
"""The API under made-up requests, as every role and as nobody: by its own document nothing fails and nothing is answered otherwise than it says.

apt-get install chromium; pip install -r tests/browser/requirements.txt
python3 tests/browser/fuzz.py [--ocop FILE] [--examples N] [--as ROLE ...]
"""

import argparse
import json
import subprocess
import sys
import tempfile
import urllib.request
import uuid
from datetime import date
from pathlib import Path

from house import TOP, House, open_house
from story_office import reported
from story_work import placed

ROLES = ["producer", "print_shop", "officer", "approver", "inspector", "auditor", "administrator"]
CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "negative_data_rejection",
    "unsupported_method",
]
NOBODY = "nobody"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    parser.add_argument("--examples", type=int, default=8, help="made-up requests for each operation and role")
    parser.add_argument("--as", dest="askers", nargs="+", choices=[*ROLES, NOBODY], default=[*ROLES, NOBODY], metavar="ROLE")
    options = parser.parse_args()
    failed: list[str] = []
    with open_house(options.ocop.resolve()) as house:
        there, refused = things(house), refusals(house)
        for role in options.askers:
            if role == NOBODY:
                passed = asked(house, {}, refused, options.examples)
            else:
                headers = {"Authorization": f"Bearer {house.token(role)}", "If-Match": "*"}
                passed = asked(house, headers, refused + there, options.examples)
            if not passed:
                failed.append(role)
    print(f"{len(options.askers)} askers, failed: {', '.join(failed) or 'none'}")
    sys.exit(bool(failed))


def refusals(house: House) -> str:
    """How it may be answered that a request is not as the document says: as the document says. That each operation gives
    none but its own, `status_code_conformance` checks."""
    with urllib.request.urlopen(f"{house.base}/api/v1/openapi.json") as answer:
        operations = [operation for path in json.load(answer)["paths"].values() for operation in path.values()]
    statuses = sorted({int(status) for operation in operations for status in operation["responses"] if status.startswith("4")})
    return f"[checks]\nnegative_data_rejection.expected-statuses = {statuses}\n"


def things(house: House) -> str:
    """Settings that name things which are there: without them all would be looked for in vain."""
    order = placed(house, "50").rsplit("/", 1)[1]
    reported(house)
    code = house.facts["sample_urls"][0].split("/")[4]
    once = lambda: {"Idempotency-Key": str(uuid.uuid4())}
    found = [{"kind": "in_order", "first": code}]
    seen = {"inspected_on": str(date.today()), "commune": "Phường Mẫu", "place": "Chợ Mẫu", "inspected": "Cửa hàng Ví Dụ", "team": "Nguyễn Văn Mẫu", "findings": found}
    inspection = house.called("inspector", "/inspections", seen, once())
    paper = house.called("inspector", f"/inspections/{inspection['id']}/papers", {}, once())
    first = lambda role, list: house.called(role, f"/{list}")["items"][0]["id"]
    known = {
        "order": order,
        "product": 4,
        "batch": "'0001'",
        "inspection": inspection["id"],
        "paper": paper["id"],
        "stamp": f"'{code}'",
        "lot": first("officer", "lots"),
        "report": first("officer", "reports"),
    }
    return "[parameters]\n" + "".join(f"'path.{name}' = {value}\n" for name, value in known.items())


def asked(house: House, headers: dict[str, str], settings: str, examples: int) -> bool:
    with tempfile.TemporaryDirectory(prefix="ocop-fuzz-") as folder:
        file = Path(folder) / "schemathesis.toml"
        file.write_text(settings)
        command = [sys.executable, "-c", "from schemathesis.cli import schemathesis; schemathesis()"]
        command += ["--config-file", str(file), "run", f"{house.base}/api/v1/openapi.json", "--no-color"]
        command += ["--checks", ",".join(CHECKS), "--max-examples", str(examples), "--seed", "1", "--phases", "coverage,fuzzing"]
        command += [part for name, value in headers.items() for part in ["--header", f"{name}: {value}"]]
        return subprocess.run(command, check=False, cwd=folder).returncode == 0


if __name__ == "__main__":
    main()
