"""Sessions that a pool tracks: their list, their end, and how many there may be."""

import pytest

from support.app import PASSWORD
from support.errors import refused


@pytest.fixture
def app(cognito, pool, client):
    made = pool()
    cognito.set_user_pool_session_configuration(
        UserPoolId=made, UserSessionTracking="ENABLED", TokenSession={"MaxPerUser": 2}
    )
    return client(made)


def test_the_least_recently_used_leaves(cognito, app, user):
    username = user(app.pool)
    first, second, third = (app.sign_in(username, PASSWORD)["AccessToken"] for _ in range(3))
    with refused("NotAuthorizedException", "Access Token has been revoked"):
        cognito.get_user(AccessToken=first)
    sessions = cognito.list_user_sessions(AccessToken=third)["Sessions"]
    assert [session["IsCurrentSession"] for session in sessions] == [False, True]
    assert sessions[0]["DeviceType"] == "Other, Other"
    assert sessions[0]["LastIPAddress"] == "127.0.0.1"
    cognito.revoke_user_session(AccessToken=third, SessionId=sessions[0]["SessionId"])
    with refused("NotAuthorizedException", "Access Token has been revoked"):
        cognito.get_user(AccessToken=second)
    left = cognito.admin_list_user_sessions(UserPoolId=app.pool, Username=username)["Sessions"]
    assert [session["SessionId"] for session in left] == [sessions[1]["SessionId"]]
    cognito.admin_revoke_user_session(
        UserPoolId=app.pool, Username=username, SessionId=sessions[1]["SessionId"]
    )
    assert cognito.admin_list_user_sessions(UserPoolId=app.pool, Username=username)["Sessions"] == []


def test_a_secret_is_exchanged(cognito, pool, client, user):
    app = client(pool(), GenerateSecret=True)
    username = user(app.pool)
    named = {"UserPoolId": app.pool, "ClientId": app.id}
    added = cognito.add_user_pool_client_secret(**named)["ClientSecretDescriptor"]
    secrets = (app.secret, added["ClientSecretValue"])
    app_of = {secret: type(app)(cognito, app.pool, app.id, secret, {}) for secret in secrets}

    def sign_in(secret):
        return cognito.initiate_auth(
            ClientId=app.id, AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={
                "USERNAME": username, "PASSWORD": PASSWORD, "SECRET_HASH": app_of[secret].secret_hash(username),
            },
        )

    assert all(sign_in(secret)["AuthenticationResult"] for secret in app_of)
    secrets = cognito.list_user_pool_client_secrets(**named)["ClientSecrets"]
    assert secrets[1]["ClientSecretId"] == added["ClientSecretId"]
    cognito.delete_user_pool_client_secret(**named, ClientSecretId=secrets[0]["ClientSecretId"])
    with refused("NotAuthorizedException", f"Unable to verify secret hash for client {app.id}"):
        sign_in(app.secret)
    assert sign_in(added["ClientSecretValue"])["AuthenticationResult"]
