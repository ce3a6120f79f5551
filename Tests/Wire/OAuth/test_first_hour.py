"""`docs/FIRST-HOUR.md`, block by block: a page of Apache that users of a pool sign in to."""

import os
import re
import signal
import tempfile
import time
from pathlib import Path

import pytest

from support.pages import Browser
from support.server import REPOSITORY, DevelopmentServer, build, free_port
from support.walkthrough import Shell, blocks

PACKAGES = {"apache2-bin", "libapache2-mod-auth-openidc", "openssl"}
# The blocks that start what runs here already, and install what `scripts/setup` has.
BEFOREHAND = ("make dev\n", f"sudo apt-get install --yes --no-install-recommends {' '.join(sorted(PACKAGES))}\n")


class FirstHour:
    """What the page says, at ports that are free and in a home that is the test's."""

    def __init__(self, home, martlet):
        self.folder = home / "first-hour"
        self.url, apache = martlet, str(free_port())
        ports = {"8484": martlet.rsplit(":", 1)[1], "8080": apache}
        self.blocks = blocks("docs/FIRST-HOUR.md", ports, "sh", "apache")
        self.apache = Browser(f"http://127.0.0.1:{apache}", host=f"localhost:{apache}")
        self.domain = Browser(martlet, host=f"first-hour.auth.us-east-1.localhost:{ports['8484']}")
        self._shell = Shell(home)

    def follow(self, last):
        """Does what the page says, up to the block that ends so; returns what that printed."""
        printed = ""
        while not printed or not done.endswith(f"{last}\n"):
            kind, done = self.blocks.pop(0)
            if kind == "apache":
                (self.folder / "apache.conf").write_text(done)
            elif done not in BEFOREHAND:
                printed += self._shell.run(done) + "\n"
        return printed

    def redirected(self, page):
        """Where an answer leads to: a page of the domain's, or of Apache's."""
        assert page.status == 302, (page.status, page.text)
        location = page.response.headers["Location"]
        browser = next(each for each in (self.apache, self.domain) if location.startswith(f"{each.origin}/"))
        return browser.open(browser.own(location))

    def close(self):
        self._shell.close()
        pid = self.folder / "apache.pid"
        if pid.exists():
            os.kill(int(pid.read_text()), signal.SIGTERM)


@pytest.fixture
def hour():
    build()
    server = DevelopmentServer()
    server.start()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        os.chmod(home, 0o755)  # Apache serves as `www-data` if it is started by root.
        hour = FirstHour(Path(home), server.url)
        try:
            yield hour
        finally:
            hour.close()
            server.stop()


def wait_until(condition):
    until = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def test_setup_installs_what_the_page_does():
    installed = re.search('^packages="(.*)"$', (REPOSITORY / "scripts/setup").read_text(), re.MULTILINE)[1].split()
    assert PACKAGES <= set(installed)


def test_the_first_hour(hour):
    printed = hour.follow("--permanent")
    sub = re.search(r"^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$", printed, re.MULTILINE)[0]
    hour.follow("-k start")
    wait_until((hour.folder / "apache.pid").exists)
    private = ["For users", sub, "ada@example.com"]

    # Without signing in one sees the open page and the sign-in page.
    assert hour.apache.get("/").heading == "For everybody"
    asked = hour.apache.get("/private/")
    assert not any(text in asked.response.text for text in private)
    page = hour.redirected(asked)
    assert page.status == 200 and page.heading == "Sign in"
    page = hour.domain.submit(page, username="ada", password="Wrong-horse-1")
    assert "Incorrect username or password." in page.text

    shown = hour.redirected(hour.domain.submit(page, username="ada", password="Correct-horse-1"))
    assert shown.status == 200 and shown.heading == "For users"
    issuer = re.search(rf"{hour.url}/us-east-1_\w+$", shown.text.removesuffix(" Sign out"))
    assert shown.text == f"For users user {sub} name ada e-mail ada@example.com issuer {issuer[0]} Sign out"
    assert hour.apache.get("/private/").text == shown.text
    # Others aren't signed in by that, nor by a code of their own making; who has the cookie is.
    stranger, other = (Browser(hour.apache.url, host=hour.apache.origin.removeprefix("http://")) for _ in range(2))
    state = re.search("state=([^&]+)", stranger.get("/private/").response.headers["Location"])[1]
    forged = stranger.get(f"/private/callback?code=00000000-0000-4000-8000-000000000000&state={state}")
    assert "Provider error" in forged.text and not any(text in forged.response.text for text in private)
    assert "invalid_grant" in (hour.folder / "error.log").read_text()
    assert stranger.get("/private/").status == 302
    other.session.cookies.update(dict(hour.apache.session.cookies))
    assert other.get("/private/").text == shown.text

    # Signing out ends both sessions: Apache's, whose cookie is worth nothing any more, and that of the domain.
    (sign_out,) = shown.links
    left = hour.redirected(hour.apache.get(sign_out))
    assert left.status == 302 and left.response.headers["Location"] == f"{hour.apache.origin}/"
    assert hour.redirected(left).heading == "For everybody"
    assert other.get("/private/").status == 302
    assert hour.redirected(hour.apache.get("/private/")).heading == "Sign in"

    pid = hour.folder / "apache.pid"
    hour.follow("-k stop")
    wait_until(lambda: not pid.exists())
    hour.follow("first-hour")
    assert hour.blocks == [] and not hour.folder.exists()
