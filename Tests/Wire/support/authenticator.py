"""An authenticator in software and the browser around it, by Yubico's `fido2`: P-256, and no statement of itself or its own
signature."""

import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import sha256, websafe_encode
from fido2.webauthn import AttestationObject, AttestedCredentialData, AuthenticatorData

UP, UV, BE, BS, AT = 0x01, 0x04, 0x08, 0x10, 0x40
AAGUID = bytes.fromhex("d548826e79b4db40a3d811116f7e8349")


class Authenticator:
    def __init__(self, origin="https://example.com", flags=UP | UV | BE | BS, attests=False):
        self.origin, self.flags, self.attests = origin, flags, attests
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.id = secrets.token_bytes(32)
        self.counter = 0
        self.user = None

    def create(self, options):
        """What `navigator.credentials.create` gives, as `toJSON` writes it."""
        self.user = options["user"]["id"]
        client = self._client_data("webauthn.create", options["challenge"])
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(AAGUID, self.id, public)
        data = AuthenticatorData.create(sha256(options["rp"]["id"].encode()), self.flags | AT, self.counter, made)
        form, statement = "none", {}
        if self.attests:
            form, statement = "packed", {"alg": -7, "sig": self._sign(data + sha256(client))}
        return self._credential(
            clientDataJSON=websafe_encode(client),
            attestationObject=websafe_encode(bytes(AttestationObject.create(form, data, statement))),
            transports=["internal"],
        )

    def get(self, options):
        """What `navigator.credentials.get` gives, as text."""
        self.counter += 1
        client = self._client_data("webauthn.get", options["challenge"])
        data = AuthenticatorData.create(sha256(options["rpId"].encode()), self.flags, self.counter)
        return json.dumps(self._credential(
            clientDataJSON=websafe_encode(client), authenticatorData=websafe_encode(bytes(data)),
            signature=websafe_encode(self._sign(data + sha256(client))), userHandle=self.user,
        ))

    def _credential(self, **response):
        name = websafe_encode(self.id)
        return {
            "id": name, "rawId": name, "type": "public-key", "authenticatorAttachment": "platform",
            "clientExtensionResults": {}, "response": response,
        }

    def _client_data(self, kind, challenge):
        return json.dumps(
            {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        ).encode()

    def _sign(self, message):
        return self.key.sign(bytes(message), ec.ECDSA(hashes.SHA256()))
