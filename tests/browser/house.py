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

    def person(self, role: str, size: dict = DESKTOP) -> Person:
        """Somebody of a role, signed in."""
        if role not in self.people:
            known = next(account for account in self.facts["accounts"] if account["role"] == role)
            page = self.stranger(size)
            self.people[role] = Person(known["login"], known["password"], self, page)
            self.people[role].sign_in()
        return self.people[role]

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
