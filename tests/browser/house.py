"""The demonstration, served, and people who work with it in Chromium."""

import json
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pyotp
from playwright.sync_api import Browser, Page, sync_playwright

TOP = Path(__file__).resolve().parents[2]
PHONE = {"width": 360, "height": 780}
DESKTOP = {"width": 1280, "height": 900}
# Whoever signs in first chooses a password of their own: this, and their login.
OWN = "mưa rào trên mái ngói"


@dataclass
class Person:
    """Somebody with a browser of their own."""

    login: str
    password: str
    house: "House"
    page: Page
    totp: pyotp.TOTP | None = None
    last_step: int = 0

    def go(self, path: str) -> Page:
        self.page.goto(self.house.base + path)
        return self.page

    def press(self, name: str) -> Page:
        self.page.get_by_role("button", name=name, exact=True).first.click()
        return self.page

    def confirm(self, act: str, button: str, *, final: bool = True) -> Page:
        """An act that is shown first, then done; it says whether it can be taken back."""
        self.press(f"{act}…")
        shown = self.page.locator("main").inner_text()
        assert "Hãy xem kỹ trước khi làm." in shown and ("Không thể hoàn tác việc này." in shown) == final, shown
        return self.press(button)

    def notice(self) -> str:
        return self.page.locator(".notice").inner_text()

    def problem(self) -> str:
        return self.page.locator("main [role=alert]").first.inner_text()

    def state(self) -> str:
        return self.page.locator(".head .state").inner_text()

    def sign_in(self) -> None:
        page = self.go("/viec")
        page.fill("#ten", self.login)
        page.fill("#mat_khau", self.password)
        page.click("main button")
        if "/dang-nhap/ma" in page.url:
            page.fill("#ma", self.code())
            page.click("main button")
        if "/mat-khau" in page.url:
            own = f"{OWN} {self.login}"
            page.fill("#mat_khau", self.password)
            page.fill("#mat_khau_moi", own)
            page.click("main button")
            self.password = own
        if "/dang-nhap/ung-dung" in page.url:
            self.totp = pyotp.TOTP(page.locator(".secret").inner_text().replace(" ", ""))
            page.fill("#ma", self.code())
            page.click("main button")
        assert page.url.startswith(self.house.base + "/viec"), page.url

    def code(self) -> str:
        """A code that was not given before: each is good once."""
        while int(time.time()) // 30 <= self.last_step:
            time.sleep(1)
        self.last_step = int(time.time()) // 30
        return self.totp.now()


@dataclass
class House:
    """A served demonstration."""

    base: str
    facts: dict
    browser: Browser
    # Dots of a screen for each of a page's.
    scale: int = 1
    people: dict[str, Person] = field(default_factory=dict)
    # Tokens of the API, by role.
    tokens: dict[str, str] = field(default_factory=dict)

    def person(self, role: str, size: dict = DESKTOP) -> Person:
        """Somebody of a role, signed in."""
        if role not in self.people:
            known = next(account for account in self.facts["accounts"] if account["role"] == role)
            page = self.stranger(size)
            self.people[role] = Person(known["login"], known["password"], self, page)
            self.people[role].sign_in()
        return self.people[role]

    def invited(self, known_as: str, login: str, name: str, role: str, organisation: str = "") -> Person:
        """Somebody whom the administrator invites, and who accepts and signs in; afterwards `person(known_as)`."""
        administrator = self.person("administrator")
        page = administrator.go("/tai-khoan")
        page.fill("#ho_ten", name)
        page.fill("#ten", login)
        page.select_option("#vai_tro", role)
        page.fill("#to_chuc", organisation)
        administrator.press("Thêm và tạo liên kết mời")
        link = page.locator(".secret").inner_text()
        page = self.stranger(DESKTOP)
        page.goto(link)
        page.fill("#mat_khau_moi", f"{OWN} {login}")
        page.click("main button")
        self.people[known_as] = Person(login, f"{OWN} {login}", self, page)
        self.people[known_as].sign_in()
        return self.people[known_as]

    def token(self, role: str) -> str:
        """A token of the API for everything that the role may, made on its page."""
        if role not in self.tokens:
            person = self.person(role)
            page = person.go("/ma-truy-cap")
            page.fill("#ten", "Kiểm thử")
            page.locator("[name=pham_vi]").last.check()
            page.select_option("#so_ngay", "1")
            person.press("Tạo mã")
            self.tokens[role] = page.locator(".secret").inner_text()
        return self.tokens[role]

    def called(self, role: str, path: str, body: dict | None = None, headers: dict | None = None) -> dict:
        """What the API answers a role: to a question, or with a body to an act."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.base}/api/v1{path}", data, dict(headers or {}))
        request.add_header("Authorization", f"Bearer {self.token(role)}")
        request.add_header("Content-Type", "application/json")
        with urllib.request.urlopen(request) as answer:
            return json.load(answer)

    def stranger(self, size: dict = PHONE) -> Page:
        """Somebody who is not signed in."""
        return self.browser.new_context(viewport=size, device_scale_factor=self.scale, locale="vi-VN").new_page()


@contextmanager
def open_house(ocop: Path, stamps: int = 300, sharp: bool = False):
    folder = Path(tempfile.mkdtemp(prefix="ocop-browser-"))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    demo = [str(ocop), "demo", f"--dir={folder}/demo", f"--stamps={stamps}", f"--port={port}"]
    made = subprocess.run([*demo, "--no-serve", "--json"], check=True, stdout=subprocess.PIPE, cwd=folder)
    server = subprocess.Popen(demo, stdout=subprocess.DEVNULL, cwd=folder)
    base = f"http://127.0.0.1:{port}"
    try:
        wait_for(f"{base}/healthz")
        with sync_playwright() as play:
            browser = play.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
            yield House(base, json.loads(made.stdout), browser, 2 if sharp else 1)
            browser.close()
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def chromium() -> str:
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "install Chromium: apt-get install chromium"
    return found


def wait_for(url: str) -> None:
    for _ in range(120):
        try:
            urllib.request.urlopen(url).close()
            return
        except OSError:
            time.sleep(0.25)
    raise SystemExit(f"{url} does not answer")
