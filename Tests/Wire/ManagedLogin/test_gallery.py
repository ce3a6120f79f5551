"""Every page of managed login in Chromium: accessible to level AA (axe-core), on small screens, under the strict policy.
The script of passkeys does its part with a virtual authenticator.

The pages are those that `make test-swift` leaves in `.build/gallery`; skipped without them, or without Chromium."""

import functools
import http.server
import json
import pathlib
import threading
import urllib.parse

import pytest

from support import chromium

GALLERY = pathlib.Path(__file__).parents[3] / ".build" / "gallery"
pytestmark = [
    chromium.needed,
    pytest.mark.skipif(not GALLERY.is_dir(), reason="no gallery: make test-swift writes it"),
]

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
WIDTH = "return document.documentElement.scrollWidth"
LOOKS = [("en", "*", "light"), ("ja", "*", "dark"), ("classic", "sign-*", "light")]


class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.posts.append(dict(urllib.parse.parse_qsl(body)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def server():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=GALLERY))
    server.posts = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture(scope="module")
def site(server):
    return f"http://localhost:{server.server_port}"


@pytest.fixture
def posts(server):
    """The forms that the pages have sent."""
    server.posts.clear()
    return server.posts


@pytest.fixture(scope="module")
def browser():
    driver = chromium.start()
    yield driver
    driver.quit()


def pages(language, names="*"):
    found = sorted(GALLERY.glob(f"{language}/{names}.html"))
    assert len(found) > 5
    return found


@pytest.mark.parametrize("language, names, scheme", LOOKS)
def test_every_page_is_accessible(site, browser, language, names, scheme):
    browser.get_log("browser")
    scheme = {"name": "prefers-color-scheme", "value": scheme}
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [scheme]})
    found = {}
    for page in pages(language, names):
        browser.get(f"{site}/{language}/{page.name}")
        if violations := chromium.violations(browser):
            found[page.name] = violations
    assert not found
    assert not [line["message"] for line in browser.get_log("browser") if "Content Security" in line["message"]]


@pytest.mark.parametrize("language", ["de", "ja"])
def test_every_page_fits_a_small_phone(site, browser, language):
    size = {"width": 320, "height": 568, "deviceScaleFactor": 1, "mobile": True}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
    wide = {}
    for page in pages(language):
        browser.get(f"{site}/{language}/{page.name}")
        if (width := browser.execute_script(WIDTH)) > 320:
            wide[page.name] = width
    browser.execute_cdp_cmd("Emulation.clearDeviceMetricsOverride", {})
    assert not wide


def test_the_script_makes_and_uses_passkeys(site, posts, browser):
    """What the authenticator answers to the page's options is posted by its form."""
    from selenium.webdriver.common.by import By
    from selenium.webdriver.support.wait import WebDriverWait

    def press(page, site=site):
        browser.get(f"{site}/en/{page}.html")
        browser.find_element(By.CSS_SELECTOR, "[data-awaits-script]").click()

    # The passkeys of `localhost` aren't for pages of another host: the page says that it didn't work.
    press("add-passkey", site.replace("localhost", "127.0.0.1"))
    notice = browser.find_element(By.CSS_SELECTOR, "[data-passkey-notice=failed]")
    WebDriverWait(browser, 10).until(lambda _: notice.is_displayed())
    assert not posts

    chromium.add_authenticator(browser)
    press("add-passkey")
    WebDriverWait(browser, 10).until(lambda _: posts)
    made = json.loads(posts.pop()["credential"])
    assert made["type"] == "public-key" and made["response"]["attestationObject"]
    assert made["response"]["transports"] == ["internal"]

    press("passkey")
    WebDriverWait(browser, 10).until(lambda _: posts)
    form = posts.pop()
    used = json.loads(form["credential"])
    assert used["id"] == made["id"] and used["response"]["signature"] and used["response"]["userHandle"] == "YWRh"
    assert form["csrf"] and form["session"]

    browser.get(f"{site}/en/add-passkey.html")
    browser.find_element(By.NAME, "skip").click()
    WebDriverWait(browser, 10).until(lambda _: posts)
    assert posts.pop()["skip"] == "true"
    browser.remove_virtual_authenticator()
