#!/usr/bin/env python3
"""People do their work in a real browser, in Vietnamese, from an order to a closed account; and are refused where they must be.

apt-get install chromium; pip install -r tests/browser/requirements.txt
python3 tests/browser/story.py [--ocop FILE]
"""

import argparse
from pathlib import Path

from house import PHONE, TOP, House, open_house


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    options = parser.parse_args()
    with open_house(options.ocop.resolve()) as house:
        for chapter in [order_to_codes, refusals, a_suspension, a_list, a_decision_about_many, an_invitation]:
            chapter(house)
            print(f"{chapter.__name__}: as it should be")


def placed(house: House, quantity: str) -> str:
    """A producer's order, sent; where it is."""
    producer = house.person("producer", PHONE)
    page = producer.go("/don/moi")
    page.fill("#so_luong", quantity)
    page.check("input[value=tu-chi]")
    producer.press("Gửi đơn")
    assert producer.notice() == "Đã gửi đơn đến văn phòng.", producer.notice()
    return page.url.removeprefix(house.base).split("?")[0]


def order_to_codes(house: House) -> None:
    order = placed(house, "1.000")
    officer, producer, approver = house.person("officer"), house.person("producer"), house.person("approver")

    page = officer.go(order)
    page.locator("summary", has_text="Trả lại để bổ sung").click()
    page.locator("details[open] textarea").fill("Số lượng chưa khớp với sản lượng đã đăng ký.")
    page.locator("details[open] button").click()
    assert officer.state() == "Yêu cầu bổ sung"

    page = producer.go(order)
    assert page.get_by_text("Số lượng chưa khớp với sản lượng đã đăng ký.").is_visible()
    producer.press("Gửi đơn")
    assert producer.state() == "Đã gửi"

    approver.go(order)
    approver.press("Phê duyệt")
    assert approver.state() == "Đã duyệt"
    approver.press("Cấp mã")
    assert approver.state() == "Đã cấp mã"
    assert approver.notice() == "Đã cấp mã cho tất cả tem của đơn."

    page = producer.go(order)
    assert page.get_by_text("1.000 tem").first.is_visible()
    assert producer.state() == "Đã cấp mã"
    codes_to_goods(house)


def codes_to_goods(house: House) -> None:
    """From the print shop to a closed account, with one stamp spoiled."""
    officer, shop = house.person("officer"), house.person("print_shop")
    page = officer.go("/lo-tem")
    page.locator(".list a[href^='/']").first.click()
    batch = page.url.removeprefix(house.base)
    assert officer.state() == "Chưa giao in"
    officer.press("Giao in")
    assert officer.state() == "Đã giao in", page.locator("main").inner_text()

    page = shop.go(batch)
    page.locator("details summary", has_text="Từng dãy số sê-ri").click()
    first = page.locator(".runs .serials").first.inner_text().split(" – ")[0]
    page.fill("[name=tu]", first)
    shop.press("Báo đã in")
    assert "lý do" in shop.problem(), shop.problem()
    page.fill("[name=tu]", first)
    page.fill("[name=ly_do]", "Nhòe mực")
    shop.press("Báo đã in")
    assert shop.state() == "Đã in", page.locator("main").inner_text()
    page.fill("[name=bien_ban]", "07/BBBG")
    page.fill("[name=so_tem]", "999")
    shop.press("Bàn giao")
    assert shop.state() == "Đã bàn giao", page.locator("main").inner_text()

    producer = house.person("producer")
    page = producer.go(batch)
    producer.press("Xác nhận đã nhận")
    assert producer.state() == "Đã nhận", page.locator("main").inner_text()
    page.locator("summary", has_text="Kích hoạt tem").click()
    page.fill("[name=lo]", "L-11")
    page.fill("[name=nsx]", "2026-11-01")
    page.locator("details[open] button").click()
    assert producer.notice() == "Đã kích hoạt tem.", page.locator("main").inner_text()

    approver = house.person("approver")
    page = approver.go(batch)
    assert "khớp" in page.locator("h3", has_text="Lô tem").first.inner_text()
    page.locator("summary", has_text="Quyết toán lô tem").click()
    page.locator("details[open] button").click()
    assert approver.state() == "Đã đối soát", page.locator("main").inner_text()


def refusals(house: House) -> None:
    producer = house.person("producer")
    page = producer.go("/don/moi")
    page.fill("#so_luong", "2.001")
    page.locator("input[name=kinh_phi]").first.check()
    producer.press("Gửi đơn")
    assert "còn chi trả" in producer.problem(), producer.problem()
    assert page.input_value("#so_luong") == "2.001", "what was typed is lost"

    # The same form sent twice is one order.
    page = producer.go("/don/moi")
    fields = {name: page.input_value(f"[name={name}]") for name in ["khoa", "yeu_cau", "san_pham"]}
    form = fields | {"so_luong": "7", "kinh_phi": "tu-chi"}
    sent = [page.request.post(f"{house.base}/don/moi", form=form).url.split("?")[0] for _ in range(2)]
    assert sent[0] == sent[1], sent
    order = sent[0].removeprefix(house.base)

    # Another got there first.
    approver, officer = house.person("approver"), house.person("officer")
    approver.go(order)
    page = officer.go(order)
    page.locator("summary", has_text="Trả lại để bổ sung").click()
    page.locator("details[open] textarea").fill("Xin bổ sung.")
    page.locator("details[open] button").click()
    approver.press("Phê duyệt")
    assert "Yêu cầu bổ sung" in approver.problem(), approver.problem()

    # No role sees what is not its own.
    for role, path in [("officer", "/tai-khoan"), ("producer", "/tai-khoan"), ("inspector", "/don")]:
        answer = house.person(role).page.goto(house.base + path)
        assert answer.status == 403, (role, path, answer.status)


