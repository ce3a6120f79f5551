"""`martlet functions`, with which operators see whether what they have set up works."""

import json
import os
import subprocess
from dataclasses import dataclass

import pytest

from support import functions as rig
from support.server import BINARY, build


@dataclass
class Outcome:
    answer: str
    error: str
    status: int

    @property
    def told(self):
        """The error without what only the operator is told."""
        return self.error.split(" (tries: ")[0]


@pytest.fixture
def martlet():
    """`martlet("call", "--arn", …, event={…})`."""
    build()

    def run(*arguments, event=None, environment=None):
        done = subprocess.run(
            [BINARY, "functions", *map(str, arguments)], input=json.dumps(event or {}), capture_output=True, text=True,
            env={**os.environ, **rig.ENVIRONMENT, **(environment or {})}, timeout=30,
        )
        return Outcome(done.stdout.rstrip("\n"), done.stderr.rstrip("\n"), done.returncode)

    return run


@pytest.fixture
def lambdas():
    """An Invoke API of the test's own."""
    with rig.LambdaEndpoint() as endpoint:
        yield endpoint


@pytest.fixture
def call(martlet, lambdas):
    """Calls a function of `lambdas`."""
    return lambda arn, event=None, **options: martlet(
        "call", "--arn", arn, "--lambda-endpoint", lambdas.url, event=event, **options
    )


@pytest.fixture
def private(tmp_path):
    """Writes a file that nobody else may read."""

    def write(name, text):
        path = tmp_path / name
        path.touch(0o600)
        path.write_text(text)
        return path

    return write
