"""Access tokens that don't let anybody in."""

import base64
import json

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from support.app import PASSWORD
from support.errors import refused

INVALID = ("NotAuthorizedException", "Invalid Access Token")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


@pytest.fixture
def tokens(app, user):
    return app.sign_in(user(app.pool), PASSWORD)


def part(document):
    return base64.urlsafe_b64encode(json.dumps(document).encode()).decode().rstrip("=")


def resigned(token):
    """The same claims, signed by a key of the attacker's under the pool's key id."""
    header = jwt.get_unverified_header(token)
    claims = jwt.decode(token, options={"verify_signature": False})
    key = rsa.generate_private_key(65537, 2048)
    return jwt.encode(claims, key, "RS256", {"kid": header["kid"]})


def unsigned(token):
    return part({"alg": "none"}) + "." + token.split(".")[1] + "."


def with_claims(token, **changes):
    header, _, signature = token.split(".")
    claims = jwt.decode(token, options={"verify_signature": False})
    return ".".join([header, part({**claims, **changes}), signature])


def signed_by_public_key(token):
    """Algorithm confusion: HMAC keyed by something public."""
    claims = jwt.decode(token, options={"verify_signature": False})
    return jwt.encode(claims, "x" * 64, "HS256", {"kid": jwt.get_unverified_header(token)["kid"]})


@pytest.mark.parametrize("forge", [
    resigned, unsigned, signed_by_public_key,
    lambda token: with_claims(token, username="root"),
    lambda token: with_claims(token, exp=4102444800),
    lambda token: with_claims(token, iss="http://attacker.example.com/eu-central-1_Nowhere"),
    lambda token: token[:-1], lambda token: token.rsplit(".", 1)[0], lambda token: token + ".x",
    lambda token: "a.b.c", lambda token: "token",
], ids=[
    "resigned", "unsigned", "by hmac", "another user", "longer life", "another issuer", "truncated", "two parts",
    "four parts", "letters", "a word",
])
@pytest.mark.parametrize("operation", ["get_user", "global_sign_out"])
def test_forged(cognito, tokens, forge, operation):
    with refused(*INVALID):
        getattr(cognito, operation)(AccessToken=forge(tokens["AccessToken"]))
    assert cognito.get_user(AccessToken=tokens["AccessToken"])


@pytest.mark.parametrize("kind", ["IdToken", "RefreshToken"])
def test_another_kind_of_token(cognito, tokens, kind):
    with refused(*INVALID):
        cognito.get_user(AccessToken=tokens[kind])


def test_a_token_that_the_model_does_not_take(cognito):
    with pytest.raises(cognito.exceptions.InvalidParameterException) as caught:
        cognito.get_user(AccessToken="white space")
    message = caught.value.response["Error"]["Message"]
    assert message.startswith("1 validation error detected: Value at 'accessToken' failed to satisfy constraint: ")
    assert "white space" not in message


@pytest.mark.parametrize("operation, body", [
    ("GetUser", {}), ("GlobalSignOut", {}), ("DeleteUser", {}), ("UpdateUserAttributes", {"UserAttributes": []}),
    ("ChangePassword", {"ProposedPassword": PASSWORD}),
])
def test_every_user_operation_asks_for_one(wire, operation, body):
    response = wire.call(operation, {**body, "AccessToken": "a.b.c"})
    assert response.json() == {"__type": INVALID[0], "message": INVALID[1]}
