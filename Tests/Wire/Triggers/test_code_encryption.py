"""Codes for custom senders, decrypted by AWS's own SDK."""

import base64
import json
import os
import subprocess

import pytest
from aws_encryption_sdk import CommitmentPolicy, EncryptionSDKClient
from aws_encryption_sdk.identifiers import EncryptionKeyType, WrappingAlgorithm
from aws_encryption_sdk.internal.crypto.wrapping_keys import WrappingKey
from aws_encryption_sdk.key_providers.raw import RawMasterKeyProvider

POOL = "eu-central-1_AbCdEfGhI"
KEY_ID = "arn:aws:kms:eu-central-1:111122223333:key/5a7f0bd4-e0b8-4d4f-9d40-7f2e0a6a4b5c"


class Keyring(RawMasterKeyProvider):
    """What docs/TRIGGERS.md says that a function gives the SDK: namespace `martlet`, and the pool's KMSKeyID as the name."""
    provider_id = "martlet"

    def __new__(cls, **_):
        return super().__new__(cls)

    def __init__(self, wrapping_key, **_):
        super().__init__()
        self._key = wrapping_key

    def _get_raw_key(self, key_id):
        assert key_id == KEY_ID.encode()
        return self._key


def decrypted(code, wrapping_key):
    """The code, and the context that the message has: as a Lambda function does it."""
    keyring = Keyring(wrapping_key=wrapping_key)
    keyring.add_master_key(KEY_ID.encode())
    client = EncryptionSDKClient(commitment_policy=CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT)
    text, header = client.decrypt(source=base64.b64decode(code), key_provider=keyring)
    return text.decode(), header


@pytest.fixture
def encrypt(martlet):
    def run(code, *flags):
        done = martlet("encrypt", "--pool", POOL, "--key-id", KEY_ID, "--code", code, *flags)
        assert done.status == 0, done.error
        return done.answer

    return run


@pytest.fixture
def aes(private):
    raw = os.urandom(32)
    key = WrappingKey(
        wrapping_algorithm=WrappingAlgorithm.AES_256_GCM_IV12_TAG16_NO_PADDING,
        wrapping_key=raw, wrapping_key_type=EncryptionKeyType.SYMMETRIC,
    )
    return private("code.key", base64.b64encode(raw).decode() + "\n"), key


@pytest.mark.parametrize("code", ["123456", "1", "<&päss wörd\u2028>", "x" * 4095])
def test_an_aes_key(encrypt, aes, code):
    file, key = aes
    text, header = decrypted(encrypt(code, "--code-encryption-key", file), key)
    assert text == code
    assert header.algorithm.name == "AES_256_GCM_IV12_TAG16_HKDF_SHA384_ECDSA_P384"
    assert header.algorithm.algorithm_id == 0x0378
    assert header.version.value == 1
    assert set(header.encryption_context) == {"userpool-id", "aws-crypto-public-key"}
    assert header.encryption_context["userpool-id"] == POOL


def test_a_public_key(encrypt, private, tmp_path):
    secret = tmp_path / "private.pem"
    subprocess.run(["openssl", "genrsa", "-out", secret, "2048"], check=True, capture_output=True)
    public = subprocess.run(["openssl", "rsa", "-in", secret, "-pubout"], check=True, capture_output=True, text=True)
    file = private("public.pem", public.stdout)
    key = WrappingKey(
        wrapping_algorithm=WrappingAlgorithm.RSA_OAEP_SHA1_MGF1,
        wrapping_key=secret.read_bytes(), wrapping_key_type=EncryptionKeyType.PRIVATE,
    )
    assert decrypted(encrypt("123456", "--code-encryption-key", file), key)[0] == "123456"


def test_a_key_for_one_kms_key(martlet, encrypt, aes, private):
    file, key = aes
    table = private("functions.json", json.dumps({"codeEncryptionKeys": {KEY_ID: file.name}}))
    assert decrypted(encrypt("123456", "--functions", table), key)[0] == "123456"
    done = martlet("encrypt", "--pool", POOL, "--key-id", KEY_ID + "0", "--code", "1", "--functions", table)
    assert done.status == 1


def test_a_changed_message_isnt_taken(encrypt, aes):
    """The signature is over all of it: a test that the SDK would notice, and that the tests above prove something."""
    file, key = aes
    message = bytearray(base64.b64decode(encrypt("123456", "--code-encryption-key", file)))
    message[-1] ^= 1
    with pytest.raises(Exception):
        decrypted(base64.b64encode(message), key)
