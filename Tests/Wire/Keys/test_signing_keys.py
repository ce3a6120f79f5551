"""New signing keys under a server: published, then signing, and the old ones' tokens good until they expire."""

import time

import jwt
import pytest

from support.app import PASSWORD, App
from support.errors import refused


@pytest.fixture
def apps(admin):
    """Three pools, each with a client and a user."""
    def make(number):
        pool = admin.create_user_pool(PoolName=f"keys {number}")["UserPool"]["Id"]
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
        made = admin.create_user_pool_client(UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows)
        admin.admin_create_user(UserPoolId=pool, Username="ada", MessageAction="SUPPRESS")
        admin.admin_set_user_password(UserPoolId=pool, Username="ada", Password=PASSWORD, Permanent=True)
        return App(admin, pool, made["UserPoolClient"]["ClientId"])

    return [make(number) for number in range(3)]


def key_set(node, app):
    return [key["kid"] for key in node.get(f"/{app.pool}/.well-known/jwks.json").json()["keys"]]


def kid(token):
    return jwt.get_unverified_header(token)["kid"]


def signs_by(app):
    """The keys that sign now, ID key first."""
    tokens = app.sign_in("ada", PASSWORD)
    return [kid(tokens["IdToken"]), kid(tokens["AccessToken"])]


def verify(node, app, token):
    """As a resource server does, by the key set that is served now."""
    keys = jwt.PyJWKClient(f"{node.url}/{app.pool}/.well-known/jwks.json")
    return jwt.decode(
        token, keys.get_signing_key_from_jwt(token), algorithms=["RS256"], options={"verify_aud": False},
        issuer=f"{node.url}/{app.pool}",
    )


def wait_until(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.5)


def test_rotation(node, admin, apps):
    ahead, at_once, compromised = apps
    old_keys = {app.pool: key_set(node, app) for app in apps}
    old_tokens = {app.pool: app.sign_in("ada", PASSWORD) for app in apps}
    printed = [
        node.keys("rotate-signing", "--pool", ahead.pool),
        node.keys("rotate-signing", "--pool", at_once.pool, "--now"),
        node.keys("rotate-signing", "--pool", compromised.pool, "--compromised"),
    ]
    for app, line in zip(apps, printed):
        assert line.startswith(f"{app.pool}\tnew keys sign from 20")
    assert "has new keys already" in node.keys("rotate-signing", "--pool", ahead.pool)

    # With SQLite the server isn't told of what another process changes.
    for app in apps:
        wait_until(lambda: len(key_set(node, app)) == 4, 35)
        assert key_set(node, app)[:2] == old_keys[app.pool] == signs_by(app)

    for app in [at_once, compromised]:
        wait_until(lambda: signs_by(app) != old_keys[app.pool], 40)
    assert signs_by(ahead) == old_keys[ahead.pool]
    assert key_set(node, at_once) == signs_by(at_once) + old_keys[at_once.pool]
    assert key_set(node, compromised) == signs_by(compromised)

    for app in apps:
        fresh, old = app.sign_in("ada", PASSWORD), old_tokens[app.pool]
        for token in [fresh["IdToken"], fresh["AccessToken"]]:
            assert verify(node, app, token)
        assert admin.get_user(AccessToken=fresh["AccessToken"])
        if app is compromised:
            with refused("NotAuthorizedException", "Invalid Access Token"):
                admin.get_user(AccessToken=old["AccessToken"])
        else:
            assert verify(node, app, old["IdToken"]) and verify(node, app, old["AccessToken"])
            assert admin.get_user(AccessToken=old["AccessToken"])
        # The refresh token was never about the keys.
        renewed = app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=old["RefreshToken"])["AuthenticationResult"]
        assert verify(node, app, renewed["AccessToken"])

    pools = sorted(app.pool for app in apps)
    lines = node.keys("rotate-signing", "--all").splitlines()
    assert [line.split("\t")[0] for line in lines] == pools
    assert [("already" in line) for line in lines] == [pool == ahead.pool for pool in pools]
