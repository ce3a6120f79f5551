"""Sign-ins by SRP, with a client that takes less of the machine than the server: its powers are computed eight at a time
where the processor can (`srp-powers.c`), else by GMP."""

import asyncio
import base64
import ctypes
import functools
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timezone
from pathlib import Path

from gmpy2 import mpz, powmod
from pycognito.aws_srp import N_HEX

from support.wire import PREFIX

N, G = mpz(N_HEX, 16), mpz(2)
LIBRARY = Path(__file__).resolve().parents[2] / ".build/bench/srp-powers.so"
LANES, SIZE, EXPONENT_SIZE = 8, 384, 72
# A call takes as long whatever its lanes hold.
WORTHWHILE = 3


class Powers:
    """Powers of bases modulo N. Those that wait when the loop has read all that came are computed together."""

    def __init__(self):
        library = ctypes.CDLL(str(LIBRARY)) if LIBRARY.exists() else None
        self._library = library if library and library.is_available() else None
        self._waiting = []

    def __call__(self, base, exponent):
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._raise)
        self._waiting.append((base % N, exponent, loop.create_future()))
        return self._waiting[-1][2]

    def _raise(self):
        waiting, self._waiting = self._waiting, []
        while waiting:
            together, waiting = waiting[:LANES], waiting[LANES:]
            lanes = self._library and len(together) >= WORTHWHILE
            for result, (_, _, future) in zip((self._together if lanes else self._alone)(together), together):
                future.set_result(result)

    @staticmethod
    def _alone(powers):
        return [powmod(base, exponent, N) for base, exponent, _ in powers]

    def _together(self, powers):
        filled = powers + [powers[0]] * (LANES - len(powers))
        results = ctypes.create_string_buffer(LANES * SIZE)
        bases = b"".join(int(base).to_bytes(SIZE, "little") for base, _, _ in filled)
        exponents = b"".join(int(exponent).to_bytes(EXPONENT_SIZE, "little") for _, exponent, _ in filled)
        assert self._library.powers(results, bases, exponents, int(N).to_bytes(SIZE, "little")) == 0
        texts = [results.raw[start:start + SIZE] for start in range(0, len(powers) * SIZE, SIZE)]
        return [mpz(int.from_bytes(text, "little")) for text in texts]


power = Powers()


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


async def _proof(pool, password, a, public, challenge, timestamp):
    """`PASSWORD_CLAIM_SIGNATURE` (RFC 5054 with Cognito's key derivation)."""
    name, username = pool.split("_")[1], challenge["USER_ID_FOR_SRP"]
    server, salt = mpz(challenge["SRP_B"], 16), mpz(challenge["SALT"], 16)
    identity = hashlib.sha256(f"{name}{username}:{password}".encode()).digest()
    x, u = _digest(_padded(salt), identity), _digest(_padded(public), _padded(server))
    shared = await power(server - _base(x), a + u * x)
    extracted = hmac.digest(_padded(u), _padded(shared), "sha256")
    key = hmac.digest(extracted, b"Caldera Derived Key\x01", "sha256")[:16]
    block = base64.b64decode(challenge["SECRET_BLOCK"])
    message = name.encode() + username.encode() + block + timestamp.encode()
    return base64.b64encode(hmac.digest(key, message, "sha256")).decode()


class SignIn:
    """One connection's sign-ins, with one key pair, of one of the users: a user's proofs wait for each other."""

    def __init__(self, connection, pool, client, usernames, password):
        self._connection = connection
        self._pool, self._client, self._password = pool, client, password
        self._username = secrets.choice(usernames)
        a = mpz(secrets.randbits(256))
        self._key_pair = a, powmod(G, a, N)

    async def _call(self, operation, body):
        headers = {"Content-Type": "application/x-amz-json-1.1", "X-Amz-Target": f"{PREFIX}.{operation}"}
        status, _, text = await self._connection.send("POST /", headers, json.dumps(body).encode())
        assert status == 200, text
        return json.loads(text)

    async def run(self):
        a, public = self._key_pair
        parameters = {"USERNAME": self._username, "SRP_A": f"{int(public):x}"}
        body = {"ClientId": self._client, "AuthFlow": "USER_SRP_AUTH", "AuthParameters": parameters}
        challenge = (await self._call("InitiateAuth", body))["ChallengeParameters"]
        now = datetime.now(timezone.utc)
        timestamp = f"{now:%a %b} {now.day} {now:%H:%M:%S UTC %Y}"
        proof = await _proof(self._pool, self._password, a, public, challenge, timestamp)
        await self._call("RespondToAuthChallenge", {
            "ClientId": self._client, "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": {
                "USERNAME": challenge["USER_ID_FOR_SRP"], "TIMESTAMP": timestamp,
                "PASSWORD_CLAIM_SECRET_BLOCK": challenge["SECRET_BLOCK"],
                "PASSWORD_CLAIM_SIGNATURE": proof,
            },
        })
