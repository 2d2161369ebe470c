#!/usr/bin/env python3
"""Plays the demonstration as people of every role, and takes the pictures of the guides, in Vietnamese.

apt-get install chromium; pip install -r tests/browser/requirements.txt
python3 tests/browser/guides.py [--ocop FILE] [--into FOLDER]

Into docs/huong-dan/anh the pictures are renewed; without a folder they are taken and thrown away, which shows that they can be.
"""

import argparse
import io
import tempfile
from pathlib import Path

from house import PHONE, TOP, House, open_house
from PIL import Image
from playwright.sync_api import Locator, Page
from story_work import ANNEX, approve_and_issue, newest_batch, placed

GUIDES = TOP / "docs" / "huong-dan"
# Bytes of a picture; tests/tidy/guides.rs holds it, too.
BYTES_MAX = 40_000
# Colours of a picture: enough for the edges of letters.
COLOURS = 8
# Height of a picture in dots of a page.
HEIGHT_MAX = 600


class Album:
    """Pictures, each as narrow as a phone and no higher than what it shows."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.taken: set[str] = set()

    def take(self, name: str, page: Page, last: Locator | None = None, first: Locator | None = None) -> None:
        """What a page shows from one thing to the end of another; else from its top."""
        page.set_viewport_size(PHONE)
        page.evaluate("document.activeElement && document.activeElement.blur()")
        box = lambda it: it.evaluate("it => { const box = it.getBoundingClientRect(); return [box.top + scrollY, box.bottom + scrollY] }")
        top = max(0, box(first)[0] - 12) if first else 0
        bottom = box(last)[1] + 12 if last else top + HEIGHT_MAX
        clip = {"x": 0, "y": top, "width": PHONE["width"], "height": min(bottom - top, HEIGHT_MAX)}
        shot = page.screenshot(full_page=True, clip=clip)
        picture = Image.open(io.BytesIO(shot)).convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        file = self.folder / f"{name}.png"
        picture.save(file, optimize=True)
        assert file.stat().st_size <= BYTES_MAX, (name, file.stat().st_size)
        self.taken.add(file.name)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as nowhere, open_house(options.ocop.resolve(), sharp=True) as house:
        album = Album(options.into or Path(nowhere))
        for chapter in [shopper, officer, order_to_shelf, office]:
            chapter(house, album)
    wanted = {file.name for file in (GUIDES / "anh").iterdir()}
    assert album.taken == wanted, f"taken and not kept, or kept and not taken: {album.taken ^ wanted}"
    print(f"{len(wanted)} pictures: as they should be")


def shopper(house: House, album: Album) -> None:
    page = house.stranger()
    page.goto(house.base)
    album.take("tra-cuu", page, page.locator("main form"))
    page.goto(house.base + "/" + house.facts["sample_urls"][0].split("/", 3)[3])
    album.take("tem-hop-le", page, page.locator(".product h2").first)


def officer(house: House, album: Album) -> None:
    person = house.person("officer", PHONE)
    page = person.go("/nhap-quyet-dinh")
    annex = {"name": "phu-luc.csv", "mimeType": "text/csv", "buffer": ANNEX.format(stars="chín").encode()}
    page.set_input_files("#tep", annex)
    person.press("Kiểm tra")
    problems = page.locator("section", has=page.locator("h2", has_text="Chỗ cần sửa"))
    album.take("nhap-quyet-dinh", page, problems, page.locator("h1"))


def order_to_shelf(house: House, album: Album) -> None:
    producer = house.person("producer", PHONE)
    page = producer.go("/don/moi")
    page.fill("#so_luong", "1.000")
    page.check("input[value=tu-chi]")
    album.take("dat-tem", page, page.get_by_role("button", name="Lưu nháp"), page.locator("h1"))
    order = placed(house, "1.000")
    album.take("viec-can-lam", producer.go("/viec"))

    approver = house.person("approver", PHONE)
    page = approver.go(order)
    album.take("duyet-don", page, first=page.locator(".head"))
    approve_and_issue(house, order)
    batch = newest_batch(house)
    page = house.person("officer").go(batch)
    assign = page.locator("form[action$='/giao-in']")
    album.take("giao-in", page, assign, page.locator(".head"))
    house.person("officer").press("Giao in")

    shop = house.person("print_shop", PHONE)
    page = shop.go(f"{batch}/to-in")
    album.take("to-in", page, page.locator("form[action$='/to-in']"), page.locator("h1"))
    page = shop.go(batch)
    printed = page.locator("form[action$='/da-in']")
    printed.locator("[name=chon][value=day]").check()
    printed.locator("[name=tu]").fill("0001-0000")
    printed.locator("[name=ly_do]").fill("Nhòe mực")
    album.take("bao-da-in", page, printed, page.locator("section.acts"))

    page = producer.go("/lo-tem/1")
    page.locator("summary", has_text="Kích hoạt tem").click()
    form = page.locator("form[action$='/kich-hoat']")
    form.locator("[name=lo]").fill("L-11")
    form.locator("[name=nsx]").fill("2026-11-01")
    form.locator("[name=chon][value=lo]").check()
    album.take("kich-hoat", page, form, page.locator("summary", has_text="Kích hoạt tem"))


def office(house: House, album: Album) -> None:
    # Invented products: no real one is shown beside a decision against it.
    page = house.person("approver").go("/san-pham?tim=to+hop+tac+vi+du")
    boxes = page.locator(".list [type=checkbox]")
    boxes.nth(0).check()
    boxes.nth(1).check()
    album.take("nhieu-san-pham", page, page.locator("button[form=ticked]"), page.locator("section.card"))

    page = house.person("inspector", PHONE).go("/kiem-tra/tem?ma=" + house.facts["sample_urls"][0].split("/")[4])
    album.take("ho-so-tem", page, first=page.locator("section", has=page.locator("h2.serial")))

    page = house.person("auditor", PHONE).go("/lo-tem/1")
    account = page.locator("section", has=page.locator("h2", has_text="Đối soát"))
    page.locator("details", has_text="Từng dãy số").locator("summary").click()
    album.take("doi-soat", page, first=account)

    page = house.person("administrator", PHONE).go("/tai-khoan")
    page.fill("#ho_ten", "Vũ Thị Mới")
    page.fill("#ten", "moi.vu")
    page.select_option("#vai_tro", "officer")
    form = page.locator("form", has=page.locator("#ho_ten"))
    album.take("tai-khoan", page, form, form)


if __name__ == "__main__":
    main()
