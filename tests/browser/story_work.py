"""The way of a stamp: from a decision and an order to goods on the shelf, a recall and a closed account."""

import csv
import io
import zipfile
from pathlib import Path

from house import PHONE, House


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
            assert "dòng 2, cột “Hạng sao”" in said and "chưa nhập dòng nào" in officer.problem(), said
        elif act == "Kiểm tra":
            assert "1 dòng = 1 mới + 0 đã có như vậy + 0 khác với hệ thống + 0 chưa rõ + 0 phải sửa + 0 bỏ qua." in said and "Đã nhập" not in said, said
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
    report.locator("[name=chon][value=day]").check()
    report.locator("[name=tu]").fill(serials[0])
    shop.press("Báo đã in…")
    assert "lý do" in shop.problem(), shop.problem()
    report.locator("[name=tu]").fill(serials[0])
    report.locator("[name=ly_do]").fill("Nhòe mực")
    shop.press("Báo đã in…")
    shown = page.locator("main").inner_text()
    assert "Trở thành “Tem hỏng”: 1 tem" in shown and "Trở thành “Đã in”: 999 tem" in shown, shown
    shop.press("Báo đã in: 1.000 tem")
    assert shop.state() == "Đã in", page.locator("main").inner_text()
    # Two more are found while the sheets are counted.
    page.locator("summary", has_text="Báo tem hỏng, thất lạc").click()
    report = page.locator("form[action$='/bao-hong']")
    report.locator("[name=chon][value=day]").check()
    report.locator("[name=tu]").fill(serials[1])
    report.locator("[name=den]").fill(serials[2])
    report.locator("[name=ly_do]").fill("Bế lệch")
    shop.confirm("Báo tem hỏng, thất lạc", "Báo tem hỏng, thất lạc: 2 tem")
    assert shop.notice() == "Đã ghi nhận tem hỏng, thất lạc. Đã chuyển 2 tem.", page.locator("main").inner_text()


def reprinted(house: House, batch: str) -> str:
    """New codes for the spoiled stamps alone, at the same shop; printed."""
    shop = house.person("print_shop")
    page = shop.go(batch)
    page.locator("summary", has_text="Đề nghị in lại tem hỏng").click()
    page.locator("form[action$='/in-lai'] [name=ly_do]").fill("Ba tem hỏng khi in")
    shop.confirm("Đề nghị in lại tem hỏng", "Đề nghị in lại tem hỏng")
    assert shop.notice() == "Đã gửi đơn in lại đến văn phòng.", page.locator("main").inner_text()
    page = house.person("approver").go("/don")
    page.locator(".list tbody a").first.click()
    approve_and_issue(house, page.url.removeprefix(house.base))
    replacement = newest_batch(house)
    assert replacement != batch
    page = shop.go(replacement)
    page.locator("form[action$='/da-in'] [name=chon][value=khong]").check()
    shop.confirm("Báo đã in", "Báo đã in: 3 tem")
    assert shop.state() == "Đã in", page.locator("main").inner_text()
    return replacement


def hand_over(house: House, batch: str, minutes: str, stamps: str) -> None:
    shop = house.person("print_shop")
    page = shop.go(batch)
    form = page.locator("form[action$='/ban-giao']")
    form.locator("[name=bien_ban]").fill(minutes)
    form.locator("[name=so_tem]").fill("2.000")
    form.locator("[name=chon][value=lo]").check()
    shop.press("Bàn giao…")
    assert "nhiều hơn số tem của lô" in shop.problem() or "Hãy đếm lại" in shop.problem(), shop.problem()
    form.locator("[name=so_tem]").fill(stamps)
    shop.confirm("Bàn giao", f"Bàn giao: {stamps} tem")
    assert shop.state() == "Đã bàn giao", page.locator("main").inner_text()


def receive(house: House, batch: str) -> None:
    producer = house.person("producer")
    page = producer.go(batch)
    producer.confirm("Xác nhận đã nhận", "Xác nhận đã nhận")
    assert producer.state() == "Đã nhận", page.locator("main").inner_text()


def activate(house: House, batch: str) -> None:
    producer = house.person("producer")
    page = producer.go(batch)
    page.locator("summary", has_text="Kích hoạt tem").click()
    form = page.locator("form[action$='/kich-hoat']")
    form.locator("[name=lo]").fill("L-11")
    form.locator("[name=nsx]").fill("2026-11-01")
    form.locator("[name=chon][value=lo]").check()
    producer.press("Kích hoạt tem…")
    assert "Trở thành “Đã kích hoạt”" in page.locator("main").inner_text(), page.locator("main").inner_text()
    page.locator("form.card button").click()
    assert producer.notice().startswith("Đã kích hoạt tem."), page.locator("main").inner_text()


