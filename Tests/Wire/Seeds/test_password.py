"""Signing in by USER_PASSWORD_AUTH, and a first sign-in with a temporary password."""

import json

import pytest

from support.app import PASSWORD, pairs
from support.errors import UUID, refused

TEMPORARY = "Temporary-Horse-7"


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(UsernameAttributes=["email"]))


@pytest.fixture
def invited(cognito, app, name):
    """A user made by an administrator: their address."""
    email = f"{name('test')}@example.com"
    cognito.admin_create_user(
        UserPoolId=app.pool, Username=email, TemporaryPassword=TEMPORARY, MessageAction="SUPPRESS",
        UserAttributes=pairs({"email": email, "email_verified": "true"}),
    )
    return email


def test_a_secret_hash_is_required_where_the_client_has_a_secret(client, app, user, name):
    secretive = client(app.pool, GenerateSecret=True)
    email = user(app.pool, f"{name('test')}@example.com")
    parameters = {"USERNAME": email, "PASSWORD": PASSWORD}
    message = f"Client {secretive.id} is configured with secret but SECRET_HASH was not received"
    with refused("NotAuthorizedException", message):
        secretive.initiate("USER_PASSWORD_AUTH", **parameters)
    parameters["SECRET_HASH"] = secretive.secret_hash(email)
    assert secretive.initiate("USER_PASSWORD_AUTH", **parameters)["AuthenticationResult"]["ExpiresIn"] == 3600


def test_a_temporary_password_leads_to_a_new_one(app, invited):
    answer = app.initiate("USER_PASSWORD_AUTH", USERNAME=invited, PASSWORD=TEMPORARY)
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    assert answer["Session"]
    assert "AuthenticationResult" not in answer
    parameters = answer["ChallengeParameters"]
    assert set(parameters) == {"USER_ID_FOR_SRP", "requiredAttributes", "userAttributes"}
    assert UUID.fullmatch(parameters["USER_ID_FOR_SRP"])
    assert parameters["requiredAttributes"] == "[]"
    assert json.loads(parameters["userAttributes"]) == {"email_verified": "true", "email": invited}
    answer = app.respond(
        "NEW_PASSWORD_REQUIRED", answer["Session"], USERNAME=parameters["USER_ID_FOR_SRP"], NEW_PASSWORD=PASSWORD
    )
    assert set(answer["AuthenticationResult"]) == {
        "AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType",
    }
    assert app.sign_in(invited, PASSWORD)


def test_an_administrator_may_answer_too(cognito, app, client, invited):
    server_app = client(app.pool, ExplicitAuthFlows=["ALLOW_ADMIN_USER_PASSWORD_AUTH"])
    answer = server_app.admin_initiate("ADMIN_USER_PASSWORD_AUTH", USERNAME=invited, PASSWORD=TEMPORARY)
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    answer = cognito.admin_respond_to_auth_challenge(
        UserPoolId=app.pool, ClientId=server_app.id, ChallengeName=answer["ChallengeName"],
        Session=answer["Session"], ChallengeResponses={"USERNAME": invited, "NEW_PASSWORD": PASSWORD},
    )
    assert answer["AuthenticationResult"]["TokenType"] == "Bearer"
