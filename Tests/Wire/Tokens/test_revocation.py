"""GlobalSignOut, AdminUserGlobalSignOut, RevokeToken."""

import pytest

from support.app import PASSWORD
from support.errors import assert_refusal, refused

REVOKED = ("NotAuthorizedException", "Access Token has been revoked")
REFRESH_REVOKED = ("NotAuthorizedException", "Refresh Token has been revoked")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


def revoke(app, token, **secret):
    return app.cognito.revoke_token(ClientId=app.id, Token=token, **secret)


def assert_signed_out(app, tokens):
    with refused(*REVOKED):
        app.cognito.get_user(AccessToken=tokens["AccessToken"])
    with refused(*REFRESH_REVOKED):
        app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])


def test_global_sign_out_ends_every_sign_in_of_the_user(cognito, app, user):
    username = user(app.pool)
    sessions = [app.sign_in(username, PASSWORD) for _ in range(2)]
    other = app.sign_in(user(app.pool), PASSWORD)
    cognito.global_sign_out(AccessToken=sessions[0]["AccessToken"])
    for tokens in sessions:
        assert_signed_out(app, tokens)
    assert cognito.get_user(AccessToken=other["AccessToken"])
    assert cognito.get_user(AccessToken=app.sign_in(username, PASSWORD)["AccessToken"])


def test_so_does_an_administrator(cognito, app, user):
    username = user(app.pool)
    tokens = app.sign_in(username, PASSWORD)
    answer = cognito.admin_user_global_sign_out(UserPoolId=app.pool, Username=username)
    answer.pop("ResponseMetadata")
    assert answer == {}
    assert_signed_out(app, tokens)


def test_revoking_ends_one_sign_in(cognito, wire, app, user):
    username = user(app.pool)
    tokens, other = (app.sign_in(username, PASSWORD) for _ in range(2))
    fresh = app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])["AuthenticationResult"]
    response = wire.call("RevokeToken", {"ClientId": app.id, "Token": tokens["RefreshToken"]})
    assert (response.status_code, response.json()) == (200, {})
    assert_signed_out(app, tokens)
    with refused(*REVOKED):
        cognito.get_user(AccessToken=fresh["AccessToken"])
    assert cognito.get_user(AccessToken=other["AccessToken"])


def test_revoking_twice_is_no_error(app, user):
    token = app.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    revoke(app, token)
    revoke(app, token)


def test_an_unknown_token_is_no_error(app):
    revoke(app, "a.b.c.d.e")


def test_after_rotation_the_current_token_revokes(client, app, user):
    rotating = client(app.pool, RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0})
    token = rotating.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    fresh = app.cognito.get_tokens_from_refresh_token(
        ClientId=rotating.id, RefreshToken=token
    )["AuthenticationResult"]
    revoke(rotating, fresh["RefreshToken"])
    with refused(*REVOKED):
        app.cognito.get_user(AccessToken=fresh["AccessToken"])


@pytest.mark.parametrize("kind", ["AccessToken", "IdToken"])
def test_only_refresh_tokens_can_be_revoked(app, user, kind):
    with refused("UnsupportedTokenTypeException", "Unsupported token type"):
        revoke(app, app.sign_in(user(app.pool), PASSWORD)[kind])


def test_a_client_that_does_not_revoke(client, app, user):
    plain = client(app.pool, EnableTokenRevocation=False)
    token = plain.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    with refused("UnsupportedOperationException", "Token revocation is not enabled for this client"):
        revoke(plain, token)


def test_a_client_that_may_not_revoke(wire, client, app, user):
    token = app.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    message = "Client is not authorized to revoke the token"
    other, secretive = client(app.pool), client(app.pool, GenerateSecret=True)
    bodies = [
        {"ClientId": other.id}, {"ClientId": secretive.id},
        {"ClientId": secretive.id, "ClientSecret": "x" * 51}, {"ClientId": "unknown"},
    ]
    for body in bodies:
        assert_refusal(wire.call("RevokeToken", {"Token": token, **body}), "UnauthorizedException", message)
    assert app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=token)["AuthenticationResult"]


def test_a_secret_is_asked_for_where_there_is_one(client, app, user):
    secretive = client(app.pool, GenerateSecret=True)
    username = user(app.pool)
    tokens = secretive.initiate(
        "USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD, SECRET_HASH=secretive.secret_hash(username)
    )["AuthenticationResult"]
    revoke(secretive, tokens["RefreshToken"], ClientSecret=secretive.secret)
    with refused(*REVOKED):
        app.cognito.get_user(AccessToken=tokens["AccessToken"])


def test_a_session_of_one_pool_is_not_revoked_from_another(cognito, client, pool, app, user):
    tokens = app.sign_in(user(app.pool), PASSWORD)
    revoke(client(pool()), tokens["RefreshToken"])
    assert cognito.get_user(AccessToken=tokens["AccessToken"])
