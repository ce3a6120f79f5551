"""REFRESH_TOKEN_AUTH, GetTokensFromRefreshToken and rotation."""

import time

import jwt
import pytest

from support.app import PASSWORD
from support.errors import refused

INVALID = ("NotAuthorizedException", "Invalid Refresh Token")
REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")
REUSED = ("RefreshTokenReuseException", "Refresh token has been reused")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


@pytest.fixture(scope="module")
def strict(client, app):
    return client(app.pool, RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0})


@pytest.fixture(scope="module")
def lenient(client, app):
    return client(app.pool, RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 60})


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def refresh(app, token, flow="REFRESH_TOKEN_AUTH", **hash):
    return app.initiate(flow, REFRESH_TOKEN=token, **hash)["AuthenticationResult"]


def rotate(app, token, **secret):
    return app.cognito.get_tokens_from_refresh_token(
        ClientId=app.id, RefreshToken=token, **secret
    )["AuthenticationResult"]


@pytest.mark.parametrize("flow", ["REFRESH_TOKEN_AUTH", "REFRESH_TOKEN"])
def test_new_tokens_of_the_same_session(cognito, app, user, flow):
    tokens = app.sign_in(user(app.pool), PASSWORD)
    fresh = refresh(app, tokens["RefreshToken"], flow)
    assert set(fresh) == {"AccessToken", "IdToken", "ExpiresIn", "TokenType"}
    for kind in ("AccessToken", "IdToken"):
        old, new = claims(tokens[kind]), claims(fresh[kind])
        assert set(old) == set(new)
        for claim in ("sub", "origin_jti", "event_id", "auth_time"):
            assert old[claim] == new[claim]
        assert old["jti"] != new["jti"]
    assert cognito.get_user(AccessToken=fresh["AccessToken"])


def test_from_a_server(app, user):
    tokens = app.sign_in(user(app.pool), PASSWORD)
    assert app.admin_initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])["AuthenticationResult"]


def test_attributes_are_read_anew(cognito, app, user):
    username = user(app.pool, given_name="Ada")
    tokens = app.sign_in(username, PASSWORD)
    cognito.admin_update_user_attributes(
        UserPoolId=app.pool, Username=username, UserAttributes=[{"Name": "given_name", "Value": "Augusta"}]
    )
    assert claims(refresh(app, tokens["RefreshToken"])["IdToken"])["given_name"] == "Augusta"


def test_tokens_that_are_not(client, app, pool, user):
    token = app.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    for wrong in ("a.b.c.d.e", token[:-1], token[:-2] + ("AA" if token[-2:] != "AA" else "BB"), "token"):
        with refused(*INVALID):
            refresh(app, wrong)
        with refused(*INVALID):
            rotate(app, wrong)
    for other in (client(app.pool), client(pool())):
        with refused(*INVALID):
            refresh(other, token)
        with refused(*INVALID):
            rotate(other, token)
    with refused("InvalidParameterException", "Missing required parameter REFRESH_TOKEN"):
        app.initiate("REFRESH_TOKEN_AUTH")


def test_a_client_with_a_secret(client, app, user):
    secretive = client(app.pool, GenerateSecret=True)
    username = user(app.pool)
    token = secretive.initiate(
        "USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD, SECRET_HASH=secretive.secret_hash(username)
    )["AuthenticationResult"]["RefreshToken"]
    missing = f"Client {secretive.id} is configured with secret but SECRET_HASH was not received"
    with refused("NotAuthorizedException", missing):
        refresh(secretive, token)
    with refused("NotAuthorizedException", f"Unable to verify secret hash for client {secretive.id}"):
        refresh(secretive, token, SECRET_HASH=secretive.secret_hash("somebody else"))
    assert refresh(secretive, token, SECRET_HASH=secretive.secret_hash(username))
    sub = claims(refresh(secretive, token, SECRET_HASH=secretive.secret_hash(username))["IdToken"])["sub"]
    assert refresh(secretive, token, SECRET_HASH=secretive.secret_hash(sub))
    wrong = f"Unable to verify client secret for client {secretive.id}"
    for secret in ({}, {"ClientSecret": "x" * 51}):
        with refused("NotAuthorizedException", wrong):
            rotate(secretive, token, **secret)
    assert rotate(secretive, token, ClientSecret=secretive.secret)["AccessToken"]


def test_without_rotation_the_token_stays(app, user):
    token = app.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    for _ in range(2):
        assert set(rotate(app, token)) == {"AccessToken", "IdToken", "ExpiresIn", "TokenType"}


def test_rotation_replaces_the_token(strict, user):
    tokens = strict.sign_in(user(strict.pool), PASSWORD)
    first = rotate(strict, tokens["RefreshToken"])
    assert set(first) == {"AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType"}
    assert first["RefreshToken"] != tokens["RefreshToken"]
    assert claims(first["AccessToken"])["origin_jti"] == claims(tokens["AccessToken"])["origin_jti"]
    assert rotate(strict, first["RefreshToken"])["RefreshToken"]


def test_a_token_that_comes_again_ends_the_whole_sign_in(cognito, strict, user):
    stolen = strict.sign_in(user(strict.pool), PASSWORD)["RefreshToken"]
    current = rotate(strict, stolen)
    with refused(*REUSED):
        rotate(strict, stolen)
    with refused(*REVOKED):
        rotate(strict, current["RefreshToken"])
    with refused("NotAuthorizedException", "Access Token has been revoked"):
        cognito.get_user(AccessToken=current["AccessToken"])


def test_other_sign_ins_of_the_user_go_on(strict, user):
    username = user(strict.pool)
    stolen, other = (strict.sign_in(username, PASSWORD)["RefreshToken"] for _ in range(2))
    rotate(strict, stolen)
    with refused(*REUSED):
        rotate(strict, stolen)
    assert rotate(strict, other)


def test_within_the_grace_period_a_token_may_come_again(lenient, user):
    token = lenient.sign_in(user(lenient.pool), PASSWORD)["RefreshToken"]
    first, second = rotate(lenient, token), rotate(lenient, token)
    assert first["RefreshToken"] != second["RefreshToken"]
    assert rotate(lenient, first["RefreshToken"])
    assert rotate(lenient, second["RefreshToken"])


def test_after_the_grace_period_it_may_not(client, app, user):
    brief = client(app.pool, RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 1})
    token = brief.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    rotate(brief, token)
    time.sleep(1.05)  # the grace period
    with refused(*REUSED):
        rotate(brief, token)


def test_a_client_that_rotates_has_no_refresh_flow(cognito, client, app, user):
    rotation = {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}
    # The names of flows of an earlier time always let a client refresh.
    strict = client(app.pool, RefreshTokenRotation=rotation, ExplicitAuthFlows=["USER_PASSWORD_AUTH"])
    token = strict.sign_in(user(strict.pool), PASSWORD)["RefreshToken"]
    with pytest.raises(cognito.exceptions.UnsupportedOperationException):
        refresh(strict, token)
