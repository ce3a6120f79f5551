"""A Martlet server as a process of its own."""

import base64
import os
import re
import socket
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path

import requests

from support.inbox import Inbox
from support.secrets import Secrets

REPOSITORY = Path(__file__).resolve().parents[3]
BINARY = Path(os.environ.get("MARTLET_BINARY", REPOSITORY / ".build/debug/martlet"))
REGION = "eu-central-1"
#: Beside what the tests' own environment says, of every server that they start.
ENVIRONMENT = {}


def build():
    if not BINARY.exists():
        subprocess.run(["swift", "build", "--product", "martlet"], cwd=REPOSITORY, check=True)


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def new_master_key():
    """A line for the file of master keys."""
    return base64.b64encode(os.urandom(32)).decode()


@dataclass(frozen=True)
class AccessKey:
    id: str
    secret: str


class Server:
    """`martlet serve` on a database, with an access key, its messages and its log. Unread messages are thrown away: a test
    of times would otherwise measure its own reading of them."""

    def __init__(self, folder, database, *flags, reads_messages=True, environment=None):
        self.url = f"http://127.0.0.1:{free_port()}"
        self.secrets = Secrets()
        self.inbox = Inbox(self.secrets)
        self.log = []
        self._logged = threading.Condition()
        self._master_key = folder / "master.key"
        self.write_master_keys(new_master_key())
        self._storage = ["--database", database, "--master-key", str(self._master_key)]
        # Unless it says where they go, messages come to the inbox.
        self._flags = [*flags]
        for flag in ["--mail", "--texts"]:
            if flag not in flags:
                self._flags += [flag, "stdout"]
        self._reads_messages = reads_messages
        self._environment = {**os.environ, **ENVIRONMENT, **(environment or {})}

    def write_master_keys(self, *lines):
        """What the file of master keys holds from the next start on."""
        self._master_key.touch(0o600)
        self._master_key.write_text("".join(line + "\n" for line in lines))

    @property
    def master_keys(self):
        return self._master_key.read_text().split("\n")[:-1]

    def start(self):
        port = self.url.rsplit(":", 1)[1]
        logged = len(self.log)
        self._process = subprocess.Popen(
            [BINARY, "serve", *self._storage, "--public-url", self.url, "--port", port, *self._flags],
            stdout=subprocess.PIPE if self._reads_messages else subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
            env=self._environment,
        )
        self._readers = [threading.Thread(target=self._follow_log)]
        if self._reads_messages:
            self._readers.append(threading.Thread(target=self.inbox.follow, args=(self._process.stdout,)))
        for reader in self._readers:
            reader.start()
        self.wait_for_log("listening on", after=logged)

    def _follow_log(self):
        for line in self._process.stderr:
            with self._logged:
                self.log.append(line.rstrip("\n"))
                self._logged.notify_all()

    def wait_for_log(self, text, after=0):
        """The first log line with the text in it, of those after so many."""
        def found():
            return next((line for line in self.log[after:] if text in line), None)

        with self._logged:
            assert self._logged.wait_for(found, 20), self.log[-10:]
            return found()

    def stop(self):
        """Stops the server as an init system does; returns its exit status."""
        self._process.terminate()
        status = self._process.wait(20)
        for reader in self._readers:
            reader.join()
        self._process.communicate()
        return status

    @property
    def pid(self):
        return self._process.pid

    def kill(self):
        """Ends the server without warning, as a power cut does."""
        self._process.kill()
        self._process.wait(20)
        for reader in self._readers:
            reader.join()
        self._process.communicate()

    def keys(self, *arguments):
        """Runs `martlet keys`; returns what it printed."""
        return self._run("keys", *arguments)

    def imports(self, *arguments):
        """Runs `martlet imports`; returns what it printed."""
        return self._run("imports", *arguments)

    def _run(self, *arguments):
        command = [BINARY, *arguments, *self._storage]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def create_key(self):
        key = AccessKey(*re.findall(r"=(.*)", self.keys("create", "--description", "wire tests")))
        self.secrets.add(key.secret)
        return key

    def get(self, path, **options):
        return requests.get(self.url + path, timeout=10, **options)


class DevelopmentServer:
    """`martlet dev --ephemeral` on a port that was free."""

    def __init__(self, *flags, environment=None):
        self._flags = flags
        self._environment = {**os.environ, **ENVIRONMENT, **(environment or {})}

    def start(self):
        self._process = subprocess.Popen(
            [BINARY, "dev", "--ephemeral", "--port", "0", *self._flags],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=self._environment,
        )
        self.greeting = self._process.stdout.readline()
        self.url = re.search(r"http://127\.0\.0\.1:\d+", self.greeting)[0]

    def stop(self):
        self._process.terminate()
        self._process.communicate(timeout=20)

    def get(self, path, **options):
        return requests.get(self.url + path, timeout=10, **options)
