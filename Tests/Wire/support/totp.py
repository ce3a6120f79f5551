"""The codes of authenticator apps (RFC 6238)."""

import base64
import hmac
import struct
import time


def totp(secret, at=None):
    """The code of a secret in base 32, now or at a time."""
    counter = struct.pack(">Q", int((at or time.time()) // 30))
    digest = hmac.digest(base64.b32decode(secret + "=" * (-len(secret) % 8)), counter, "sha1")
    place = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[place:place + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"
