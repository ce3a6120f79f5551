"""`martlet mail test` and `martlet texts test`, and servers that send by SMTP."""

import json
import os
import subprocess
import time
from dataclasses import dataclass

import pytest

from conftest import boto3_client
from support.app import App
from support.mail import MailServer, make_certificate
from support.server import BINARY, Server, build

FROM = "Martlet <no-reply@martlet.example>"
# Keys that no service of AWS knows.
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": "AKIDMESSAGES", "AWS_SECRET_ACCESS_KEY": "messages/secret", "AWS_SESSION_TOKEN": ""}


# Of aiosmtpd and moto, and of connections that tests have hang.
WARNINGS = [
    "ignore::DeprecationWarning", "ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning",
    "ignore:Requiring AUTH while not requiring TLS:UserWarning",
]


def pytest_collection_modifyitems(items):
    for item in items:
        if "Messages" in item.path.parts:
            for warning in WARNINGS:
                item.add_marker(pytest.mark.filterwarnings(warning))


@dataclass
class Outcome:
    told: str
    error: str
    status: int
    seconds: float


@pytest.fixture
def martlet():
    """`martlet("mail", "test", "ada@example.com", "--mail", …)`."""
    build()

    def run(*arguments):
        start = time.monotonic()
        done = subprocess.run(
            [BINARY, *map(str, arguments)], capture_output=True, text=True, timeout=40,
            env={**os.environ, **ENVIRONMENT},
        )
        return Outcome(done.stdout.strip(), done.stderr.strip(), done.returncode, time.monotonic() - start)

    return run


@pytest.fixture
def mail_test(martlet):
    """Sends a test mail over servers."""

    def run(url, *flags, to="ada@example.com"):
        return martlet("mail", "test", to, "--mail", url, "--mail-from", FROM, *flags)

    return run


@pytest.fixture(scope="session")
def certificate(tmp_path_factory):
    return make_certificate(tmp_path_factory.mktemp("certificates"))


@pytest.fixture(scope="session")
def other_name(tmp_path_factory):
    """A certificate for a name that isn't the server's."""
    return make_certificate(tmp_path_factory.mktemp("certificates"), "mail.example.org")


@pytest.fixture
def private(tmp_path):
    """Writes a file that nobody else may read."""

    def write(name, text):
        path = tmp_path / name
        path.touch(0o600)
        path.write_text(text)
        return path

    return write


class Sender:
    """A server of the test's own with a pool that verifies mail addresses, and its log."""

    def __init__(self, server):
        self.server = server
        self.server.start()
        self.key = server.create_key()
        self.cognito = boto3_client(server.url, self.key.id, self.key.secret)

    def app(self, **settings):
        pool = self.cognito.create_user_pool(
            **{"PoolName": "mail", "AutoVerifiedAttributes": ["email"], **settings}
        )["UserPool"]["Id"]
        client = self.cognito.create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]["ClientId"]
        return App(self.cognito, pool, client)

    def lines(self, message):
        """The log's lines with that message."""
        lines = [json.loads(line) for line in self.server.log]
        return [line for line in lines if line.get("message") == message]

    def undelivered(self):
        """The log's lines about messages that weren't taken, once there is one."""
        self.server.wait_for_log("a message couldn't be delivered")
        return self.lines("a message couldn't be delivered")

    def metric(self, name, **labels):
        text = ",".join(f'{label}="{value}"' for label, value in sorted(labels.items()))
        for line in self.server.get("/_martlet/metrics").text.splitlines():
            if line.startswith(f"{name}{{{text}}} "):
                return float(line.rsplit(" ", 1)[1])
        raise AssertionError(f"there is no {name}{{{text}}}")


@pytest.fixture
def sender(tmp_path):
    """`sender("--mail", …)` is a server that sends by these flags."""
    build()
    started = []

    def start(*flags, environment=None):
        made = Sender(Server(
            tmp_path, f"sqlite:{tmp_path}/martlet.db", *map(str, flags), environment={**ENVIRONMENT, **(environment or {})}
        ))
        started.append(made)
        return made

    yield start
    for made in started:
        assert made.server.stop() == 0


@pytest.fixture
def mail_server(certificate):
    with MailServer(certificate=certificate) as server:
        yield server
