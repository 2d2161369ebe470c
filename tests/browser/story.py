#!/usr/bin/env python3
"""People do their work in a real browser, in Vietnamese, from an order to a closed account; and are refused where they must be.

apt-get install chromium; pip install -r tests/browser/requirements.txt
python3 tests/browser/story.py [--ocop FILE]
"""

import argparse
import csv
import io
import zipfile
from pathlib import Path

from house import PHONE, TOP, House, open_house


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--ocop", type=Path, default=TOP / "target" / "release" / "ocop")
    options = parser.parse_args()
    with open_house(options.ocop.resolve()) as house:
        for chapter in [a_decision, order_to_shelf, a_destruction, refusals, a_suspension, a_list, a_decision_about_many, a_report, an_invitation]:
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


ANNEX = """STT;Tên chủ thể;Loại hình;Địa chỉ;Tên sản phẩm;Nhóm sản phẩm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký
1;HTX Mẫu Làng Vườn;hợp tác xã;Thôn Mẫu, Hà Nội;Chuối sấy mẫu;1;{stars};MẪU-77/QĐ-UBND;UBND thành phố Hà Nội;05/02/2026
"""


def a_decision(house: House) -> None:
    """An officer enters the annex of a decision: refused with its cell, mended, entered, and found."""
    officer = house.person("officer")
    page = officer.go("/san-pham")
    page.get_by_role("link", name="Nhập quyết định").click()
    for stars, act in [("chín", "Nhập"), ("4", "Kiểm tra"), ("4", "Nhập"), ("4", "Nhập")]:
        annex = {"name": "phu-luc.csv", "mimeType": "text/csv", "buffer": ANNEX.format(stars=stars).encode()}
        page.set_input_files("#tep", annex)
        officer.press(act)
        said = page.locator("main").inner_text()
        if stars == "chín":
            assert "Dòng 2, cột “Hạng sao”" in said and "chưa nhập dòng nào" in officer.problem(), said
        elif act == "Kiểm tra":
            assert "1 dòng, 1 dòng đúng" in said and "Đã nhập" not in said, said
    assert "0 công nhận mới, 1 đã có từ trước" in said, said
    page = officer.go("/san-pham?tim=chuoi+say+mau")
    page.get_by_role("link", name="Chuối sấy mẫu").click()
    assert officer.state() == "Còn hiệu lực"


def order_to_shelf(house: House) -> None:
    """From an order that is sent back once to goods on the shelf and a closed account."""
    order = placed(house, "1.000")
    officer, producer = house.person("officer"), house.person("producer")
    page = officer.go(order)
    officer.press("Nhận thẩm định")
    assert officer.state() == "Đang thẩm định"
    page.locator("summary", has_text="Trả lại để bổ sung").click()
    page.locator("details[open] textarea").fill("Số lượng chưa khớp với sản lượng đã đăng ký.")
    page.locator("details[open] button").click()
    assert officer.state() == "Yêu cầu bổ sung"

    page = producer.go(order)
    assert page.get_by_text("Số lượng chưa khớp với sản lượng đã đăng ký.").is_visible()
    page.get_by_role("link", name="Sửa đơn").click()
    producer.press("Lưu nháp")
    assert producer.state() == "Yêu cầu bổ sung", page.locator("main").inner_text()
    page.get_by_role("link", name="Sửa đơn").click()
    producer.press("Gửi đơn")
    assert producer.state() == "Đang thẩm định", page.locator("main").inner_text()

    approve_and_issue(house, order)
    page = producer.go(order)
    assert page.get_by_text("1.000 tem").first.is_visible()
    assert producer.state() == "Đã cấp mã"

    batch = newest_batch(house)
    assert officer.state() == "Chưa giao in"
    officer.press("Giao in")
    assert officer.state() == "Đã giao in", officer.page.locator("main").inner_text()
    codes = fetched(house, batch)
    printed_with_three_spoiled(house, batch, [row["serial"] for row in codes])
    hand_over(house, batch, "07/BBBG", "997")
    receive(house, batch)

    replacement = reprinted(house, batch)
    hand_over(house, replacement, "08/BBBG", "3")
    receive(house, replacement)

    stranger = house.stranger()
    stranger.goto(f"{house.base}/{codes[-1]['url'].split('/', 3)[3]}")
    assert "Tem chưa kích hoạt" in stranger.locator("main").inner_text()
    for stamps in [batch, replacement]:
        activate(house, stamps)
    stranger.reload()
    assert "Tem hợp lệ" in stranger.locator("main").inner_text()
    recall(house, stranger)
    for stamps in [replacement, batch]:
        close(house, stamps)


