"""Compares two binaries: both serve at once, and are loaded in turn, so that what else the machine does meets both.

Prints for each path and number of connections the median of the turns: requests served a second, p50 and p99 in
milliseconds, processor time of a request in microseconds, how often a thread of the server went to sleep for it; then how
many of the second binary's signatures, or of the powers of SRP's proofs, were computed in lanes, and how many a call.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path

import support.server
from martlet_bench import flows, load, srp
from martlet_bench.__main__ import PASSWORD, ROOT, Bench, wait_for
from support import postgres
from support.server import Server, free_port

SRP_SIGN_INS = 600
SRP = "SRP (both calls)"


def paths(bench):
    refresh = [load.unsigned(json.dumps(bench.refresh()))]
    token = [load.unsigned(json.dumps({"AccessToken": bench.tokens["AccessToken"]}))]
    machine = bench.machine()

    def wrk(*arguments, **more):
        def run(connections, seconds):
            before = sleeps(bench.pid)
            figures = load.run(bench.server.url, bench.pid, seconds, connections, *arguments, **more)
            return {
                **figures, "rate": (figures["requests"] - figures["failed"]) / figures["seconds"],
                "sleeps": (sleeps(bench.pid) - before) / max(figures["requests"], 1),
            }

        return run

    return {
        "password": wrk("InitiateAuth", bench.sign_ins()),
        "refresh": wrk("InitiateAuth", refresh),
        "GetUser": wrk("GetUser", token),
        "client_credentials": wrk(path="/oauth2/token", settings=machine),
        SRP: lambda connections, seconds: flows.run(
            srp.SignIn, bench.server.url, bench.pid, SRP_SIGN_INS, bench.pool, bench.client, bench.users, PASSWORD,
            connections=connections, processes=min(2, connections),
        ),
    }


def sleeps(pid):
    """How often a thread of the process has given up its processor by itself."""
    texts = [(task / "status").read_text() for task in Path(f"/proc/{pid}/task").iterdir()]
    return sum(int(re.search(r"^voluntary_ctxt_switches:\s+(\d+)", text, re.M)[1]) for text in texts)


def database(stack, folder, delay):
    """The URL of a new database: of SQLite, or, where a delay is given, of PostgreSQL behind a network as slow."""
    if delay is None:
        return f"sqlite:{folder}/martlet.db"
    url = stack.enter_context(postgres.cluster())
    if delay == 0:
        return url
    port, near = re.search(r":(\d+)/", url)[1], free_port()
    link = subprocess.Popen([ROOT / ".build/bench/slow-link", str(near), port, str(delay)])
    stack.callback(link.terminate)
    wait_for(near)
    return url.replace(f":{port}/", f":{near}/")


def lanes(server, what):
    """How many were computed alone, in lanes, and the calls that computed these; nothing of a binary without lanes."""
    text = server.get("/_martlet/metrics").text
    found = [re.search(rf"^martlet_{what}{name} (\d+)$", text, re.M) for name in (
        r's_total\{way="alone"\}', r's_total\{way="lanes"\}', "_lane_calls_total",
    )]
    return [int(match[1]) if match else 0 for match in found]


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/compare", description=__doc__.split("\n")[0])
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--turns", type=int, default=5)
    parser.add_argument("--seconds", type=int, default=2)
    parser.add_argument("--connections", type=int, nargs="+", default=[64, 1])
    parser.add_argument(
        "--postgresql", type=int, metavar="MICROSECONDS",
        help="on PostgreSQL, in place of SQLite, behind a network that takes so long in either direction",
    )
    parser.add_argument("--paths", nargs="+", default=["password", "refresh", "client_credentials"])
    options = parser.parse_args()
    with ExitStack() as stack:
        loads = []
        for binary in (options.before, options.after):
            folder = stack.enter_context(tempfile.TemporaryDirectory(dir=ROOT / ".build/bench"))
            support.server.BINARY = binary.resolve()
            server = Server(Path(folder), database(stack, folder, options.postgresql))
            server.start()
            stack.callback(server.stop)
            loads.append((server, paths(Bench(server, {}, options.seconds))))
        print(f"{'path':<24}{'connections':>12}  {'req/s':>16}{'p50 ms':>16}{'p99 ms':>16}{'CPU µs':>16}{'sleeps':>16}{'in lanes':>14}")
        for path in options.paths:
            what = "power" if path == SRP else "signature"
            for connections in options.connections:
                before = lanes(loads[1][0], what)
                turns = [[each[path](connections, options.seconds) for _, each in loads] for _ in range(options.turns)]
                figures = ""
                for name, digits in (("rate", 0), ("p50", 2), ("p99", 2), ("cpu", 0), ("sleeps", 2)):
                    medians = [statistics.median(turn[which].get(name, 0) for turn in turns) for which in (0, 1)]
                    figures += f"{medians[0]:>8.{digits}f}{medians[1]:>8.{digits}f}"
                alone, together, calls = (now - then for now, then in zip(lanes(loads[1][0], what), before))
                figures += f"{together / max(alone + together, 1):>8.0%}{together / max(calls, 1):>6.1f}"
                failed = sum(figures["failed"] for turn in turns for figures in turn)
                print(f"{path:<24}{connections:>12}  {figures}" + (f"  {failed} failed" if failed else ""), flush=True)
        memory = [load.resident_megabytes(server.pid) for server, _ in loads]
        size = [os.path.getsize(binary) / 1e6 for binary in (options.before, options.after)]
        print(f"resident afterwards {memory[0]:.1f}, {memory[1]:.1f} MB; binary {size[0]:.2f}, {size[1]:.2f} MB")


if __name__ == "__main__":
    main()
