"""What else the office does: suspensions, lists, decisions about many, shoppers' reports, accounts."""

from house import TOP, House


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
        approver.press(act)
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
    page.get_by_role("link", name="phản ánh chưa giải quyết xong").click()
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
    page.check("[name=tat_ca]")
    officer.confirm("Ghi nhận đã tiêu hủy", "Ghi nhận đã tiêu hủy", final=False)
    assert officer.notice() == "Đã ghi nhận. Một người khác, có quyền phê duyệt, phải xác nhận."
    assert officer.state() == "Chờ xác nhận"
    assert page.get_by_role("button", name="Xác nhận đã tiêu hủy").count() == 0

    page = approver.go("/viec")
    page.get_by_role("link", name="lô tem có tiêu hủy chờ bạn xác nhận").click()
    page.locator(".list tbody a").first.click()
    page.locator("summary", has_text="Không xác nhận").click()
    page.locator("details[open] textarea").fill("Biên bản thiếu chữ ký.")
    page.locator("details[open] button").click()
    approver.press("Không xác nhận")
    assert approver.state() == "Không được xác nhận"

    page = officer.go(path)
    assert page.get_by_text("Biên bản thiếu chữ ký.").is_visible()
    page.fill("#bien_ban", "TH-01")
    page.fill("#noi", "Kho văn phòng")
    page.fill("#chung_kien", "Ông Vũ Văn Mẫu, phường Mẫu")
    page.fill("#ly_do", "Tem hỏng khi in")
    page.check("[name=tat_ca]")
    officer.confirm("Ghi nhận đã tiêu hủy", "Ghi nhận đã tiêu hủy", final=False)
    approver.go(path)
    approver.confirm("Xác nhận đã tiêu hủy", "Xác nhận đã tiêu hủy")
    assert approver.page.locator(".head .state").first.inner_text() == "Đã xác nhận"
    assert approver.page.get_by_text("Lô này không có tem nào cần tiêu hủy.").is_visible()


def a_producer(house: House) -> None:
    """An officer enters a producer and a product with a photo; of two who edit the producer at once, the second is told."""
    officer = house.person("officer")
    page = officer.go("/chu-the")
    page.get_by_role("link", name="Thêm chủ thể").click()
    page.select_option("#loai", "cooperative")
    page.fill("#ten", "HTX Mẫu Kể Chuyện")
    page.fill("#dien_thoai", "gọi cô Lan")
    page.select_option("#xa", label="Bát Tràng (xã)")
    officer.press("Thêm chủ thể")
    assert "Số điện thoại không đúng" in officer.problem()
    assert page.input_value("#ten") == "HTX Mẫu Kể Chuyện" and page.input_value("#xa") == "00577"
    page.fill("#dien_thoai", "024 0000 0000")
    officer.press("Thêm chủ thể")
    assert officer.notice() == "Đã thêm chủ thể."
    assert "xã Bát Tràng" in page.locator("main").inner_text()
    producer = page.url.removeprefix(house.base).split("?")[0]
    page.get_by_role("link", name="Thêm sản phẩm").click()
    page.fill("#ten", "Bánh gai mẫu kể chuyện")
    page.select_option("#nhom", "1")
    officer.press("Thêm sản phẩm")
    assert officer.notice().startswith("Đã thêm sản phẩm.")
    large = {"name": "anh.png", "mimeType": "image/png", "buffer": bytes(11_000_000)}
    page.set_input_files("#tep", large)
    officer.press("Lưu ảnh")
    assert officer.problem().startswith("Ảnh lớn hơn 10 MB."), officer.problem()
    page.set_input_files("#tep", TOP / "docs" / "huong-dan" / "anh" / "tem-hop-le.png")
    officer.press("Lưu ảnh")
    assert officer.notice().startswith("Đã lưu ảnh.") and page.locator(".photo img").count() == 1
    page.get_by_role("link", name="HTX Mẫu Kể Chuyện").click()
    assert "Bánh gai mẫu kể chuyện" in page.locator("main").inner_text()
    page.get_by_role("link", name="Sửa thông tin chủ thể").click()
    other = page.context.new_page()
    other.goto(f"{house.base}{producer}/sua")
    other.fill("#dien_thoai", "024 0000 0001")
    other.get_by_role("button", name="Lưu thay đổi").click()
    page.fill("#dien_thoai", "024 0000 0002")
    officer.press("Lưu thay đổi")
    assert officer.problem().startswith("Người khác vừa sửa chủ thể này")
    assert "024 0000 0001" in page.locator("main .facts").inner_text()
    assert page.input_value("#dien_thoai") == "024 0000 0002"
    officer.press("Lưu thay đổi")
    assert officer.notice() == "Đã lưu."
    assert "024 0000 0002" in page.locator("main").inner_text()
    other.close()
    own = house.person("producer")
    page = own.go("/chu-the")
    assert "/chu-the/" in page.url and page.get_by_role("link", name="Sửa thông tin chủ thể").count() == 0


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
