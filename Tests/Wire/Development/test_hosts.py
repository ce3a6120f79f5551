"""Messages and reset answer by this machine's names alone: a page that binds its own name to 127.0.0.1 after it was loaded
(DNS rebinding) is of our origin to its browser, which sends no `Origin` with a plain GET."""

import pytest
import requests

from support.server import DevelopmentServer

PATHS = [
    ("GET", "/_martlet/messages"), ("GET", "/_martlet/inbox"), ("GET", "/_martlet/inbox/state"),
    ("GET", "/_martlet/inbox/0/mail"), ("GET", "/_martlet/inbox.js"), ("POST", "/_martlet/reset"),
]
OWN = ["localhost:8484", "127.0.0.1", "[::1]:8484", "192.168.1.7:8484", "demo.auth.us-east-1.localhost:8484"]
FOREIGN = ["evil.test", "evil.example:8484", "evil", "evil.local", "localhost.evil.example", "evillocalhost", "[evil]"]


def ask(server, method, path, host):
    return requests.request(method, server.url + path, headers={"Host": host}, timeout=10)


@pytest.fixture(scope="module")
def named():
    server = DevelopmentServer("--domain-base", "martlet.internal")
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("host", FOREIGN)
def test_another_name_is_refused(development, host):
    for method, path in PATHS:
        answer = ask(development, method, path, host)
        assert (answer.status_code, answer.json()) == (
            403, {"message": "Only by an IP address, localhost or the name of --domain-base"}
        )
        assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("host", OWN)
def test_names_of_this_machine_are_answered(development, host):
    for method, path in PATHS:
        assert ask(development, method, path, host).status_code == (404 if path.endswith("/mail") else 200)


def test_so_are_those_that_the_operator_gave(named):
    for host in ["martlet.internal", "demo.auth.us-east-1.martlet.internal:8484", *OWN]:
        assert ask(named, "GET", "/_martlet/messages", host).status_code == 200
    for host in ["notmartlet.internal", *FOREIGN]:
        assert ask(named, "GET", "/_martlet/messages", host).status_code == 403


def test_health_is_answered_by_every_name(development):
    assert ask(development, "GET", "/_martlet/health", "evil.test").status_code == 200
