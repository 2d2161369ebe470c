"""What must be refused is refused, in words that say why and what to do, and nothing that was typed is lost."""

import http.client
import threading
from urllib.parse import urlencode, urlsplit

from house import House, Person
from story_work import approve_and_issue

NOT_THERE = "Không tìm thấy trang"
# An invented product of an invented producer: 36 months from its signature are over.
OLD_ANNEX = """STT;Tên chủ thể;Loại hình;Địa chỉ;Tên sản phẩm;Nhóm sản phẩm;Hạng sao;Số quyết định;Cơ quan cấp;Ngày ký
1;HTX Mẫu Làng Vườn;hợp tác xã;Thôn Mẫu, Hà Nội;Mứt mẫu quá hạn;1;3;MẪU-78/QĐ-UBND;UBND thành phố Hà Nội;05/02/2023
"""
EXPIRED = "Giấy chứng nhận OCOP đã hết hiệu lực từ ngày 05/02/2026. Cần được công nhận lại trước khi đề nghị cấp tem."


def more_than_the_quota(house: House) -> None:
    producer = house.person("producer")
    page = producer.go("/don/moi")
    page.fill("#so_luong", "2.001")
    page.locator("input[name=kinh_phi]").first.check()
    producer.press("Gửi đơn")
    assert "còn chi trả" in producer.problem(), producer.problem()
    assert page.input_value("#so_luong") == "2.001", "what was typed is lost"


def a_form_sent_twice(house: House) -> None:
    """The same form sent again, and a button pressed twice, are one order."""
    producer = house.person("producer")
    page = producer.go("/don/moi")
    fields = {name: page.input_value(f"[name={name}]") for name in ["khoa", "yeu_cau", "san_pham"]}
    form = fields | {"so_luong": "7", "kinh_phi": "tu-chi"}
    sent = [page.request.post(f"{house.base}/don/moi", form=form).url.split("?")[0] for _ in range(2)]
    assert sent[0] == sent[1], sent

    before = numbers(producer)
    page = producer.go("/don/moi")
    page.fill("#so_luong", "8")
    page.check("input[value=tu-chi]")
    page.get_by_role("button", name="Gửi đơn", exact=True).dblclick()
    page.wait_for_url("**/don/*xong=*")
    assert producer.state() == "Đã gửi"
    assert len(numbers(producer) - before) == 1, (before, numbers(producer))


def numbers(person: Person) -> set[str]:
    """Where the newest orders are that somebody sees."""
    page = person.go("/don")
    return {link.get_attribute("href") for link in page.locator(".list tbody a").all()}


def another_got_there_first(house: House) -> None:
    order = sent(house.person("producer"), "9")
    approver, officer = house.person("approver"), house.person("officer")
    approver.go(order)
    page = officer.go(order)
    page.locator("summary", has_text="Trả lại để bổ sung").click()
    page.locator("details[open] textarea").fill("Xin bổ sung.")
    page.locator("details[open] button").click()
    approver.press("Phê duyệt")
    assert "Yêu cầu bổ sung" in approver.problem(), approver.problem()
    assert f"({officer.login}) – Trả lại để bổ sung, lúc " in approver.problem(), approver.problem()


def no_business_of_theirs(house: House) -> None:
    """No role sees what is not its own."""
    for role, path in [("officer", "/tai-khoan"), ("producer", "/tai-khoan"), ("inspector", "/don")]:
        answer = house.person(role).page.goto(house.base + path)
        assert answer.status == 403, (role, path, answer.status)


def sent(person: Person, quantity: str) -> str:
    """An order that a producer pays for, sent; where it is."""
    page = person.go("/don/moi")
    page.fill("#so_luong", quantity)
    page.check("input[value=tu-chi]")
    person.press("Gửi đơn")
    assert person.state() == "Đã gửi", page.locator("main").inner_text()
    return page.url.removeprefix(person.house.base).split("?")[0]


def neighbour(house: House) -> Person:
    """Somebody of another producer, invited by the administrator."""
    if "neighbour" not in house.people:
        enter(house, OLD_ANNEX)
        found = house.called("officer", "/products?q=mut+mau+qua+han")
        maker = found["items"][0]["producer"]["id"]
        house.invited("neighbour", "lang-vuon", "Lý Thị Vườn", "producer", str(maker))
    return house.people["neighbour"]


def enter(house: House, annex: str) -> None:
    officer = house.person("officer")
    page = officer.go("/nhap-quyet-dinh")
    page.set_input_files("#tep", {"name": "phu-luc.csv", "mimeType": "text/csv", "buffer": annex.encode()})
    officer.press("Nhập")
    assert "1 công nhận mới" in page.locator("main").inner_text(), page.locator("main").inner_text()