def a_suspension(house: House) -> None:
    """Of an invented product, which the sample register has suspended: given back, and suspended again."""
    approver = house.person("approver")
    page = approver.go("/san-pham?tim=mat+ong+mau+tam+dinh+chi")
    page.locator(".list a[href^='/']").first.click()
    assert approver.state() == "Tạm đình chỉ"
    for act, state in [("Cho phép sử dụng lại", "Còn hiệu lực"), ("Tạm đình chỉ", "Tạm đình chỉ")]:
        page.locator("summary", has_text=act).click()
        page.locator("details[open] [name=quyet_dinh]").fill("MẪU-95/QĐ-UBND")
        page.locator("details[open] textarea").fill("Đã khắc phục xong, có biên bản kiểm tra." if "lại" in act else "Tái phạm.")
        page.locator("details[open] button").click()
        assert approver.state() == state, (approver.state(), page.locator("main").inner_text())
    assert page.get_by_text("Tái phạm.").first.is_visible()


def a_list(house: House) -> None:
    """Sorted and narrowed by what its address says, and fetched as a file."""
    officer = house.person("officer")
    page = officer.go("/san-pham?nhom=4")
    names = lambda: page.locator(".list .main").all_inner_texts()
    before = names()
    page.locator("th[aria-sort=ascending] a").click()
    assert "nhom=4" in page.url and "sap=-ten" in page.url, page.url
    assert page.locator("th[aria-sort=descending]").inner_text().startswith("Sản phẩm")
    assert names() != before, names()
    with page.expect_download() as fetched:
        page.get_by_role("link", name="CSV").click()
    rows = fetched.value.path().read_text("utf-8-sig").splitlines()
    shown = int(page.locator(".line-head .soft").inner_text().split()[1])
    assert len(rows) == shown + 1, (len(rows), shown)
    assert rows[1].startswith(names()[0]), rows[1]


def a_decision_about_many(house: House) -> None:
    """Two products ticked, looked at, and suspended by one decision; and given back by another."""
    approver = house.person("approver")
    for act, number, state in [("Tạm đình chỉ", "MẪU-96/QĐ-UBND", "Tạm đình chỉ"), ("Cho phép sử dụng lại", "MẪU-97/QĐ-UBND", "Còn hiệu lực")]:
        page = approver.go("/san-pham?tim=bao+phuong")
        boxes = page.locator(".list [type=checkbox]")
        boxes.nth(0).check()
        boxes.nth(1).check()
        approver.press("Xử lý các sản phẩm đã chọn")
        page.get_by_label(act).check()
        page.fill("#quyet_dinh", number)
        page.fill("#ngay_ky", "2026-11-20")
        page.fill("#nguoi_ky", "Nguyễn Văn Mẫu")
        page.fill("#ly_do", "Theo biên bản kiểm tra.")
        approver.press("Xem trước")
        assert page.get_by_text("2 sản phẩm sẽ thay đổi.").is_visible(), page.locator("main").inner_text()
        approver.press("Ghi quyết định")
        assert approver.notice() == "Đã ghi quyết định cho tất cả sản phẩm đã chọn."
        page = approver.go("/san-pham?tim=bao+phuong")
        assert page.locator(".list .state", has_text=state).count() >= 2, page.locator("main").inner_text()


def an_invitation(house: House) -> None:
    administrator = house.person("administrator")
    page = administrator.go("/tai-khoan")
    page.fill("#ho_ten", "Vũ Thị Mới")
    page.fill("#ten", "moi.vu")
    page.select_option("#vai_tro", "officer")
    administrator.press("Thêm và tạo liên kết mời")
    link = page.locator(".secret").inner_text()

    page = house.stranger()
    page.goto(link)
    page.fill("#mat_khau_moi", "password1234")
    page.click("main button")
    assert "dễ đoán" in page.locator("[role=alert]").inner_text()
    page.fill("#mat_khau_moi", "đồi chè, sông Hồng, bảy")
    page.click("main button")
    page.fill("#ten", "moi.vu")
    page.fill("#mat_khau", "đồi chè, sông Hồng, bảy")
    page.click("main button")
    assert page.get_by_text("Xin chào, Vũ Thị Mới").is_visible()
    page.get_by_role("button", name="Đăng xuất").click()
    page.goto(house.base + "/viec")
    assert "/dang-nhap" in page.url
    assert page.goto(link).status == 404, "a link opens once"


if __name__ == "__main__":
    main()
