"""Sign-ins by SRP, with a client whose arithmetic is GMP's so that it takes less of the machine than the server."""

import base64
import functools
import hashlib
import hmac
import json
import secrets
from datetime import datetime, timezone

from gmpy2 import mpz, powmod
from pycognito.aws_srp import N_HEX

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
        await self._call("RespondToAuthChallenge", {
            "ClientId": self._client, "ChallengeName": "PASSWORD_VERIFIER",
            "ChallengeResponses": {
                "USERNAME": challenge["USER_ID_FOR_SRP"], "TIMESTAMP": timestamp,
                "PASSWORD_CLAIM_SECRET_BLOCK": challenge["SECRET_BLOCK"],
                "PASSWORD_CLAIM_SIGNATURE": _proof(self._pool, self._password, a, public, challenge, timestamp),
            },
        })