def approve_and_issue(house: House, order: str) -> None:
    approver = house.person("approver")
    approver.go(order)
    approver.press("Phê duyệt")
    assert approver.state() == "Đã duyệt", approver.page.locator("main").inner_text()
    approver.press("Cấp mã")
    assert approver.state() == "Đã cấp mã"
    assert approver.notice() == "Đã cấp mã cho tất cả tem của đơn."


def newest_batch(house: House) -> str:
    officer = house.person("officer")
    page = officer.go("/lo-tem")
    page.locator(".list tbody a").first.click()
    return page.url.removeprefix(house.base)


def fetched(house: House, batch: str) -> list[dict[str, str]]:
    """The print shop makes its sheets and fetches them; its codes in the order of their serials."""
    shop = house.person("print_shop")
    page = shop.go(batch)
    page.get_by_role("link", name="Tờ in và tải về").click()
    shop.press("Tạo tờ in")
    assert shop.notice() == "Đã tạo tờ in.", page.locator("main").inner_text()
    with page.expect_download() as volume:
        page.get_by_role("link", name="Tập 1").click()
    assert Path(volume.value.path()).read_bytes().startswith(b"%PDF-1.6")
    with page.expect_download() as everything:
        page.get_by_role("link", name="Tải tất cả").click()
    with zipfile.ZipFile(everything.value.path()) as archive:
        names = archive.namelist()
        listed = archive.read(next(name for name in names if name.endswith("-manifest.csv"))).decode()
    rows = list(csv.DictReader(io.StringIO(listed)))
    assert len(rows) == 1000, len(rows)
    page = shop.go(batch)
    assert shop.state() == "Đang in"
    assert page.get_by_text("Tải tệp in").count() == 2, "a download is not noted"
    stranger = house.person("producer").page.goto(f"{house.base}{batch}/to-in")
    assert stranger.status == 403, stranger.status
    return sorted(rows, key=lambda row: row["serial"])


def printed_with_three_spoiled(house: House, batch: str, serials: list[str]) -> None:
    shop = house.person("print_shop")
    page = shop.go(batch)
    report = page.locator("form[action$='/da-in']")
    report.locator("[name=tu]").fill(serials[0])
    shop.press("Báo đã in")
    assert "lý do" in shop.problem(), shop.problem()
    report.locator("[name=tu]").fill(serials[0])
    report.locator("[name=ly_do]").fill("Nhòe mực")
    shop.press("Báo đã in")
    assert shop.state() == "Đã in", page.locator("main").inner_text()
    # Two more are found while the sheets are counted.
    page.locator("summary", has_text="Báo tem hỏng, mất").click()
    report = page.locator("form[action$='/bao-hong']")
    report.locator("[name=chon][value=day]").check()
    report.locator("[name=tu]").fill(serials[1])
    report.locator("[name=den]").fill(serials[2])
    report.locator("[name=ly_do]").fill("Bế lệch")
    shop.press("Báo tem hỏng, mất")
    assert shop.notice() == "Đã ghi nhận tem hỏng, mất.", page.locator("main").inner_text()


def reprinted(house: House, batch: str) -> str:
    """New codes for the spoiled stamps alone, at the same shop; printed."""
    shop = house.person("print_shop")
    page = shop.go(batch)
    page.locator("summary", has_text="Đề nghị in lại tem hỏng").click()
    page.locator("form[action$='/in-lai'] [name=ly_do]").fill("Ba tem hỏng khi in")
    shop.press("Đề nghị in lại tem hỏng")
    assert shop.notice() == "Đã gửi đơn in lại đến văn phòng.", page.locator("main").inner_text()
    page = house.person("approver").go("/don")
    page.locator(".list tbody a").first.click()
    approve_and_issue(house, page.url.removeprefix(house.base))
    replacement = newest_batch(house)
    assert replacement != batch
    shop.go(replacement)
    shop.press("Báo đã in")
    assert shop.state() == "Đã in", page.locator("main").inner_text()
    return replacement


