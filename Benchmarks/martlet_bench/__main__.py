"""Measures Martlet beside what the machine can do at best, and prints a table and a JSON file.

Every figure stands beside a bound that is measured in the same run: the RSA signatures, verifications and modular
powers that the protocol makes a request cost, and libmicrohttpd's own answer of the same size. `ratio` is that bound,
measured at the start on one core while the others rest, by the processor time of a request. `busy` is the same with the
bound measured right before and after the path on all cores at once, as the server's load is on all of them. These bounds
are of one operation at a time; `lanes` is `ratio` by the bound with eight at a time, where the processor can. What else a
virtual machine's host does comes and goes, so a path is measured some times over, and the quietest time counts.
"""

import argparse
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path

import requests

import support.server
from martlet_bench import fill, flows, load, srp
from martlet_bench.code_grant import FORM, CodeGrant
from martlet_bench.function import ENVIRONMENT, Function
from support import postgres
from support.app import App
from support.pages import CALLBACK, Browser, Request, oauth
from support.server import Server, free_port
from support.wire import Wire

PASSWORD = "Correct-Horse-7"
SRP_SIGN_INS = 800
# A user's proofs wait for each other, as guesses are counted: those who load are many.
USERS = 256
CODE_GRANTS = 2_000
ROUNDS = 3
# More than a server remembers, so that none is known when it comes again.
FRESH_TOKENS = 10_000
# More than any machine makes of them, as each name serves once.
NEW_USERS_A_SECOND = 10_000
FLOWS = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
ROOT = Path(__file__).resolve().parents[2]
BOUNDS = ROOT / ".build/release/martlet-bounds"


def password_bound(costs):
    return 2 * costs["rsa_signature"] + costs["modular_power"]


def refresh_bound(costs):
    return 2 * costs["rsa_signature"]


def srp_bound(costs):
    return 2 * costs["rsa_signature"] + costs["srp_powers"]


def signature_bound(costs):
    return costs["rsa_signature"]


def verification_bound(costs):
    return costs["rsa_verification"]


def power_bound(costs):
    return costs["modular_power"]


def in_lanes(costs):
    """The costs where signatures and the powers of SRP's proofs are computed eight at a time."""
    lanes = {name: costs[f"{name}_in_lanes"] for name in ("rsa_signature", "srp_powers")}
    return {**costs, **lanes}


def alone_bounds():
    """What one core can do while the others rest, in microseconds of processor time: the quietest of three times."""
    runs = [subprocess.run([BOUNDS, "300"], capture_output=True, text=True, check=True).stdout for _ in range(ROUNDS)]
    figures = [json.loads(run) for run in runs]
    return {name: min(figure[name] for figure in figures) for name in figures[0]}


def busy_bounds():
    """What a core can do while all work, each as long as takes to be sure of a few per cent."""
    command = [BOUNDS, "150"]
    runs = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(os.cpu_count())]
    figures = [json.loads(run.communicate()[0]) for run in runs]
    return {name: sum(figure[name] for figure in figures) / len(figures) for name in figures[0]}


