"""Sign-ins by SRP, with a client whose arithmetic is GMP's so that it takes less of the machine than the server."""

import base64
import hashlib
import hmac
import http.client
import json
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


def _proof(pool, password, a, public, challenge, timestamp):
    """`PASSWORD_CLAIM_SIGNATURE` (RFC 5054 with Cognito's key derivation)."""
    name, username = pool.split("_")[1], challenge["USER_ID_FOR_SRP"]
    server, salt = mpz(challenge["SRP_B"], 16), mpz(challenge["SALT"], 16)
    identity = hashlib.sha256(f"{name}{username}:{password}".encode()).digest()
    x, u = _digest(_padded(salt), identity), _digest(_padded(public), _padded(server))
    shared = powmod(server - K * powmod(G, x, N), a + u * x, N)
    extracted = hmac.digest(_padded(u), _padded(shared), "sha256")
    key = hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]
    block = base64.b64decode(challenge["SECRET_BLOCK"])
    message = name.encode() + username.encode() + block + timestamp.encode()
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()


class _Caller:
    def __init__(self, url):
        self._connection = http.client.HTTPConnection(url.removeprefix("http://"))
        self.seconds = 0

    def __call__(self, operation, body):
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{PREFIX}.{operation}"}
        start = time.perf_counter()
        self._connection.request("POST", "/", json.dumps(body), headers)
        answer = self._connection.getresponse()
        text = answer.read()
        self.seconds += time.perf_counter() - start
        assert answer.status == 200, text
        return json.loads(text)


def _sign_ins(url, pool, client, username, password, count):
    call, times = _Caller(url), []
    for _ in range(count):
        call.seconds = 0
        a = mpz(secrets.randbits(256))
        public = powmod(G, a, N)
        parameters = {"USERNAME": username, "SRP_A": f"{int(public):x}"}
        body = {"ClientId": client, "AuthFlow": "USER_SRP_AUTH", "AuthParameters": parameters}
        challenge = call("InitiateAuth", body)["ChallengeParameters"]
        now = datetime.now(timezone.utc)
        timestamp = f"{now:%a %b} {now.day} {now:%H:%M:%S UTC %Y}"
        call("RespondToAuthChallenge", {
            "ClientId": client, "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": {
                "USERNAME": challenge["USER_ID_FOR_SRP"], "TIMESTAMP": timestamp,
                "PASSWORD_CLAIM_SECRET_BLOCK": challenge["SECRET_BLOCK"],
                "PASSWORD_CLAIM_SIGNATURE": _proof(pool, password, a, public, challenge, timestamp),
            },
        })
        times.append(call.seconds * 1e3)
    return times


def run(url, pid, pool, client, username, password, count, workers=6):
    """Figures of `count` sign-ins from some processes at once; one request is both calls."""
    before, start = processor_seconds(pid), time.monotonic()
    with ProcessPoolExecutor(workers) as pool_of_workers:
        shares = [
            pool_of_workers.submit(_sign_ins, url, pool, client, username, password, count // workers)
            for _ in range(workers)
        ]
        times = sorted(figure for share in shares for figure in share.result())
    used, elapsed = processor_seconds(pid) - before, time.monotonic() - start
    at = lambda part: times[min(int(len(times) * part), len(times) - 1)]  # noqa: E731
    return {
        "requests": len(times), "seconds": elapsed, "failed": 0, "rate": len(times) / elapsed, "p50": at(0.5),
        "p95": at(0.95), "p99": at(0.99), "cpu": used / len(times) * 1e6, "cores": used / elapsed,
    }
