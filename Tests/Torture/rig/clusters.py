"""What is done to a PostgreSQL cluster: stop, start, cut connections, hold locks, add a replica, promote it."""

import os
import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path

from support.server import free_port

BINARIES = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: float(path.parent.name))


def as_owner(*command, **options):
    """Runs a command as user postgres: PostgreSQL refuses root."""
    prefix = ["runuser", "-u", "postgres", "--"] if os.geteuid() == 0 else []
    return subprocess.run(
        [*prefix, *map(str, command)], cwd="/", check=True, stdin=subprocess.DEVNULL, timeout=60,
        # Not pipes: the postmaster would keep them open.
        **{"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **options},
    )


class Cluster:
    """A cluster that runs. `folder` and whoever deletes it belong to `support.postgres`."""

    def __init__(self, url, data=None):
        self.url = url
        self.address = url.rsplit("@", 1)[1].split("/")[0]
        self.data = Path(data or self.ask("show data_directory"))

    def ask(self, sql):
        """Runs SQL; returns what psql prints."""
        command = [BINARIES / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.url, "-c", sql]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=60).stdout.strip()

    def hold(self, sql):
        """A process that runs SQL, to be waited for or ended by the caller."""
        return subprocess.Popen(
            [BINARIES / "psql", "-XAtq", "-v", "ON_ERROR_STOP=1", self.url, "-c", sql],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )

    def stop(self, mode="fast"):
        as_owner(BINARIES / "pg_ctl", "stop", "--pgdata", self.data, "--mode", mode, "--wait", "--silent")

    def start(self):
        port = self.address.split(":")[1]
        as_owner(
            BINARIES / "pg_ctl", "start", "--pgdata", self.data, "--wait", "--silent",
            "--log", self.data.parent / "server.log", "--options",
            f"-h 127.0.0.1 -p {port} -k {self.data.parent} -c max_connections=200 -c shared_buffers=32MB",
        )

    @property
    def is_running(self):
        return as_owner_status(BINARIES / "pg_ctl", "status", "--pgdata", self.data) == 0

    def cut(self, condition="true"):
        """Cuts Martlet's connections; returns how many there were."""
        return int(self.ask(
            "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            f" where application_name = 'martlet' and {condition}"
        ))

    def set(self, name, value):
        self.ask(f"alter system set {name} = '{value}'")
        self.ask("select pg_reload_conf()")

    def replicate(self):
        """A streaming replica of this cluster, synchronous from here on: what is committed here is durable there."""
        data = self.data.parent / "replica"
        host, port = self.address.split(":")
        as_owner(
            BINARIES / "pg_basebackup", "--pgdata", data, "--write-recovery-conf", "--wal-method=stream",
            "--checkpoint=fast", "--dbname", f"host={host} port={port} user=martlet application_name=replica",
        )
        user = self.url.split("@")[0]
        replica = Cluster(f"{user}@127.0.0.1:{free_port()}/postgres", data)
        replica.start()
        self.set("synchronous_standby_names", "replica")
        return replica

    def promote(self):
        as_owner(BINARIES / "pg_ctl", "promote", "--pgdata", self.data, "--wait", "--silent")


def as_owner_status(*command):
    try:
        return as_owner(*command).returncode
    except subprocess.CalledProcessError as error:
        return error.returncode


def execute_on_sqlite(path, sql):
    """Runs SQL on a file that a server has open; returns what psql would print."""
    with closing(sqlite3.connect(path, timeout=60)) as connection:
        connection.create_collation("C", lambda one, other: (one > other) - (one < other))
        with connection:
            return "\n".join("|".join(map(str, row)) for row in connection.execute(sql))
