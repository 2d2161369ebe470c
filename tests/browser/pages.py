#!/usr/bin/env python3
"""Every page as every role that may see it, in both languages, on phone and desktop, light and dark: looked at by axe-core (WCAG 2.2 AA),
weighed, and pictured.

apt-get install chromium; pip install -r tests/browser/requirements.txt
python3 tests/browser/pages.py [--ocop FILE] [--pictures FOLDER] [--quick]
"""

import argparse
import sys
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from house import DESKTOP, PHONE, TOP, House, Person, open_house
from story_office import reported
from story_work import placed

# Sizes and schemes; the quick look takes those that share neither.
LOOKS = [("phone", PHONE, "light"), ("desktop", DESKTOP, "dark"), ("phone", PHONE, "dark"), ("desktop", DESKTOP, "light")]
# Where each role works.
PLACES = {
    "producer": ["/viec", "/tro-giup", "/tro-giup/chu-the", "/bang-theo-doi", "/sap-het-han?trong=90", "/ma-truy-cap", "/don", "/don/moi", "{order}", "/san-pham", "/san-pham/4", "/chu-the", "/lo-tem", "/lo-tem/1", "/lo-tem/1/quet", "/lo-san-xuat", "/lo-san-xuat/1", "/doi-soat", "/tieu-huy", "/mat-khau", "/xac-nhan"],
    "officer": ["/viec", "/don", "{order}", "/lo-tem", "/lo-tem/2", "/san-pham", "/san-pham?tim=khong+co+gi", "/san-pham/4", "/san-pham/4/sua", "/chu-the", "/chu-the?tim=khong+co+gi", "/chu-the/moi", "/chu-the/1", "/chu-the/1/sua", "/chu-the/1/san-pham-moi", "/nhap-quyet-dinh", "/phan-anh-nhan-duoc", "/phan-anh-nhan-duoc/1"],
    "approver": ["/viec", "/bang-theo-doi", "/don", "{order}", "/san-pham", "/xu-ly-san-pham?chon=4&chon=5", "/xu-ly-san-pham", "/san-pham/4", "/lo-tem", "/lo-tem/1", "/lo-san-xuat?thu_hoi_san_pham=co", "/lo-san-xuat/1", "/doi-soat?theo=print_shop", "/tieu-huy?ly_do=spoiled", "/lo-tem/1/tieu-huy", "/xac-nhan"],
    "print_shop": ["/viec", "/lo-tem", "/lo-tem/1", "/lo-tem/1/to-in"],
    "inspector": ["/viec", "/lo-tem/1", "/kiem-tra", "/kiem-tra/moi", "/kiem-tra/tem?ma=0001", "/phan-anh-nhan-duoc/1"],
    "auditor": ["/viec", "/nhat-ky", "/nhat-ky?loai=quan-trong", "/cai-dat", "/lo-tem?chenh_lech=open", "/bang-theo-doi", "/don", "{order}", "/kiem-tra"],
    "administrator": ["/viec", "/tai-khoan", "/tai-khoan?thieu=password", "/cai-dat", "/co-so-in", "/co-so-in/1", "/kinh-phi", "/kinh-phi/1", "/co-quan-cap", "/nhat-ky?ai=ocop"],
}
# Where anyone gets.
PUBLIC = ["/", "/tro-giup", "/tro-giup/quet-tem", "/tro-giup/bat-dau", "/api/v1", "/api/v1/about/orders", "/api/v1/about/batches", "/api/v1/about/destructions", "/dang-nhap", "/tra-cuu?ma=0001", "/khong-co", "/phan-anh?ma=1A6A-MFCC-K0VV", "{receipt}", "/phan-anh/PA-0000-0000-0000", "/giay/0123456789abcdef0123456789abcdef"]
RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}
# Bytes of a page with its styles and the pictures that load with it; those of guides load when they come into sight.
WEIGHT_MAX = 60_000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    parser.add_argument("--pictures", type=Path)
    parser.add_argument("--quick", action="store_true", help="phones in light and desktops in dark only")
    options = parser.parse_args()
    findings: list[str] = []
    seen = 0
    looks = LOOKS[:2] if options.quick else LOOKS
    with open_house(options.ocop.resolve()) as house:
        order, receipt = placed(house, "50"), reported(house)
        for role, places in PLACES.items():
            person = house.person(role)
            for place in places:
                seen += look(person.page, house, role, place.format(order=order), looks, options.pictures, findings)
        stranger = house.stranger()
        for place in PUBLIC:
            seen += look(stranger, house, "stranger", place.format(receipt=receipt), looks, options.pictures, findings)
    print("\n".join(findings))
    print(f"{seen} pages, {len(findings)} findings")
    sys.exit(bool(findings))


def look(page, house: House, role: str, path: str, looks: list, pictures: Path | None, findings: list[str]) -> int:
    seen = 0
    for language in ["vi", "en"]:
        for size, width, scheme in looks:
            page.set_viewport_size(width)
            page.emulate_media(color_scheme=scheme)
            weight: list[int] = []
            listener = lambda answer: weight.append(int(answer.headers.get("content-length", 0)))
            page.on("response", listener)
            joint = "&" if "?" in path else "?"
            page.goto(f"{house.base}{path}{joint}lang={language}")
            page.remove_listener("response", listener)
            name = f"{role} {path} {language} {size} {scheme}"
            for violation in Axe().run(page, options=RULES).response["violations"]:
                where = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:3])
                findings.append(f"{name}: {violation['id']}: {violation['help']} ({where})")
            if sum(weight) > WEIGHT_MAX:
                findings.append(f"{name}: {sum(weight)} bytes")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                findings.append(f"{name}: wider than the screen")
            if pictures:
                file = name.replace("/", "_").replace("?", "_").replace(" ", "-")
                pictures.mkdir(parents=True, exist_ok=True)
                page.screenshot(path=pictures / f"{file}.png", full_page=True)
            seen += 1
    page.goto(f"{house.base}/dang-nhap?lang=vi")
    return seen


if __name__ == "__main__":
    main()
