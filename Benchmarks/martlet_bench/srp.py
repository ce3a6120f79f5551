"""Sign-ins by SRP, with a client whose arithmetic is GMP's so that it takes less of the machine than the server."""

import asyncio
import base64
import functools
import hashlib
import hmac
import json
import re
import secrets
import time
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timezone

from gmpy2 import mpz, powmod
from pycognito.aws_srp import N_HEX

from martlet_bench.load import processor_seconds
from support.wire import PREFIX

N, G = mpz(N_HEX, 16), mpz(2)


def _padded(number):
    text = f"{int(number):x}"
    text = "0" * (len(text) % 2) + text
    return bytes.fromhex("00" + text if text[0] in "89abcdef" else text)


def _digest(*parts):
    return mpz(hashlib.sha256(b"".join(parts)).hexdigest(), 16)


K = _digest(_padded(N), _padded(G))


@functools.cache
def _base(x):
    """k·g^x: the same for a user each time, so that the load takes less of the machine."""
    return K * powmod(G, x, N)


def _proof(pool, password, a, public, challenge, timestamp):
    """`PASSWORD_CLAIM_SIGNATURE` (RFC 5054 with Cognito's key derivation)."""
    name, username = pool.split("_")[1], challenge["USER_ID_FOR_SRP"]
    server, salt = mpz(challenge["SRP_B"], 16), mpz(challenge["SALT"], 16)
    identity = hashlib.sha256(f"{name}{username}:{password}".encode()).digest()
    x, u = _digest(_padded(salt), identity), _digest(_padded(public), _padded(server))
    shared = powmod(server - _base(x), a + u * x, N)
    extracted = hmac.digest(_padded(u), _padded(shared), "sha256")
    key = hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]
    block = base64.b64decode(challenge["SECRET_BLOCK"])
    message = name.encode() + username.encode() + block + timestamp.encode()
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()


class _Connection:
    """One connection that stays open, and the little of HTTP that it takes."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer
        self.seconds = 0
        a = mpz(secrets.randbits(256))
        self.key_pair = a, powmod(G, a, N)

    async def call(self, operation, body):
        data = json.dumps(body).encode()
        head = (
            "POST / HTTP/1.1\r\nHost: bench\r\nContent-Type: application/x-amz-json-1.1\r\n"
            f"X-Amz-Target: {PREFIX}.{operation}\r\nContent-Length: {len(data)}\r\n\r\n"
        )
        start = time.perf_counter()
        self._writer.write(head.encode() + data)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        text = await self._reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", answer)[1]))
        self.seconds += time.perf_counter() - start
        assert answer.startswith(b"HTTP/1.1 200"), text
        return json.loads(text)


async def _sign_in(connection, pool, client, username, password):
    """The milliseconds that both calls took."""
    connection.seconds = 0
    a, public = connection.key_pair
    parameters = {"USERNAME": username, "SRP_A": f"{int(public):x}"}
    body = {"ClientId": client, "AuthFlow": "USER_SRP_AUTH", "AuthParameters": parameters}
    challenge = (await connection.call("InitiateAuth", body))["ChallengeParameters"]
    now = datetime.now(timezone.utc)
    timestamp = f"{now:%a %b} {now.day} {now:%H:%M:%S UTC %Y}"
    await connection.call("RespondToAuthChallenge", {
        "ClientId": client, "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeResponses": {
            "USERNAME": challenge["USER_ID_FOR_SRP"], "TIMESTAMP": timestamp,
            "PASSWORD_CLAIM_SECRET_BLOCK": challenge["SECRET_BLOCK"],
            "PASSWORD_CLAIM_SIGNATURE": _proof(pool, password, a, public, challenge, timestamp),
        },
    })
    return connection.seconds * 1e3


async def _load(url, count, connections, *user):
    host, port = url.removeprefix("http://").split(":")
    times = []

    async def one_connection():
        reader, writer = await asyncio.open_connection(host, int(port))
        connection = _Connection(reader, writer)
        while len(times) + running[0] < count:
            running[0] += 1
            times.append(await _sign_in(connection, *user))
            running[0] -= 1
        writer.close()

    running = [0]
    await asyncio.gather(*(one_connection() for _ in range(connections)))
    return times


def _process(*arguments):
    return asyncio.run(_load(*arguments))


def run(url, pid, pool, client, username, password, count, connections=64, processes=2):
    """Figures of `count` sign-ins; one request is both calls."""
    before, start = processor_seconds(pid), time.monotonic()
    with ProcessPoolExecutor(processes) as executor:
        shares = [
            executor.submit(
                _process, url, count // processes, connections // processes, pool, client, username, password
            )
            for _ in range(processes)
        ]
        times = sorted(figure for share in shares for figure in share.result())
    used, elapsed = processor_seconds(pid) - before, time.monotonic() - start
    at = lambda part: times[min(int(len(times) * part), len(times) - 1)]  # noqa: E731
    return {
        "requests": len(times), "seconds": elapsed, "failed": 0, "rate": len(times) / elapsed, "p50": at(0.5),
        "p95": at(0.95), "p99": at(0.99), "cpu": used / len(times) * 1e6, "cores": used / elapsed,
    }
