"""A PostgreSQL cluster that ends with the session, however that ends."""

import contextlib
import shutil
import subprocess
import tempfile
from pathlib import Path

from support.server import REPOSITORY


@contextlib.contextmanager
def cluster():
    """The URL of a new cluster's database."""
    folder = Path(tempfile.mkdtemp(prefix="martlet-wire-"))
    folder.chmod(0o711)  # the cluster belongs to another user
    guard = subprocess.Popen(
        [REPOSITORY / "scripts/throwaway-postgres", "guard", folder / "cluster"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )
    try:
        yield guard.stdout.readline().strip()
    finally:
        guard.communicate(timeout=30)
        shutil.rmtree(folder)
