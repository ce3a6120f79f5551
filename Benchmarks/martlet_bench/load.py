"""Load by wrk, and what it costs the server by the operating system's account."""

import hashlib
import hmac
import json
import os
import re
import subprocess
import tempfile
import time
from datetime import datetime, timezone
from pathlib import Path

from support.server import REGION
from support.wire import PREFIX

SCRIPT = Path(__file__).with_name("requests.lua")
TICK = os.sysconf("SC_CLK_TCK")


def processor_seconds(pid):
    """User and system time of a process so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICK


def resident_megabytes(pid):
    return int(re.search(r"VmRSS:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())[1]) / 1024


def statements(server):
    return int(re.search(r"martlet_database_statements_total (\d+)", server.get("/_martlet/metrics").text)[1])


class Signer:
    """Signs many requests quickly: the key of a day is derived once."""

    def __init__(self, key, host):
        self._key, self._host = key, host

    def line(self, operation, body):
        """The line of the load's file: date, authorization, body."""
        now = datetime.now(timezone.utc)
        date, day = now.strftime("%Y%m%dT%H%M%SZ"), now.strftime("%Y%m%d")
        scope = f"{day}/{REGION}/cognito-idp/aws4_request"
        names = "content-type;host;x-amz-date;x-amz-target"
        headers = (
            f"content-type:application/x-amz-json-1.1\nhost:{self._host}\nx-amz-date:{date}\n"
            f"x-amz-target:{PREFIX}.{operation}\n"
        )
        digest = hashlib.sha256(body.encode()).hexdigest()
        canonical = "\n".join(["POST", "/", "", headers, names, digest])
        text = "\n".join(["AWS4-HMAC-SHA256", date, scope, hashlib.sha256(canonical.encode()).hexdigest()])
        secret = f"AWS4{self._key.secret}".encode()
        for part in (day, REGION, "cognito-idp", "aws4_request"):
            secret = hmac.digest(secret, part.encode(), "sha256")
        signature = hmac.new(secret, text.encode(), "sha256").hexdigest()
        credential = f"Credential={self._key.id}/{scope}"
        return f"{date}\tAWS4-HMAC-SHA256 {credential}, SignedHeaders={names}, Signature={signature}\t{body}"


def unsigned(body):
    return f"-\t-\t{body}"


def posts(body, headers):
    """The settings of wrk for one request that is sent again and again."""
    fields = "".join(f"wrk.headers[{json.dumps(name)}] = {json.dumps(value)}\n" for name, value in headers.items())
    return f'wrk.method = "POST"\nwrk.body = {json.dumps(body)}\n{fields}'


def run(url, pid, seconds, connections, operation=None, lines=None, path="/", settings="", pause=0):
    """Runs wrk and returns its figures with the server's processor time for each request in microseconds. `pause` is how
    many milliseconds a connection rests before each of `lines`."""
    threads = min(2, connections)
    with tempfile.NamedTemporaryFile("w", suffix=".requests") as file:
        command = ["wrk", f"-t{threads}", f"-c{connections}", f"-d{seconds}", "--timeout", "10"]
        if lines is None:
            script = Path(file.name)
            file.write(settings + "function done" + SCRIPT.read_text().split("function done")[1])
            command += ["-s", str(script), url + path]
        else:
            file.write("\n".join(lines) + "\n")
            command += ["-s", str(SCRIPT), url + "/", "--", file.name, f"{PREFIX}.{operation}", str(pause)]
        file.flush()
        before, start = processor_seconds(pid), time.monotonic()
        output = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        used, elapsed = processor_seconds(pid) - before, time.monotonic() - start
    figures = json.loads(re.search(r"RESULT (.*)", output)[1])
    figures["rate"] = figures["requests"] / figures["seconds"]
    figures["cpu"] = used / max(figures["requests"], 1) * 1e6
    figures["cores"] = used / elapsed
    return figures
