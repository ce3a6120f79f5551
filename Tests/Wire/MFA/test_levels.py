"""Levels of authentication through boto3: what an app asks for, and what PyJWT reads in its tokens."""

import base64
import hashlib
import hmac
import struct
import time

import jwt
import pytest

from support.app import PASSWORD
from support.errors import refused

LEVEL = "urn:cognito:loa:"


def code(secret, steps=0):
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, offset)[0] & 0x7FFFFFFF) % 1000000:06}"


@pytest.fixture
def app(cognito, pool, client):
    made = pool()
    cognito.set_user_pool_mfa_config(
        UserPoolId=made, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )
    return client(made, ExplicitAuthFlows=["ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])


def ask(app, username, target, **more):
    return app.initiate("USER_AUTH", USERNAME=username, TARGET_ACR_VALUES=target, **more)


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def test_a_payment_asks_for_more_than_a_look_around(cognito, app, user):
    username = user(app.pool)
    password = {"PREFERRED_CHALLENGE": "PASSWORD", "PASSWORD": PASSWORD}
    with refused("InvalidParameterException", "User has no factors for the requested authentication level."):
        ask(app, username, LEVEL + "4", **password)

    weak = ask(app, username, f"{LEVEL}4 {LEVEL}1", **password)["AuthenticationResult"]
    assert claims(weak["IdToken"])["acr"] == LEVEL + "1"
    assert claims(weak["AccessToken"])["amr"] == ["pwd"]

    secret = cognito.associate_software_token(AccessToken=weak["AccessToken"])["SecretCode"]
    cognito.verify_software_token(AccessToken=weak["AccessToken"], UserCode=code(secret, -1))
    asked = ask(app, username, LEVEL + "4", ACCESS_TOKEN=weak["AccessToken"], MAX_AGE="300")
    assert asked["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    strong = app.respond(
        "SOFTWARE_TOKEN_MFA", session=asked["Session"], USERNAME=username, SOFTWARE_TOKEN_MFA_CODE=code(secret)
    )["AuthenticationResult"]
    for token in (strong["IdToken"], strong["AccessToken"]):
        assert claims(token)["acr"] == LEVEL + "4"
        assert claims(token)["amr"] == ["pwd", "otp", "mfa"]

    refreshed = app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=strong["RefreshToken"])["AuthenticationResult"]
    before, after = claims(strong["IdToken"]), claims(refreshed["IdToken"])
    assert [after[name] for name in ("acr", "amr", "auth_time")] == [before[name] for name in ("acr", "amr", "auth_time")]
    with refused("InvalidParameterException", "The access token already meets the requested authentication level."):
        ask(app, username, LEVEL + "4", ACCESS_TOKEN=strong["AccessToken"])


def test_a_pool_names_its_levels(cognito, pool, client, user):
    made = pool(AcrConfiguration={"Level1": {"AcrValue": "urn:example:low"}})
    app = client(made, ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    shown = cognito.describe_user_pool(UserPoolId=made)["UserPool"]["AcrConfiguration"]
    assert shown == {
        "Level1": {"AcrValue": "urn:example:low"},
        **{f"Level{level}": {"AcrValue": f"{LEVEL}{level}"} for level in (2, 3, 4)},
    }
    result = ask(app, user(made), "urn:example:low", PREFERRED_CHALLENGE="PASSWORD", PASSWORD=PASSWORD)
    assert claims(result["AuthenticationResult"]["IdToken"])["acr"] == "urn:example:low"