def hand_over(house: House, batch: str, minutes: str, stamps: str) -> None:
    shop = house.person("print_shop")
    page = shop.go(batch)
    page.fill("[name=bien_ban]", minutes)
    page.fill("[name=so_tem]", stamps)
    shop.press("Bàn giao")
    assert shop.state() == "Đã bàn giao", page.locator("main").inner_text()


def receive(house: House, batch: str) -> None:
    producer = house.person("producer")
    page = producer.go(batch)
    producer.press("Xác nhận đã nhận")
    assert producer.state() == "Đã nhận", page.locator("main").inner_text()


def activate(house: House, batch: str) -> None:
    producer = house.person("producer")
    page = producer.go(batch)
    page.locator("summary", has_text="Kích hoạt tem").click()
    form = page.locator("form[action$='/kich-hoat']")
    form.locator("[name=lo]").fill("L-11")
    form.locator("[name=nsx]").fill("2026-11-01")
    form.locator("[name=chon][value=lo]").check()
    form.locator("button", has_text="Xem trước").click()
    assert "Làm được" in page.locator("main").inner_text(), page.locator("main").inner_text()
    producer.press("Kích hoạt tem")
    assert producer.notice() == "Đã kích hoạt tem.", page.locator("main").inner_text()


def recall(house: House, stranger) -> None:
    """The goods of a lot are recalled, and whoever scans is told what to do until it has ended."""
    approver = house.person("approver")
    page = approver.go("/lo-san-xuat?so_lo=L-11")
    page.locator(".list tbody a").first.click()
    page.locator("summary", has_text="Thu hồi sản phẩm, hàng hóa").click()
    assert "1.000 tem đã kích hoạt" in page.locator("main").inner_text()
    page.locator("[name=ly_do]").first.fill("Nắp bị hở. Xin trả lại nơi đã mua.")
    page.locator("[name=dien_thoai]").fill("024 0000 0000")
    approver.press("Thu hồi sản phẩm, hàng hóa")
    assert approver.state() == "Đang thu hồi sản phẩm, hàng hóa", page.locator("main").inner_text()
    stranger.reload()
    assert "024 0000 0000" in stranger.locator("main").inner_text()
    page.locator("summary", has_text="Kết thúc thu hồi sản phẩm").click()
    page.locator("#ly_do_het").fill("Đã thu đủ hàng.")
    approver.press("Kết thúc thu hồi sản phẩm")
    assert approver.notice() == "Đã kết thúc thu hồi sản phẩm.", page.locator("main").inner_text()
    stranger.reload()
    assert "Tem hợp lệ" in stranger.locator("main").inner_text()


def close(house: House, batch: str) -> None:
    approver = house.person("approver")
    page = approver.go(batch)
    assert "khớp" in page.locator("h3", has_text="Lô tem").first.inner_text()
    page.locator("summary", has_text="Quyết toán lô tem").click()
    page.locator("form[action$='/quyet-toan'] button").click()
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


def reported(house: House) -> str:
    """A shopper's report on a code that is not in the register; where its receipt leads."""
    page = house.stranger()
    page.goto(house.base + "/tra-cuu?ma=1A6A-MFCC-K0VV")
    page.get_by_role("link", name="Gửi phản ánh").click()
    assert page.input_value("#ma") == "1A6A-MFCC-K0VV"
    page.get_by_label("Không tìm thấy mã của sản phẩm đang bán").check()
    page.fill("#thay", "Gói bánh mẫu bán ở quầy có mã này nhưng tra không thấy.\nTem in mờ.")
    page.fill("#noi_mua", "Cửa hàng Ví Dụ, phường Mẫu")
    page.fill("#lien_he", "nguoi.mua@example.vn")
    page.get_by_role("button", name="Gửi phản ánh").click()
    assert "Cảm ơn bạn đã phản ánh. Mã tiếp nhận: PA-" in page.locator(".band").inner_text()
    return page.url.removeprefix(house.base).split("?")[0]