def recall(house: House, stranger) -> None:
    """The goods of a lot are recalled, and whoever scans is told what to do until it has ended."""
    approver = house.person("approver")
    page = approver.go("/lo-san-xuat?so_lo=L-11")
    page.locator(".list tbody a").first.click()
    page.locator("summary", has_text="Thu hồi sản phẩm, hàng hóa").click()
    assert "1.000 tem đã kích hoạt" in page.locator("main").inner_text()
    page.locator("[name=ly_do]").first.fill("Nắp bị hở. Xin trả lại nơi đã mua.")
    page.locator("[name=dien_thoai]").fill("024 0000 0000")
    approver.confirm("Thu hồi sản phẩm, hàng hóa", "Thu hồi sản phẩm, hàng hóa", final=False)
    assert approver.state() == "Đang thu hồi sản phẩm, hàng hóa", page.locator("main").inner_text()
    stranger.reload()
    assert "024 0000 0000" in stranger.locator("main").inner_text()
    page.locator("summary", has_text="Kết thúc thu hồi sản phẩm").click()
    page.locator("#ly_do_het").fill("Đã thu đủ hàng.")
    approver.confirm("Kết thúc thu hồi sản phẩm", "Kết thúc thu hồi sản phẩm", final=False)
    assert approver.notice() == "Đã kết thúc thu hồi sản phẩm.", page.locator("main").inner_text()
    stranger.reload()
    assert "Tem hợp lệ" in stranger.locator("main").inner_text()


def close(house: House, batch: str) -> None:
    approver = house.person("approver")
    page = approver.go(batch)
    assert "khớp" in page.locator("h3", has_text="Lô tem").first.inner_text()
    page.locator("summary", has_text="Quyết toán lô tem").click()
    approver.confirm("Quyết toán lô tem", "Quyết toán lô tem")
    assert approver.state() == "Đã quyết toán", page.locator("main").inner_text()


# Chromium on Linux reads no codes itself: a stand-in for what a telephone's browser has. It sees the
# codes one after another, each more than once, on a picture of nothing.
STAND_IN = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["qr_code"]; }
  async detect() { const codes = %s; window.seen = (window.seen ?? -1) + 1; return [{ rawValue: codes[window.seen %% codes.length] }]; }
};
const picture = document.createElement("canvas");
const brush = picture.getContext("2d");
setInterval(() => brush.fillRect(0, 0, picture.width, picture.height), 50);
navigator.mediaDevices.getUserMedia = async () => picture.captureStream(5);
"""


def a_camera(house: House) -> None:
    """Stamps scanned with the telephone's camera: each a line, once; and the page without a camera, or without script."""
    producer = house.person("producer")
    used = house.facts["sample_urls"][:2]
    with Path(house.facts["manifest"]).open(encoding="utf-8") as listed:
        codes = [row["url"] for row in list(csv.DictReader(listed))[-2:]]
    page = producer.go("/lo-tem/1/quet")
    assert not page.locator("#camera").is_visible(), "a button that can do nothing"
    plain = page.context.new_page()
    page.context.new_cdp_session(plain).send("Emulation.setScriptExecutionDisabled", {"value": True})
    plain.goto(f"{house.base}/lo-tem/1/quet")
    assert plain.get_by_label("Mã tem, mỗi dòng một mã").is_visible() and not plain.locator("#camera").is_visible()

    plain.close()

    page = page.context.new_page()
    page.set_viewport_size(PHONE)
    # A symbol on the goods that is no code of a stamp is seen beside them.
    page.add_init_script(STAND_IN % [*codes, "BEGIN:VCARD\nEND:VCARD"])
    page.goto(f"{house.base}/lo-tem/1/quet")
    page.fill("#ma", codes[0])
    page.get_by_role("button", name="Quét bằng máy ảnh").click()
    page.get_by_text("Có 2 mã trong ô trên.").wait_for()
    # The page's policy forbids the waiting that Playwright has for this.
    while page.evaluate("window.seen") < 4:
        page.wait_for_timeout(200)
    assert page.input_value("#ma").split() == codes, page.input_value("#ma")
    assert page.locator("#camera video").is_visible()
    page.get_by_role("button", name="Tắt máy ảnh").click()
    assert not page.locator("#camera video").is_visible()
    page.get_by_label("Báo tem hỏng").check()
    page.fill("#ly_do", "Rách mép")
    page.get_by_role("button", name="Xem trước").click()
    assert page.locator("h1").inner_text() == "Báo tem hỏng, thất lạc", page.locator("main").inner_text()

    # Stamps on goods already are not the producer's to report: nothing of what was typed is lost.
    page.goto(f"{house.base}/lo-tem/1/quet")
    page.fill("#ma", "\n".join(used))
    page.get_by_label("Báo tem hỏng").check()
    page.fill("#ly_do", "Rách mép")
    page.get_by_role("button", name="Xem trước").click()
    refused = page.locator("main [role=alert]").first.inner_text()
    assert refused.startswith("2 trong 2 tem không thực hiện được, nên chưa tem nào được chuyển. Đã kích hoạt: 2 tem"), refused
    assert page.input_value("#ma").split() == used and page.input_value("#ly_do") == "Rách mép", "what was typed is lost"

    page.goto(f"{house.base}/lo-tem/1/quet")
    page.evaluate("void (navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('', 'NotAllowedError'); })")
    page.get_by_role("button", name="Quét bằng máy ảnh").click()
    page.get_by_text("Không mở được máy ảnh.").wait_for()
    page.close()
