"""Measures what a PreTokenGeneration function costs who waits for it, and who doesn't.

First password sign-ins at two pools of one server in turn, one without a function and one whose function answers at once.
Then 1,000 sign-ins in flight at a pool whose function takes seconds, and those at the pool without meanwhile: beside
what these get alone, and beside sign-ins of a pool without a function that come as often, which are as much work. With a
second it is 1,000 sign-ins a second, which some machines can't carry anyhow; with three it is a third of that. Ends with 1
where one of the others was refused, or of the sign-ins in turn.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import requests

import support.server
from martlet_bench import load
from martlet_bench.__main__ import ROOT, Bench
from martlet_bench.function import ENVIRONMENT, Function
from support import postgres
from support.server import Server

#: Sign-ins in flight at the slow pool.
WAITING = 1_000
#: Connections of the others.
OTHERS = 4
#: Seconds until those who come at once have spread.
SPREADING = 3
EVENT = {"version": "1", "request": {"userAttributes": {"sub": "x" * 36}}, "response": {"claimsOverrideDetails": None}}


def limit(function, seconds):
    """How many calls a second the function itself answers."""
    body = json.dumps(EVENT)
    requests.post(function.url + function.path(), data=body, timeout=5).raise_for_status()
    return load.run(
        function.url, function.pid, seconds, 64, path=function.path(), settings=load.posts(body, {})
    )["rate"]


def show(name, figures):
    print(
        f"{name:<44}{figures['rate']:8.0f}{figures['p50']:10.1f}{figures['p99']:10.1f}{figures['cpu']:9.0f}"
        f"{figures['failed']:8d}", flush=True,
    )
    return figures["failed"]


def medians(turns):
    found = {name: statistics.median(turn[name] for turn in turns) for name in ("rate", "p50", "p99", "cpu")}
    return {**found, "failed": sum(turn["failed"] for turn in turns)}


def measure(server, seconds, turns, times):
    """Returns how many requests failed."""
    bench = Bench(server, {}, seconds)
    plain, quick = bench.sign_ins_elsewhere(), bench.sign_ins_elsewhere(Function.arn())

    def run(lines, connections=64, seconds=seconds, pause=0):
        return load.run(server.url, bench.pid, seconds, connections, "InitiateAuth", lines, pause=pause)

    failed = 0
    for connections in (64, 1) if turns else ():
        measured = [[run(lines, connections) for lines in (plain, quick)] for _ in range(turns)]
        for name, column in zip(("without", "with a function"), zip(*measured)):
            failed += show(f"{name}, {connections} connections", medians(column))
    length = 5 * seconds

    def beside(lines, pause):
        """The others, and who they are beside, once these are under way: a thousand who come in one moment are more than
        are handled at once, and most are refused until they have spread."""
        with ThreadPoolExecutor(1) as executor:
            crowd = executor.submit(run, lines, WAITING, length + SPREADING, pause)
            time.sleep(SPREADING)
            others = run(plain, OTHERS, length - 2)
            return crowd.result(), others

    failed += show("others alone", run(plain, OTHERS, length - 2))
    for taken in times:
        slow = bench.sign_ins_elsewhere(Function.arn(taken))
        for name, lines, pause in (
            (f"1,000 clients, {taken / 1000:g} s between sign-ins", plain, taken),
            (f"1,000 in flight, a function of {taken / 1000:g} s", slow, 50),
        ):
            crowd, others = beside(lines, pause)
            show(name, crowd)
            failed += show("… others meanwhile", others)
    print(f"resident {load.resident_megabytes(server.pid):.0f} MB")
    return failed


def main():
    parser = argparse.ArgumentParser(prog="Benchmarks/triggers", description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=str(ROOT / ".build/release/martlet"))
    parser.add_argument("--seconds", type=int, default=2, help="for each turn; five times as long with slow functions")
    parser.add_argument("--turns", type=int, default=5, help="0 for slow functions alone")
    parser.add_argument("--slow", type=int, nargs="+", default=[3000, 1000], help="milliseconds of slow functions")
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    options = parser.parse_args()
    support.server.BINARY = Path(options.binary).resolve()
    failed = 0
    with Function() as function:
        print(f"the function alone: {limit(function, options.seconds):.0f} calls/s")
        for engine in options.engines:
            with tempfile.TemporaryDirectory(dir=ROOT / ".build/bench") as folder, (
                postgres.cluster() if engine == "postgresql" else nullcontext(f"sqlite:{folder}/martlet.db")
            ) as database:
                server = Server(Path(folder), database, *function.flags, environment=ENVIRONMENT)
                server.start()
                print(f"\n{engine:<44}{'req/s':>8}{'p50 ms':>10}{'p99 ms':>10}{'CPU µs':>9}{'failed':>8}", flush=True)
                failed += measure(server, options.seconds, options.turns, options.slow)
                assert server.stop() == 0
    sys.exit(1 if failed else 0)


main()