def a_report(house: House) -> None:
    """A shopper reports, an officer takes it up and answers, and the shopper reads the answer by the receipt."""
    receipt = reported(house)
    officer = house.person("officer")
    page = officer.go("/viec")
    page.get_by_role("link", name="phản ánh của người tiêu dùng chưa giải quyết xong").click()
    page.locator(".list tbody a").first.click()
    assert page.get_by_text("nguoi.mua@example.vn").is_visible()
    officer.press("Nhận xem xét")
    assert officer.state() == "Đang xem xét"
    page.locator("summary", has_text="Ghi chú nội bộ").click()
    page.locator("details[open] textarea").fill("Đã hỏi cửa hàng.")
    page.locator("details[open] button").click()
    assert officer.notice() == "Đã lưu ghi chú."
    page.locator("summary", has_text="Trả lời").first.click()
    page.locator("details[open] textarea").fill("Mã này không do văn phòng phát hành.\nCảm ơn bạn đã báo.")
    page.locator("details[open] button").click()
    assert officer.state() == "Đã trả lời"

    page = house.stranger()
    page.goto(house.base + "/phan-anh")
    page.fill("#ma-tiep-nhan", receipt.rsplit("/", 1)[1].lower().replace("-", " "))
    page.get_by_role("button", name="Xem kết quả").click()
    said = page.locator("main").inner_text()
    assert "Mã này không do văn phòng phát hành." in said and "Đã hỏi cửa hàng." not in said, said
    page.get_by_role("button", name="Xóa thông tin liên hệ").click()
    assert page.get_by_role("button", name="Xóa thông tin liên hệ").count() == 0
    page.goto(house.base + "/phan-anh/xem?ma=PA-0000")
    assert page.get_by_text("Không tìm thấy mã tiếp nhận").is_visible()


def a_destruction(house: House) -> None:
    """An officer records that spoiled stamps were destroyed; they are only once an approver has confirmed it."""
    officer, approver = house.person("officer"), house.person("approver")
    page = officer.go("/tieu-huy?ly_do=spoiled")
    page.locator(".list tbody a").first.click()
    path = page.url.removeprefix(house.base).split("?")[0]
    page.fill("#bien_ban", "TH-01")
    page.fill("#noi", "Kho văn phòng")
    page.fill("#chung_kien", "Ông Vũ Văn Mẫu, phường Mẫu")
    page.fill("#ly_do", "Tem hỏng khi in")
    officer.press("Ghi nhận đã tiêu hủy")
    assert officer.notice() == "Đã ghi nhận. Một người khác, có quyền phê duyệt, phải xác nhận."
    assert officer.state() == "Chờ xác nhận"
    assert page.get_by_role("button", name="Xác nhận đã tiêu hủy").count() == 0

    page = approver.go("/viec")
    page.get_by_role("link", name="lần tiêu hủy tem chờ một người khác xác nhận").click()
    page.locator(".list tbody a").first.click()
    page.locator("summary", has_text="Không xác nhận").click()
    page.locator("details[open] textarea").fill("Biên bản thiếu chữ ký.")
    page.locator("details[open] button").click()
    assert approver.state() == "Không được xác nhận"

    page = officer.go(path)
    assert page.get_by_text("Biên bản thiếu chữ ký.").is_visible()
    page.fill("#bien_ban", "TH-01")
    page.fill("#noi", "Kho văn phòng")
    page.fill("#chung_kien", "Ông Vũ Văn Mẫu, phường Mẫu")
    page.fill("#ly_do", "Tem hỏng khi in")
    officer.press("Ghi nhận đã tiêu hủy")
    approver.go(path)
    approver.press("Xác nhận đã tiêu hủy")
    assert approver.page.locator(".head .state").first.inner_text() == "Đã xác nhận"
    assert approver.page.get_by_text("Lô này không có tem nào cần tiêu hủy.").is_visible()


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
