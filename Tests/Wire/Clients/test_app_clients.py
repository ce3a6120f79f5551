"""CreateUserPoolClient, DescribeUserPoolClient, UpdateUserPoolClient, DeleteUserPoolClient, ListUserPoolClients."""

import re

import pytest

from support.app import PASSWORD
from support.errors import assert_refusal, refused


@pytest.fixture(scope="module")
def shared(pool):
    return pool(Schema=[{"Name": "level", "AttributeDataType": "Number"}])


def create(cognito, pool, **settings):
    return cognito.create_user_pool_client(
        **{"UserPoolId": pool, "ClientName": "app", **settings}
    )["UserPoolClient"]


def describe(cognito, made):
    return cognito.describe_user_pool_client(
        UserPoolId=made["UserPoolId"], ClientId=made["ClientId"]
    )["UserPoolClient"]


def test_the_defaults(cognito, shared):
    made = create(cognito, shared)
    assert re.fullmatch("[0-9a-z]{26}", made.pop("ClientId"))
    assert made.pop("CreationDate") == made.pop("LastModifiedDate")
    assert made == {
        "UserPoolId": shared, "ClientName": "app", "RefreshTokenValidity": 30, "TokenValidityUnits": {},
        "AllowedOAuthFlowsUserPoolClient": False, "EnableTokenRevocation": True,
        "EnablePropagateAdditionalUserContextData": False, "AuthSessionValidity": 3,
    }


def test_describing_shows_what_creating_answered(cognito, shared):
    made = create(cognito, shared, GenerateSecret=True, ExplicitAuthFlows=["ALLOW_USER_AUTH"])
    assert describe(cognito, made) == made


def test_a_generated_secret(cognito, shared):
    secrets = {create(cognito, shared, GenerateSecret=True)["ClientSecret"] for _ in range(2)}
    assert len(secrets) == 2
    assert all(re.fullmatch("[0-9a-z]{51}", secret) for secret in secrets)


def test_a_secret_of_ones_own(client, shared, user):
    app = client(shared, ClientSecret="a" * 24 + "B2")
    assert app.secret == "a" * 24 + "B2"
    username = user(shared)
    answer = app.initiate(
        "USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD, SECRET_HASH=app.secret_hash(username)
    )
    assert answer["AuthenticationResult"]


def test_a_secret_is_either_made_or_given(cognito, shared):
    with pytest.raises(cognito.exceptions.InvalidParameterException):
        create(cognito, shared, GenerateSecret=True, ClientSecret="a" * 24)


def test_a_secret_that_is_too_short_is_not_repeated(cognito, shared):
    message = (
        "1 validation error detected: Value at 'clientSecret' failed to satisfy constraint: "
        "Member must have length greater than or equal to 24"
    )
    with refused("InvalidParameterException", message):
        create(cognito, shared, ClientSecret="a" * 23)


def test_an_update_keeps_or_resets_what_it_leaves_out(cognito, shared):
    made = create(
        cognito, shared, GenerateSecret=True, AccessTokenValidity=2, RefreshTokenValidity=5,
        ReadAttributes=["email"], WriteAttributes=["email"], PreventUserExistenceErrors="ENABLED",
        ExplicitAuthFlows=["ALLOW_USER_AUTH"], AuthSessionValidity=15, CallbackURLs=["https://app.example.com"],
    )
    updated = cognito.update_user_pool_client(
        UserPoolId=shared, ClientId=made["ClientId"], ClientName="renamed"
    )["UserPoolClient"]
    assert describe(cognito, made) == updated
    assert updated.pop("LastModifiedDate") > made["LastModifiedDate"]
    assert updated == {
        "UserPoolId": shared, "ClientName": "renamed", "ClientId": made["ClientId"],
        "ClientSecret": made["ClientSecret"], "CreationDate": made["CreationDate"], "RefreshTokenValidity": 5,
        "AllowedOAuthFlowsUserPoolClient": False, "EnableTokenRevocation": True, "TokenValidityUnits": {},
        "EnablePropagateAdditionalUserContextData": False, "AuthSessionValidity": 15,
    }


def test_a_changed_flow_holds_at_once(cognito, client, shared, user):
    app = client(shared)
    username = user(shared)
    app.sign_in(username, PASSWORD)
    cognito.update_user_pool_client(UserPoolId=shared, ClientId=app.id, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    with refused("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"):
        app.sign_in(username, PASSWORD)


def test_a_deleted_client_is_gone(cognito, client, shared):
    app = client(shared)
    cognito.delete_user_pool_client(UserPoolId=shared, ClientId=app.id)
    message = f"User pool client {app.id} does not exist."
    with refused("ResourceNotFoundException", message):
        app.sign_in("anybody", PASSWORD)
    for operation in ("describe", "update", "delete"):
        with refused("ResourceNotFoundException", message):
            getattr(cognito, f"{operation}_user_pool_client")(UserPoolId=shared, ClientId=app.id)


def test_the_refresh_tokens_of_a_deleted_client_are_dead(cognito, client, shared, user):
    app, other = client(shared), client(shared)
    tokens = app.sign_in(user(shared), PASSWORD)
    cognito.delete_user_pool_client(UserPoolId=shared, ClientId=app.id)
    with refused("NotAuthorizedException", "Invalid Refresh Token"):
        other.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])
    with refused("NotAuthorizedException", "Invalid Access Token"):
        cognito.get_user(AccessToken=tokens["AccessToken"])


