"""AdminGetUser, AdminDisableUser, AdminEnableUser, AdminDeleteUser, DeleteUser."""

import pytest

from support.app import PASSWORD
from support.errors import refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


@pytest.mark.parametrize("operation", [
    "admin_get_user", "admin_disable_user", "admin_enable_user", "admin_delete_user", "admin_user_global_sign_out",
])
def test_an_unknown_user(cognito, app, operation):
    with refused("UserNotFoundException", "User does not exist."):
        getattr(cognito, operation)(UserPoolId=app.pool, Username="nobody")


def test_a_disabled_user_is_locked_out_until_enabled(cognito, app, user):
    username = user(app.pool)
    tokens = app.sign_in(username, PASSWORD)
    cognito.admin_disable_user(UserPoolId=app.pool, Username=username)
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=username)["Enabled"] is False
    with refused("NotAuthorizedException", "User is disabled."):
        app.sign_in(username, PASSWORD)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.sign_in(username, "Wrong-Horse-7")
    with refused("NotAuthorizedException", "Access Token has been revoked"):
        cognito.get_user(AccessToken=tokens["AccessToken"])
    with refused("NotAuthorizedException", "Refresh Token has been revoked"):
        app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])
    cognito.admin_enable_user(UserPoolId=app.pool, Username=username)
    assert app.sign_in(username, PASSWORD)
    with refused("NotAuthorizedException", "Refresh Token has been revoked"):
        app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])


def test_a_user_deleted_by_an_administrator(cognito, app, user):
    username = user(app.pool)
    tokens = app.sign_in(username, PASSWORD)
    cognito.admin_delete_user(UserPoolId=app.pool, Username=username)
    with refused("UserNotFoundException", "User does not exist."):
        cognito.get_user(AccessToken=tokens["AccessToken"])
    with refused("NotAuthorizedException", "Invalid Refresh Token"):
        app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])
    user(app.pool, username)
    assert app.sign_in(username, PASSWORD)


def test_a_user_deletes_themselves(cognito, wire, app, user):
    username = user(app.pool)
    tokens = app.sign_in(username, PASSWORD)
    response = wire.call("DeleteUser", {"AccessToken": tokens["AccessToken"]})
    assert (response.status_code, response.content) == (200, b"")
    with refused("UserNotFoundException", "User does not exist."):
        cognito.admin_get_user(UserPoolId=app.pool, Username=username)


def test_two_pools_keep_their_users_apart(app, client, pool, user):
    username = user(app.pool)
    other = client(pool())
    with refused("UserNotFoundException", "User does not exist."):
        other.sign_in(username, PASSWORD)
    user(other.pool, username, "Another-Horse-7")
    assert app.sign_in(username, PASSWORD)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        other.sign_in(username, PASSWORD)
