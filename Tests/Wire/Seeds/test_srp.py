"""Signing in by USER_SRP_AUTH."""

import base64
import re

import jwt
import pytest

from support.app import PASSWORD
from support.errors import UUID, refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(
        UsernameAttributes=["email"], Schema=[{"Name": "apiSecret", "AttributeDataType": "String"}],
    ))


@pytest.fixture
def email(app, user, name):
    return user(
        app.pool, f"{name('test')}@example.com", email_verified="true", phone_number="+4915112345678",
        phone_number_verified="false",
        given_name="Ada", family_name="Lovelace", **{"custom:apiSecret": "my-api-secret"},
    )


@pytest.fixture
def challenge(app, email):
    srp = app.srp(email, PASSWORD)
    parameters = srp.get_auth_params()
    return srp, parameters, app.initiate("USER_SRP_AUTH", **parameters)


def test_the_challenge(cognito, app, email, challenge):
    answer = challenge[2]
    username = cognito.admin_get_user(UserPoolId=app.pool, Username=email)["Username"]
    parameters = answer["ChallengeParameters"]
    assert answer["ChallengeName"] == "PASSWORD_VERIFIER"
    assert "Session" not in answer
    assert set(parameters) == {"SALT", "SECRET_BLOCK", "SRP_B", "USERNAME", "USER_ID_FOR_SRP"}
    assert re.fullmatch("[0-9a-f]+", parameters["SALT"])
    assert re.fullmatch("[0-9a-f]{760,768}", parameters["SRP_B"])
    assert base64.b64decode(parameters["SECRET_BLOCK"], validate=True)
    assert parameters["USERNAME"] == parameters["USER_ID_FOR_SRP"] == username


def test_the_response_gives_tokens(app, challenge):
    srp, parameters, answer = challenge
    responses = srp.process_challenge(answer["ChallengeParameters"], parameters)
    assert re.fullmatch(r"\w{3} \w{3} \d\d? \d\d:\d\d:\d\d UTC \d{4}", responses["TIMESTAMP"])
    answer = app.respond("PASSWORD_VERIFIER", **responses)
    assert answer["ChallengeParameters"] == {}
    assert "ChallengeName" not in answer and "Session" not in answer
    result = answer["AuthenticationResult"]
    assert set(result) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}
    assert (result["ExpiresIn"], result["TokenType"]) == (3600, "Bearer")
    headers = [jwt.get_unverified_header(result[token]) for token in ("AccessToken", "IdToken")]
    assert [set(header) for header in headers] == [{"kid", "alg"}] * 2
    assert [header["alg"] for header in headers] == ["RS256"] * 2
    assert headers[0]["kid"] != headers[1]["kid"]
    assert all(base64.b64decode(header["kid"], validate=True) for header in headers)
    parts = result["RefreshToken"].split(".")
    assert len(parts) == 5
    header = base64.urlsafe_b64decode(parts[0] + "=" * (-len(parts[0]) % 4))
    assert header == b'{"cty":"JWT","enc":"A256GCM","alg":"RSA-OAEP"}'


def test_the_claims(cognito, server, app, email):
    result = app.srp(email, PASSWORD).authenticate_user()["AuthenticationResult"]
    username = cognito.admin_get_user(UserPoolId=app.pool, Username=email)["Username"]
    access, identity = (
        jwt.decode(result[token], options={"verify_signature": False}) for token in ("AccessToken", "IdToken")
    )
    shared = {"sub": username, "iss": f"{server.url}/{app.pool}"}
    assert {claim: access[claim] for claim in shared} == shared
    assert {claim: identity[claim] for claim in shared} == shared
    assert set(access) == {
        "sub", "iss", "client_id", "origin_jti", "event_id", "token_use", "scope", "auth_time", "exp", "iat", "jti",
        "username",
    }
    assert access["client_id"] == app.id
    assert access["token_use"] == "access"
    assert access["scope"] == "aws.cognito.signin.user.admin"
    assert access["username"] == username
    assert set(identity) == {
        "sub", "email_verified", "iss", "phone_number_verified", "cognito:username", "origin_jti", "aud", "event_id",
        "token_use", "auth_time", "phone_number", "exp", "iat", "jti", "email", "given_name", "family_name",
        "custom:apiSecret",
    }
    assert identity["aud"] == app.id
    assert identity["token_use"] == "id"
    assert identity["cognito:username"] == username
    assert (identity["email_verified"], identity["phone_number_verified"]) == (True, False)
    assert (identity["email"], identity["phone_number"]) == (email, "+4915112345678")
    assert identity["custom:apiSecret"] == "my-api-secret"
    for claim in ("origin_jti", "event_id", "auth_time", "iat", "exp"):
        assert access[claim] == identity[claim]
    assert access["jti"] != identity["jti"]
    assert all(UUID.fullmatch(claims[claim]) for claims in (access, identity) for claim in ("jti", "event_id"))
    assert access["exp"] - access["iat"] == 3600


def test_a_disabled_user(cognito, app, email):
    cognito.admin_disable_user(UserPoolId=app.pool, Username=email)
    with refused("NotAuthorizedException", "User is disabled."):
        app.srp(email, PASSWORD).authenticate_user()


def test_a_user_who_is_not_confirmed(app, name):
    email = f"{name('test')}@example.com"
    app.sign_up(email, PASSWORD)
    with refused("UserNotConfirmedException", "User is not confirmed."):
        app.srp(email, PASSWORD).authenticate_user()


def test_a_wrong_password(app, email):
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.srp(email, "Wrong-Horse-7").authenticate_user()


def test_an_unknown_user(app):
    with refused("UserNotFoundException", "User does not exist."):
        app.srp("nobody@example.com", PASSWORD).authenticate_user()
