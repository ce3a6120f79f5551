"""Databases, servers, and the table of figures at the end of the run."""

import pytest

from rig.clusters import Cluster, execute_on_sqlite
from rig.tenant import running
from support import postgres
from support.server import Server, build

FIGURES = pytest.StashKey()

# The tests stand for many clients, and one address may have 2,000 connections unless it is a proxy's.
MANY_CLIENTS = ("--trusted-proxies", "127.0.0.1")


def pytest_configure(config):
    config.stash[FIGURES] = []
    build()


@pytest.fixture
def report(request):
    """Notes a figure for the table: `report("longest answer", "0.3 s")`."""

    def note(what, figure):
        request.config.stash[FIGURES].append((request.node.name, what, str(figure)))

    return note


def pytest_terminal_summary(terminalreporter, config):
    figures = config.stash[FIGURES]
    if not figures:
        return
    terminalreporter.section("figures")
    widths = [max(len(row[column]) for row in figures) for column in range(2)]
    for test, what, figure in figures:
        terminalreporter.write_line(f"{test:{widths[0]}}  {what:{widths[1]}}  {figure}")


@pytest.fixture
def cluster():
    """A PostgreSQL of the test's own."""
    with postgres.cluster() as url:
        yield Cluster(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request, tmp_path):
    """The URL of either database."""
    return f"sqlite:{tmp_path}/martlet.db" if request.param == "sqlite" else request.getfixturevalue("cluster").url


@pytest.fixture
def tenant(database, tmp_path):
    """A pool with users on a server on either database."""
    with running(Server(tmp_path, database, *MANY_CLIENTS)) as tenant:
        yield tenant


@pytest.fixture
def execute(database):
    """Runs SQL beside the server: `execute("delete from …")`."""
    if not database.startswith("sqlite:"):
        return Cluster(database).ask
    return lambda sql: execute_on_sqlite(database.removeprefix("sqlite:"), sql)


@pytest.fixture
def sqlite_tenant(tmp_path):
    with running(Server(tmp_path, f"sqlite:{tmp_path}/martlet.db", *MANY_CLIENTS)) as tenant:
        yield tenant


@pytest.fixture
def postgresql_tenant(tmp_path, cluster):
    with running(Server(tmp_path, cluster.url)) as tenant:
        yield tenant