def another_ones_batch(house: House) -> None:
    """A batch and an order of another's are not there: to look at, to act on, and to fetch papers of."""
    order = sent(house.person("producer"), "6")
    person = neighbour(house)
    page = person.go("/lo-tem")
    assert page.locator(".list tbody a").count() == 0, page.locator("main").inner_text()
    for path in ["/lo-tem/1", "/lo-tem/1/quet", order, "/lo-san-xuat/1"]:
        answer = page.goto(house.base + path)
        assert answer.status == 404, (path, answer.status)
        assert page.locator("h1").inner_text() == NOT_THERE, page.locator("main").inner_text()
    missing = page.goto(house.base + "/lo-tem/999")
    assert missing.status == 404 and page.locator("h1").inner_text() == NOT_THERE, "not to be told apart"
    key = person.go("/don/moi").input_value("[name=khoa]")
    for path in ["/lo-tem/1/kich-hoat", f"{order}/huy"]:
        form = {"khoa": key, "lo": "L-1", "chon": "lo", "ly_do": "Thử"}
        assert page.request.post(house.base + path, form=form).status == 404, path


def a_recognition_that_expired(house: House) -> None:
    """Neither offered nor taken from a form that was opened while it was in force."""
    person = neighbour(house)
    page = person.go("/don/moi")
    barred = page.locator("section", has=page.get_by_text("Mứt mẫu quá hạn"))
    assert EXPIRED in barred.inner_text(), page.locator("main").inner_text()
    assert "Mứt mẫu quá hạn" not in page.locator("#san_pham").inner_text()
    found = house.called("officer", "/products?q=mut+mau+qua+han")
    offer = "(list, id) => list.add(new Option('Mứt mẫu quá hạn', id, true, true))"
    page.locator("#san_pham").evaluate(offer, found["items"][0]["id"])
    page.fill("#so_luong", "1.000")
    page.check("input[value=tu-chi]")
    before = page.input_value("[name=yeu_cau]")
    person.press("Gửi đơn")
    assert person.problem() == EXPIRED, person.problem()
    assert page.input_value("#so_luong") == "1.000", "what was typed is lost"
    assert page.input_value("[name=yeu_cau]") == before, "sent again, it would be another order"
    assert not numbers(person), "an order was kept"


def a_spent_quota(house: House) -> None:
    """When the city has paid for all that it pays for, an order is refused with what is left, and taken as self-paid."""
    person = neighbour(house)
    page = person.go("/don/moi")
    page.fill("#so_luong", "2.000")
    page.locator("input[name=kinh_phi]").first.check()
    person.press("Gửi đơn")
    assert person.state() == "Đã gửi", page.locator("main").inner_text()
    approve_and_issue(house, page.url.removeprefix(house.base).split("?")[0])
    page = person.go("/don/moi")
    page.fill("#so_luong", "1")
    page.locator("input[name=kinh_phi]").first.check()
    person.press("Gửi đơn")
    said = "còn chi trả 0 tem cho sản phẩm này, đơn đề nghị 1 tem. Hãy giảm số lượng, hoặc lập đơn tự chi trả cho phần còn lại."
    assert said in person.problem(), person.problem()
    page.check("input[value=tu-chi]")
    person.press("Gửi đơn")
    assert person.state() == "Đã gửi", page.locator("main").inner_text()


def two_approvers_at_once(house: House) -> None:
    """Both have the order open and press at the same moment: one approves, the other is told who did, and when."""
    one = house.person("approver")
    if "second approver" not in house.people:
        house.invited("second approver", "phe-duyet-hai", "Trịnh Văn Hai", "approver")
    other = house.person("second approver")
    for quantity in ["11", "12", "13"]:
        order = sent(house.person("producer"), quantity)
        answers = pressed_at_once([one, other], order)
        assert sorted(status for status, _ in answers.values()) == [303, 422], answers
        winner = next(login for login, (status, _) in answers.items() if status == 303)
        loser = next(person for person in [one, other] if person.login != winner)
        said = answers[loser.login][1]
        assert f"({winner}) – Phê duyệt, lúc " in said and "Đã duyệt" in said, said
        page = loser.go(order)
        assert loser.state() == "Đã duyệt"
        done = [line for line in page.locator(".history li").all_inner_texts() if line.startswith("Phê duyệt")]
        assert len(done) == 1 and winner in done[0], done


def pressed_at_once(people: list[Person], order: str) -> dict[str, tuple[int, str]]:
    """What each was answered who had the order open and approved it in the same moment; by login."""
    ready = threading.Barrier(len(people))
    answers: dict[str, tuple[int, str]] = {}

    def press(person: Person, cookies: str, action: str, form: str) -> None:
        connection = http.client.HTTPConnection(urlsplit(person.house.base).netloc, timeout=30)
        connection.connect()
        headers = {"Cookie": cookies, "Content-Type": "application/x-www-form-urlencoded", "Accept": "text/html", "Accept-Language": "vi"}
        ready.wait()
        connection.request("POST", action, form, headers)
        answer = connection.getresponse()
        answers[person.login] = (answer.status, answer.read().decode())

    threads = []
    for person in people:
        page = person.go(order)
        act = page.locator("form.act", has=page.get_by_role("button", name="Phê duyệt", exact=True))
        form = urlencode({name: act.locator(f"[name={name}]").input_value() for name in ["khoa", "phien_ban"]})
        cookies = "; ".join(f"{it['name']}={it['value']}" for it in page.context.cookies())
        threads.append(threading.Thread(target=press, args=(person, cookies, act.get_attribute("action"), form)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