class Bench:
    def __init__(self, server, bounds, seconds):
        self.server, self.bounds, self.seconds = server, bounds, seconds
        self.pid = server.pid
        self.rows = []
        self.key = server.create_key()
        self.wire = Wire(server.url, server.secrets, self.key)
        self.signer = load.Signer(self.key, server.url.removeprefix("http://"))
        self.pool = self.administer("CreateUserPool", PoolName="bench")["UserPool"]["Id"]
        self.client = self.furnish(self.pool)
        answer = self.wire.call("InitiateAuth", self.sign_in())
        self.tokens = answer.json()["AuthenticationResult"]
        self.users = [f"user{number}" for number in range(USERS)]
        self.add_users(self.pool)
        self._names = 0

    def administer(self, operation, **body):
        answer = self.wire.signed_call(operation, body)
        assert answer.status_code == 200, answer.text
        return answer.json()

    def sign_in(self, username="ada"):
        parameters = {"USERNAME": username, "PASSWORD": PASSWORD}
        return {"ClientId": self.client, "AuthFlow": "USER_PASSWORD_AUTH", "AuthParameters": parameters}

    def sign_ins(self, client=None):
        """The lines of a sign-in by each user, at the client of their pool."""
        bodies = [{**self.sign_in(name), "ClientId": client or self.client} for name in self.users]
        return [load.unsigned(json.dumps(body)) for body in bodies]

    def sign_ins_elsewhere(self, function=None):
        """The lines of sign-ins at a pool of its own, whose tokens a function has a say in."""
        settings = {"LambdaConfig": {"PreTokenGeneration": function}} if function else {}
        pool = self.administer("CreateUserPool", PoolName="elsewhere", **settings)["UserPool"]["Id"]
        client = self.furnish(pool)
        answer = self.wire.call("InitiateAuth", {**self.sign_in(), "ClientId": client})
        assert answer.status_code == 200, answer.text
        self.add_users(pool)
        return self.sign_ins(client)

    def furnish(self, pool):
        """Makes a client of a pool, and its user; returns the client's ID."""
        client = self.administer(
            "CreateUserPoolClient", UserPoolId=pool, ClientName="bench", ExplicitAuthFlows=FLOWS
        )["UserPoolClient"]["ClientId"]
        self.add_user(pool, "ada")
        return client

    def add_user(self, pool, name):
        self.administer("AdminCreateUser", UserPoolId=pool, Username=name, MessageAction="SUPPRESS")
        self.administer("AdminSetUserPassword", UserPoolId=pool, Username=name, Password=PASSWORD, Permanent=True)

    def add_users(self, pool):
        for name in self.users:
            self.add_user(pool, name)

    def refresh(self):
        parameters = {"REFRESH_TOKEN": self.tokens["RefreshToken"]}
        return {"ClientId": self.client, "AuthFlow": "REFRESH_TOKEN_AUTH", "AuthParameters": parameters}

    def measure(self, path, operation, bound, lines, connections=64):
        """Loads a path. `bound` takes the machine's bounds to that of a request; None where there is none. `lines` are
        the requests, or make as many new ones for each round."""
        self.note(path, bound, lambda: load.run(
            self.server.url, self.pid, self.seconds, connections, operation, lines() if callable(lines) else lines
        ))

    def measure_get(self, name, path):
        """Loads a path that is read, beside libmicrohttpd's own answer of the size."""
        answer = self.server.get(path, allow_redirects=False)
        assert answer.status_code == 200, answer.text
        static = static_answer(len(answer.content), self.seconds)
        self.note(name, lambda costs: static, lambda: load.run(
            self.server.url, self.pid, self.seconds, 64, path=path
        ))

    def note(self, path, bound, run):
        bound = bound or (lambda costs: None)
        busy, rounds = [busy_bounds()], []
        for _ in range(ROUNDS):
            before = load.statements(self.server)
            figures = run()
            rounds.append({**figures, "statements": (load.statements(self.server) - before) / figures["requests"]})
        busy.append(busy_bounds())
        best = min(rounds, key=lambda figures: figures["cpu"])
        row = {"path": path, **best, "bound": bound(self.bounds), "ratio": None}
        row["rounds"] = [{name: figures[name] for name in ("rate", "p99", "cpu")} for figures in rounds]
        if row["bound"]:
            row["busy_bound"] = min(bound(costs) for costs in busy)
            row |= {"ratio": row["bound"] / best["cpu"], "busy_ratio": row["busy_bound"] / best["cpu"]}
            row["lanes_ratio"] = bound(in_lanes(self.bounds)) / best["cpu"] if self.bounds else None
        self.rows.append(row)
        print(line(row), flush=True)

    def access_tokens(self, count):
        """As many different access tokens of the user."""
        with ThreadPoolExecutor(8) as executor:
            answers = executor.map(lambda _: self.wire.call("InitiateAuth", self.refresh()).json(), range(count))
            return [answer["AuthenticationResult"]["AccessToken"] for answer in answers]

    def names(self, count):
        self._names += count
        return [f"new{number}" for number in range(self._names - count, self._names)]

    def fast_paths(self, suffix=""):
        self.measure(f"password{suffix}", "InitiateAuth", password_bound, self.sign_ins())
        refresh = [load.unsigned(json.dumps(self.refresh()))]
        self.measure(f"refresh{suffix}", "InitiateAuth", refresh_bound, refresh)
        token = [load.unsigned(json.dumps({"AccessToken": self.tokens["AccessToken"]}))]
        self.measure(f"GetUser{suffix}", "GetUser", verification_bound, token)
        for size in (1, 2):
            text = {1: 'email = "bench77@example.com"', 2: 'email ^= "bench7"'}[size]
            body = json.dumps({"UserPoolId": self.pool, "Filter": text, "Limit": 10})
            kind = {1: "equals", 2: "prefix"}[size]
            self.measure(f"ListUsers {kind}{suffix}", "ListUsers", None, [self.signer.line("ListUsers", body)])

    def all_paths(self):
        self.fast_paths()
        fresh = [load.unsigned(json.dumps({"AccessToken": token})) for token in self.access_tokens(FRESH_TOKENS)]
        self.measure("GetUser, tokens not seen before", "GetUser", verification_bound, fresh)
        self.note("SRP (both calls)", srp_bound, lambda: flows.run(
            srp.SignIn, self.server.url, self.pid, SRP_SIGN_INS, self.pool, self.client, self.users, PASSWORD
        ))
        self.measure("password, one connection", "InitiateAuth", password_bound, self.sign_ins(), connections=1)
        self.measure(
            "password, with a function", "InitiateAuth", password_bound, self.sign_ins_elsewhere(Function.arn())
        )
        self.measure_get("JWKS", f"/{self.pool}/.well-known/jwks.json")
        self.oauth_paths()
        self.measure("SignUp", "SignUp", power_bound, lambda: [
            load.unsigned(json.dumps({"ClientId": self.client, "Username": name, "Password": PASSWORD}))
            for name in self.names(NEW_USERS_A_SECOND * self.seconds)
        ])
        self.measure("AdminCreateUser", "AdminCreateUser", power_bound, lambda: [
            self.signer.line("AdminCreateUser", json.dumps(
                {"UserPoolId": self.pool, "Username": name, "MessageAction": "SUPPRESS"}
            ))
            for name in self.names(NEW_USERS_A_SECOND * self.seconds)
        ])

    def oauth_paths(self):
        machine = self.machine()
        self.note("client_credentials", signature_bound, lambda: load.run(
            self.server.url, self.pid, self.seconds, 64, path="/oauth2/token", settings=machine
        ))
        made = self.administer("CreateUserPoolClient", **oauth(UserPoolId=self.pool, ClientName="web"))
        request = Request(App(None, self.pool, made["UserPoolClient"]["ClientId"]))
        self.measure_get("GET /login", request.path("/login"))
        browser = Browser(self.server.url)
        page = browser.submit(browser.open(request.path()), username="ada", password=PASSWORD)
        assert request.code(page)
        cookie = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.session.cookies)
        form = {
            "grant_type": "authorization_code", "client_id": request.app.id, "redirect_uri": CALLBACK,
            "code_verifier": request.verifier,
        }
        self.note("code grant (both calls)", refresh_bound, lambda: flows.run(
            CodeGrant, self.server.url, self.pid, CODE_GRANTS, cookie, request.path(), form
        ))

    def machine(self):
        """The token request of a client that has a secret and a scope."""
        self.administer(
            "CreateResourceServer", UserPoolId=self.pool, Identifier="api", Name="API",
            Scopes=[{"ScopeName": "read", "ScopeDescription": "Read"}],
        )
        client = self.administer("CreateUserPoolClient", **oauth(
            UserPoolId=self.pool, ClientName="machine", GenerateSecret=True, AllowedOAuthFlows=["client_credentials"],
            AllowedOAuthScopes=["api/read"],
        ))["UserPoolClient"]
        form, both = {"grant_type": "client_credentials"}, (client["ClientId"], client["ClientSecret"])
        answer = requests.post(f"{self.server.url}/oauth2/token", data=form, auth=both, timeout=10)
        assert answer.status_code == 200, answer.text
        return load.posts(answer.request.body, {**FORM, "Authorization": answer.request.headers["Authorization"]})


