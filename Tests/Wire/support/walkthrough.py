"""Pages of `docs/` whose blocks are executed, in the shell that they are written for."""

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from support.server import REPOSITORY

DONE = "-- done --"


class Shell:
    """A user's shell: what a block sets is there for the next one. A command that fails ends it."""

    def __init__(self, home, folder=None):
        """The shell begins in the folder, or at home; programs are found in `bin` of the home, too."""
        path = f"{home}/bin:{Path(sys.executable).parent}:{os.environ['PATH']}"
        self._process = subprocess.Popen(
            ["bash", "-e", "-o", "pipefail"], env={"PATH": path, "HOME": str(home)}, cwd=folder or home, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, start_new_session=True,
        )

    def run(self, block):
        """What a block prints."""
        self._process.stdin.write(f"{block}\necho '{DONE}'\n")
        self._process.stdin.flush()
        printed = []
        for line in self._process.stdout:
            printed.append(line)
            if line.endswith(f"{DONE}\n"):
                return "".join(printed).removesuffix(f"{DONE}\n")
        raise AssertionError(f"{block}\n{''.join(printed)}")

    def close(self):
        """Ends the shell; returns whether it had left something running, which is ended with it."""
        self._process.communicate(timeout=10)
        try:
            os.killpg(self._process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return False
        return True


def blocks(page, ports, *kinds):
    """The blocks of a page of those kinds, each with its kind, with other ports than those it says."""
    text = re.sub("|".join(ports), lambda port: ports[port[0]], (REPOSITORY / page).read_text())
    return re.findall(rf"^```({'|'.join(kinds)})\n(.*?)^```$", text, re.DOTALL | re.MULTILINE)