def test_a_client_of_another_pool_does_not_exist(cognito, client, shared, pool):
    app = client(shared)
    with refused("ResourceNotFoundException", f"User pool client {app.id} does not exist."):
        cognito.describe_user_pool_client(UserPoolId=pool(), ClientId=app.id)


@pytest.mark.parametrize("operation, body", [
    ("InitiateAuth", {"AuthFlow": "USER_SRP_AUTH"}),
    ("RespondToAuthChallenge", {"ChallengeName": "PASSWORD_VERIFIER"}),
    ("SignUp", {"Username": "ada", "Password": PASSWORD}),
    ("ConfirmSignUp", {"Username": "ada", "ConfirmationCode": "123456"}),
    ("ResendConfirmationCode", {"Username": "ada"}),
    ("ForgotPassword", {"Username": "ada"}),
    ("ConfirmForgotPassword", {"Username": "ada", "ConfirmationCode": "123456", "Password": PASSWORD}),
    ("GetTokensFromRefreshToken", {"RefreshToken": "a.b.c.d.e"}),
])
def test_an_unknown_client(wire, operation, body):
    response = wire.call(operation, {"ClientId": "0123456789abcdefghijklmnop", **body})
    message = "User pool client 0123456789abcdefghijklmnop does not exist."
    assert_refusal(response, "ResourceNotFoundException", message)


@pytest.mark.parametrize("settings, message", [
    ({"WriteAttributes": ["custom:nothing"]}, "Invalid write attributes specified while creating a client"),
    ({"WriteAttributes": ["sub"]}, "Invalid write attributes specified while creating a client"),
    ({"WriteAttributes": ["email", "email_verified"]}, "Invalid write attributes specified while creating a client"),
    ({"ReadAttributes": ["custom:nothing"]}, "Invalid read attributes specified while creating a client"),
])
def test_attributes_that_a_client_cannot_have(cognito, shared, settings, message):
    with refused("InvalidParameterException", message):
        create(cognito, shared, **settings)
    made = create(cognito, shared)
    with refused("InvalidParameterException", message.replace("creating", "updating")):
        cognito.update_user_pool_client(UserPoolId=shared, ClientId=made["ClientId"], **settings)


def test_required_attributes_must_be_writable(cognito, pool):
    required = pool(Schema=[{"Name": "email", "Required": True}])
    with refused("InvalidParameterException", "Invalid write attributes specified while creating a client"):
        create(cognito, required, WriteAttributes=["given_name"])
    create(cognito, required, WriteAttributes=["given_name", "email"])


@pytest.mark.parametrize("settings", [
    {"AllowedOAuthFlows": ["client_credentials", "code"], "GenerateSecret": True},
    {"AllowedOAuthFlows": ["client_credentials"]},
])
def test_oauth_flows_that_do_not_go(cognito, shared, settings):
    with pytest.raises(cognito.exceptions.InvalidOAuthFlowException):
        create(cognito, shared, AllowedOAuthFlowsUserPoolClient=True, **settings)


def test_a_scope_that_does_not_exist(cognito, shared):
    with pytest.raises(cognito.exceptions.ScopeDoesNotExistException):
        create(cognito, shared, AllowedOAuthScopes=["api/read"], AllowedOAuthFlows=["code"],
               CallbackURLs=["https://app.example.com"])


@pytest.mark.parametrize("settings", [
    {"ExplicitAuthFlows": ["ALLOW_USER_SRP_AUTH", "USER_PASSWORD_AUTH"]},
    {"DefaultRedirectURI": "https://app.example.com", "CallbackURLs": ["https://other.example.com"]},
    {"SupportedIdentityProviders": ["Facebook"]},
])
def test_other_settings_that_do_not_go_together(cognito, shared, settings):
    with pytest.raises(cognito.exceptions.InvalidParameterException):
        create(cognito, shared, **settings)


def test_user_auth_needs_more_than_lite(cognito, pool):
    with pytest.raises(cognito.exceptions.FeatureUnavailableInTierException):
        create(cognito, pool(UserPoolTier="LITE"), ExplicitAuthFlows=["ALLOW_USER_AUTH"])


def test_listing(cognito, pool):
    listed = pool()
    made = sorted(create(cognito, listed, ClientName=f"app {number}")["ClientId"] for number in range(3))
    everything = cognito.list_user_pool_clients(UserPoolId=listed)
    assert "NextToken" not in everything
    assert [entry["ClientId"] for entry in everything["UserPoolClients"]] == made
    assert set(everything["UserPoolClients"][0]) == {"ClientId", "UserPoolId", "ClientName"}
    first = cognito.list_user_pool_clients(UserPoolId=listed, MaxResults=2)
    second = cognito.list_user_pool_clients(UserPoolId=listed, MaxResults=2, NextToken=first["NextToken"])
    assert [entry["ClientId"] for page in (first, second) for entry in page["UserPoolClients"]] == made
    with refused("InvalidParameterException", "Invalid pagination token"):
        cognito.list_user_pool_clients(UserPoolId=pool(), MaxResults=2, NextToken=first["NextToken"])