def static_answer(size, seconds):
    """Processor time of libmicrohttpd's own answer of that size, in microseconds."""
    port = free_port()
    process = subprocess.Popen([ROOT / ".build/bench/static-answer", str(port), str(size)])
    try:
        wait_for(port)
        return load.run(f"http://127.0.0.1:{port}", process.pid, seconds, 64, path="/")["cpu"]
    finally:
        process.terminate()
        process.wait()


def wait_for(port):
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.0005)
    raise TimeoutError


def start_time(binary):
    """Milliseconds from start to the first answer, the quickest of five, and idle resident memory."""
    times, memory = [], 0
    for _ in range(5):
        port = free_port()
        start = time.perf_counter()
        process = subprocess.Popen(
            [binary, "dev", "--ephemeral", "--port", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        wait_for(port)
        requests.get(f"http://127.0.0.1:{port}/_martlet/health", timeout=5).raise_for_status()
        times.append((time.perf_counter() - start) * 1e3)
        time.sleep(0.5)
        memory = load.resident_megabytes(process.pid)
        process.send_signal(signal.SIGTERM)
        process.wait()
    return sorted(times)[len(times) // 2], memory


HEADER = (
    f"{'path':<32}{'req/s':>9}{'p50 ms':>8}{'p95':>8}{'p99':>8}{'cpu µs':>9}{'bound µs':>9}{'ratio':>7}{'busy':>7}"
    f"{'lanes':>7}{'SQL':>6}{'cores':>7}{'failed':>8}"
)


def line(row):
    bound = f"{row['bound']:9.0f}" if row["bound"] else f"{'–':>9}"
    names = ("ratio", "busy_ratio", "lanes_ratio")
    ratio, busy, lanes = (f"{row[name]:7.2f}" if row.get(name) else f"{'–':>7}" for name in names)
    return (
        f"{row['path']:<32}{row['rate']:9.0f}{row['p50']:8.2f}{row['p95']:8.2f}{row['p99']:8.2f}{row['cpu']:9.0f}"
        f"{bound}{ratio}{busy}{lanes}{row['statements']:6.1f}{row['cores']:7.2f}{row['failed']:8d}"
    )


def main():
    parser = argparse.ArgumentParser(prog="make bench", description=__doc__.split("\n")[0])
    parser.add_argument("--binary", default=str(ROOT / ".build/release/martlet"))
    parser.add_argument("--seconds", type=int, default=2, help="for each of the rounds of a path")
    parser.add_argument("--users", type=int, default=1_000_000, help="users and sessions of the large fill")
    parser.add_argument("--engines", nargs="+", default=["sqlite", "postgresql"])
    parser.add_argument("--json", default=str(ROOT / ".build/bench/results.json"))
    options = parser.parse_args()
    binary = str(Path(options.binary).resolve())
    support.server.BINARY = Path(binary)
    bounds = alone_bounds()
    start, idle = start_time(binary)
    results = {
        "bounds_us": bounds, "start_ms": start, "idle_mb": idle, "binary_mb": os.path.getsize(binary) / 1e6,
        "engines": {},
    }
    print("bounds, one core: " + ", ".join(f"{name} {value} µs" for name, value in bounds.items()))
    print(f"start {start:.0f} ms, idle {idle:.1f} MB, binary {results['binary_mb']:.1f} MB")
    for engine in options.engines:
        # Not in /tmp where that is memory: durability must cost what it costs.
        with Function() as function, tempfile.TemporaryDirectory(dir=ROOT / ".build/bench") as folder, (
            postgres.cluster() if engine == "postgresql" else nullcontext(f"sqlite:{folder}/martlet.db")
        ) as database:
            server = Server(Path(folder), database, *function.flags, environment=ENVIRONMENT)
            server.start()
            print(f"\n{engine}\n{HEADER}", flush=True)
            bench = Bench(server, bounds, options.seconds)
            fill.fill(database, bench.pool, 1, 1000)
            bench.all_paths()
            busy = load.resident_megabytes(server.pid)
            fill.fill(database, bench.pool, 1001, options.users)
            bench.fast_paths(f" ({options.users:,} users)")
            full = load.resident_megabytes(server.pid)
            print(f"resident: {busy:.1f} MB after load from 64 connections, {full:.1f} MB with {options.users:,} users")
            assert server.stop() == 0
            results["engines"][engine] = {"rows": bench.rows, "busy_mb": busy, "full_mb": full}
    Path(options.json).write_text(json.dumps(results, indent=1) + "\n")
    print(f"\nwritten to {options.json}", file=sys.stderr)


if __name__ == "__main__":
    main()
