"""A PostgreSQL cluster, and a PgBouncer before one, that end with the session, however that ends."""

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from support.server import REPOSITORY


@contextlib.contextmanager
def cluster():
    """The URL of a new cluster's database."""
    with _guarded("throwaway-postgres", lambda folder: ["guard", folder / "cluster"]) as url:
        yield url


@contextlib.contextmanager
def pooler(url):
    """The URL of a new PgBouncer that pools the transactions of the cluster at a URL."""
    with _guarded("throwaway-pgbouncer", lambda folder: [folder / "pooler", url]) as pooled:
        yield pooled


@contextlib.contextmanager
def _guarded(script, arguments):
    folder = Path(tempfile.mkdtemp(prefix="martlet-wire-"))
    folder.chmod(0o711)  # what is run belongs to another user
    guard = subprocess.Popen(
        [REPOSITORY / "scripts" / script, *arguments(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        yield guard.stdout.readline().strip()
    finally:
        guard.communicate(timeout=30)
        shutil.rmtree(folder)
