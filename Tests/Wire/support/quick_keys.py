"""A library that makes RSA keys in a sixth of the time, for servers that make two for each of a thousand pools."""

import os
import subprocess
from pathlib import Path

SOURCE = Path(__file__).with_suffix(".c")
LIBRARY = Path(__file__).resolve().parents[3] / ".build/quick_keys.so"


def build():
    """The path of the library, for `LD_PRELOAD`."""
    if not LIBRARY.exists() or LIBRARY.stat().st_mtime < SOURCE.stat().st_mtime:
        LIBRARY.parent.mkdir(exist_ok=True)
        # Two workers may build it at once.
        built = LIBRARY.with_suffix(f".{os.getpid()}")
        subprocess.run(
            ["clang", "-O1", "-shared", "-fPIC", SOURCE, "-o", built, "-lgnutls", "-lcrypto", "-ldl"], check=True
        )
        built.rename(LIBRARY)
    return LIBRARY
