"""Disks that fill up, files that turn read-only and locks that others hold: on SQLite and on PostgreSQL."""

import sqlite3
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from rig.clusters import Cluster
from rig.gate import Gate, health_is, wait_until
from rig.load import Load
from rig.tenant import running
from support import postgres
from support.server import BINARY, Server, free_port

#: What a client may see of a fault. SDKs repeat both by themselves.
CLEAR = {"500 InternalErrorException", "400 TooManyRequestsException"}


def assert_clear(ledger, longest):
    assert set(ledger.errors()) <= CLEAR
    assert ledger.longest < longest, f"a request took {ledger.longest:.1f} s"


@pytest.fixture
def small_disk(request):
    """A folder with a file system of its own, of so many megabytes."""
    folder = Path(tempfile.mkdtemp(prefix="martlet-disk-"))
    folder.chmod(0o711)  # PostgreSQL runs as another user
    options = f"size={request.param}m,mode=0755"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], capture_output=True).returncode:
        pytest.skip("mounting a small file system needs root")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)
    folder.rmdir()


def fill(folder):
    """Leaves not a byte."""
    with open(folder / "ballast", "wb", buffering=0) as ballast:
        try:
            while True:
                ballast.write(bytes(4096))
        except OSError:
            return


def ride_out(tenant, report, disk):
    """Fills the disk under load and frees it again."""
    gate = Gate(tenant.server)
    with Load(tenant) as load:
        time.sleep(2)
        fill(disk)
        noticed = wait_until(health_is(gate, 503))
        time.sleep(2)
        assert not tenant.sign_in(gate).ok
        assert health_is(gate, 503)()
        (disk / "ballast").unlink()
        yield load.ledger
        back = wait_until(health_is(gate, 200))
        healed = wait_until(lambda: tenant.sign_in(gate).ok)
        time.sleep(0.5)
        late = len(load.ledger.failures)
        time.sleep(1)
        assert len(load.ledger.failures) == late, "requests still fail"
    assert_clear(load.ledger, 12)
    report("answers meanwhile", f"{load.ledger.errors()}, the longest after {load.ledger.longest:.2f} s")
    report("health", f"503 after {noticed:.2f} s, 200 and sign-in {back + healed:.2f} s after there was room")
    report("kept", load.ledger.check(tenant, gate))


# SQLite's log alone takes 16.
@pytest.mark.parametrize("small_disk", [40], indirect=True)
def test_the_disk_is_full_under_sqlite(small_disk, tmp_path, report):
    with running(Server(tmp_path, f"sqlite:{small_disk}/martlet.db")) as tenant:
        for _ in ride_out(tenant, report, small_disk):
            pass


@pytest.mark.parametrize("small_disk", [200], indirect=True)
def test_the_disk_is_full_under_postgresql(small_disk, tmp_path, report, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(small_disk))
    with postgres.cluster() as url:
        cluster = Cluster(url)
        with running(Server(tmp_path, url)) as tenant:
            for _ in ride_out(tenant, report, small_disk):
                # PostgreSQL stops itself when it can't write its log; to start it again is its keeper's job.
                report("PostgreSQL", "ran on" if cluster.is_running else "had stopped itself")
                if not cluster.is_running:
                    cluster.start()


def protect(folder, on):
    # Not the index of the log, which is mapped: a store into a file that can't be written is a SIGBUS to any process.
    files = [folder / f"martlet.db{suffix}" for suffix in ("", "-wal")]
    subprocess.run(["chattr", "+i" if on else "-i", *files], check=True)


@pytest.fixture
def protectable(tmp_path):
    probe = tmp_path / "probe"
    probe.touch()
    if subprocess.run(["chattr", "+i", probe], capture_output=True).returncode:
        pytest.skip("this file system has no immutable files, or they need root")
    subprocess.run(["chattr", "-i", probe], check=True)
    yield tmp_path
    subprocess.run(["chattr", "-R", "-i", tmp_path], capture_output=True)


def test_the_file_turns_read_only(protectable, sqlite_tenant, report):
    tenant, gate = sqlite_tenant, Gate(sqlite_tenant.server)
    with Load(tenant) as load:
        time.sleep(1)
        protect(protectable, True)
        noticed = wait_until(health_is(gate, 503))
        time.sleep(2)
        assert not tenant.sign_in(gate).ok
        protect(protectable, False)
        back = wait_until(health_is(gate, 200))
        wait_until(lambda: tenant.sign_in(gate).ok)
        time.sleep(1)
    assert_clear(load.ledger, 12)
    report("answers meanwhile", f"{load.ledger.errors()}, the longest after {load.ledger.longest:.2f} s")
    report("health", f"503 after {noticed:.2f} s, 200 {back:.2f} s after it was writable")
    report("kept", load.ledger.check(tenant, gate))


def test_no_start_on_a_read_only_file(protectable, report):
    server = Server(protectable, f"sqlite:{protectable}/martlet.db")
    server.start()
    Gate(server).health()
    assert server.stop() == 0
    subprocess.run(["chattr", "+i", protectable / "martlet.db", protectable], check=True)
    started = subprocess.run(
        [BINARY, "serve", "--database", f"sqlite:{protectable}/martlet.db", "--public-url", server.url,
         "--master-key", protectable / "master.key", "--port", str(free_port())],
        capture_output=True, text=True, timeout=20,
    )
    assert started.returncode != 0
    report("start refused", started.stderr.strip().splitlines()[-1])
    assert "can't be written" in started.stderr


def test_another_process_locks_the_file(sqlite_tenant, tmp_path, report):
    tenant, gate = sqlite_tenant, Gate(sqlite_tenant.server)
    other = sqlite3.connect(tmp_path / "martlet.db", isolation_level=None)
    with Load(tenant) as load:
        time.sleep(1)
        other.execute("begin immediate")
        noticed = wait_until(health_is(gate, 503))
        time.sleep(12)
        other.execute("rollback")
        back = wait_until(health_is(gate, 200))
        wait_until(lambda: tenant.sign_in(gate).ok)
        time.sleep(1)
    other.close()
    assert_clear(load.ledger, 12)
    report("answers meanwhile", f"{load.ledger.errors()}, the longest after {load.ledger.longest:.2f} s")
    report("health", f"503 after {noticed:.2f} s, 200 {back:.2f} s after the lock")
    report("kept", load.ledger.check(tenant, gate))
