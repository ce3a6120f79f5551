"""What an attacker does, against servers of its own, and the table of what it cost at the end of the run."""

import os
from pathlib import Path

import pytest

from support.app import PASSWORD
from support.server import Server, build
from support.wire import Wire

FIGURES = pytest.StashKey()


@pytest.fixture
def report(request):
    """Notes a figure for the table: `report("longest answer", "0.3 s")`."""
    figures = request.config.stash.setdefault(FIGURES, [])
    return lambda what, figure: figures.append((request.node.name, what, str(figure)))


def pytest_terminal_summary(terminalreporter, config):
    figures = config.stash.get(FIGURES, [])
    if not figures:
        return
    terminalreporter.section("abuse: figures")
    widths = [max(len(row[column]) for row in figures) for column in range(2)]
    for test, what, figure in figures:
        terminalreporter.write_line(f"{test:{widths[0]}}  {what:{widths[1]}}  {figure}")


class Process:
    """What a server costs the machine."""

    def __init__(self, pid):
        self._folder = Path(f"/proc/{pid}")

    @property
    def cpu(self):
        """Seconds of processor time until now."""
        fields = (self._folder / "stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def _memory(self, name):
        status = (self._folder / "status").read_text()
        return int(status.split(f"{name}:")[1].split()[0]) / 1024

    @property
    def resident(self):
        """MB."""
        return self._memory("VmRSS")

    @property
    def peak(self):
        """MB, since `forget_peak`."""
        return self._memory("VmHWM")

    def forget_peak(self):
        (self._folder / "clear_refs").write_text("5")


class Target:
    """A server on SQLite with a pool, an app client and a user who can sign in."""

    def __init__(self, server):
        self.server = server
        self.key = server.create_key()
        self.wire = Wire(server.url, server.secrets, self.key)
        self.process = Process(server.pid)
        self.pool = self.administer("CreateUserPool", PoolName="abuse")["UserPool"]["Id"]
        self.app = self.administer(
            "CreateUserPoolClient", UserPoolId=self.pool, ClientName="app",
            ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        )["UserPoolClient"]["ClientId"]
        self.administer("AdminCreateUser", UserPoolId=self.pool, Username="user", MessageAction="SUPPRESS")
        self.administer(
            "AdminSetUserPassword", UserPoolId=self.pool, Username="user", Password=PASSWORD, Permanent=True
        )

    def administer(self, operation, **body):
        response = self.wire.signed_call(operation, body)
        assert response.status_code == 200, response.text
        return response.json() if response.content else {}

    @property
    def sign_in_body(self):
        parameters = {"USERNAME": "user", "PASSWORD": PASSWORD}
        return {"ClientId": self.app, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}

    def sign_in(self):
        return self.wire.call("InitiateAuth", self.sign_in_body)


@pytest.fixture
def serve(tmp_path):
    """Starts targets: `serve("--admin-listen", "127.0.0.1:0")`."""
    build()
    started = []

    def start(*flags):
        folder = tmp_path / str(len(started))
        folder.mkdir()
        server = Server(folder, f"sqlite:{folder}/martlet.db", *flags)
        server.start()
        started.append(server)
        return Target(server)

    yield start
    for server in started:
        assert server.stop() == 0


@pytest.fixture
def target(serve):
    return serve()
