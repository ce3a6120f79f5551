"""The README's quick start, word for word."""

import os
import re
import subprocess
import sys
from pathlib import Path

from support.server import REPOSITORY


def test_the_quick_start(development):
    readme = (REPOSITORY / "README.md").read_text()
    commands = next(block for block in re.findall(r"```sh\n(.*?)```", readme, re.DOTALL) if "create-user-pool" in block)
    script = commands.replace("http://127.0.0.1:8484", development.url)
    assert script != commands
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-e", "-o", "pipefail", "-c", script], env={"PATH": path, "HOME": "/nonexistent"},
        capture_output=True, text=True, timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert re.search(r'"Username": "ada"', done.stdout)
