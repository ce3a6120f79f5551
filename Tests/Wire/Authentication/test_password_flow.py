"""USER_PASSWORD_AUTH, ADMIN_USER_PASSWORD_AUTH, ADMIN_NO_SRP_AUTH, and what every flow asks for."""

import pytest

from support.app import PASSWORD
from support.errors import refused

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
ADMIN_FLOWS = ["ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH"]


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(AliasAttributes=["email"]), ExplicitAuthFlows=[
        "ALLOW_USER_PASSWORD_AUTH", "ALLOW_ADMIN_USER_PASSWORD_AUTH",
    ])


def test_tokens_for_the_right_password(app, user):
    answer = app.initiate("USER_PASSWORD_AUTH", USERNAME=user(app.pool), PASSWORD=PASSWORD)
    assert answer["ChallengeParameters"] == {}
    assert set(answer["AuthenticationResult"]) == {
        "AccessToken", "IdToken", "RefreshToken", "ExpiresIn", "TokenType",
    }


@pytest.mark.parametrize("password", ["Wrong-Horse-7", PASSWORD.lower(), PASSWORD + " ", " "])
def test_a_wrong_password(app, user, password):
    with refused(*WRONG):
        app.sign_in(user(app.pool), password)


@pytest.mark.parametrize("flow", ADMIN_FLOWS)
def test_from_a_server(app, user, flow):
    username = user(app.pool)
    assert app.admin_initiate(flow, USERNAME=username, PASSWORD=PASSWORD)["AuthenticationResult"]["RefreshToken"]
    with refused(*WRONG):
        app.admin_initiate(flow, USERNAME=username, PASSWORD="Wrong-Horse-7")


@pytest.mark.parametrize("flow", ADMIN_FLOWS)
def test_a_server_flow_is_not_for_devices(app, user, flow):
    with refused("InvalidParameterException", "Initiate Auth method not supported."):
        app.initiate(flow, USERNAME=user(app.pool), PASSWORD=PASSWORD)


def test_a_device_flow_is_not_for_servers(app, user):
    with refused("InvalidParameterException", "Initiate Auth method not supported."):
        app.admin_initiate("USER_PASSWORD_AUTH", USERNAME=user(app.pool), PASSWORD=PASSWORD)


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH", "REFRESH_TOKEN", "USER_AUTH"])
def test_a_flow_that_the_client_does_not_allow(client, app, flow):
    narrow = client(app.pool, ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"])
    with refused("InvalidParameterException", f"{flow} flow not enabled for this client"):
        narrow.initiate(flow)


@pytest.mark.parametrize("flow", ADMIN_FLOWS + ["USER_SRP_AUTH"])
def test_nor_may_a_server_take_it(client, app, flow):
    narrow = client(app.pool, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])
    with refused("InvalidParameterException", "Auth flow not enabled for this client"):
        narrow.admin_initiate(flow, USERNAME="ada", PASSWORD=PASSWORD)


def test_flows_of_a_client_without_any(client, app, user):
    plain = client(app.pool, ExplicitAuthFlows=[])
    assert plain.srp(user(app.pool), PASSWORD).authenticate_user()["AuthenticationResult"]
    with refused("InvalidParameterException", "USER_PASSWORD_AUTH flow not enabled for this client"):
        plain.sign_in("ada", PASSWORD)


def test_a_custom_flow_has_no_trigger(client, app):
    custom = client(app.pool, ExplicitAuthFlows=["ALLOW_CUSTOM_AUTH"])
    with refused("InvalidParameterException", "Custom auth lambda trigger is not configured for the user pool."):
        custom.initiate("CUSTOM_AUTH", USERNAME="ada")


@pytest.mark.parametrize("parameters, missing", [
    ({}, "USERNAME"), ({"PASSWORD": PASSWORD}, "USERNAME"), ({"USERNAME": "ada"}, "PASSWORD"),
    ({"USERNAME": "", "PASSWORD": PASSWORD}, "USERNAME"),
])
def test_missing_parameters(app, parameters, missing):
    with refused("InvalidParameterException", f"Missing required parameter {missing}"):
        app.initiate("USER_PASSWORD_AUTH", **parameters)
    with refused("InvalidParameterException", f"Missing required parameter {missing}"):
        app.admin_initiate("ADMIN_USER_PASSWORD_AUTH", **parameters)


def test_a_flow_that_does_not_exist(cognito, app):
    with pytest.raises(cognito.exceptions.InvalidParameterException) as caught:
        app.initiate("GUESSING")
    message = caught.value.response["Error"]["Message"]
    assert message.startswith(
        "1 validation error detected: Value 'GUESSING' at 'authFlow' failed to satisfy constraint: "
        "Member must satisfy enum value set: ["
    )


def test_secret_hashes(client, app, user, name):
    secretive = client(app.pool, GenerateSecret=True)
    email = f"{name('hash')}@example.com"
    username = user(app.pool, email=email, email_verified="true")

    def sign_in(username, **hash):
        return secretive.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD, **hash)

    missing = f"Client {secretive.id} is configured with secret but SECRET_HASH was not received"
    wrong = f"Unable to verify secret hash for client {secretive.id}"
    with refused("NotAuthorizedException", missing):
        sign_in(username)
    for hash in ("bm90IGl0", "", secretive.secret_hash(email)):
        with refused("NotAuthorizedException", wrong):
            sign_in(username, SECRET_HASH=hash)
    assert sign_in(username, SECRET_HASH=secretive.secret_hash(username))["AuthenticationResult"]
    assert sign_in(email, SECRET_HASH=secretive.secret_hash(email))["AuthenticationResult"]


def test_a_client_without_a_secret_ignores_a_hash(app, user):
    answer = app.initiate("USER_PASSWORD_AUTH", USERNAME=user(app.pool), PASSWORD=PASSWORD, SECRET_HASH="bm9uZQ==")
    assert answer["AuthenticationResult"]


def test_a_user_who_is_not_confirmed(app, name):
    username = name()
    app.sign_up(username, PASSWORD)
    with refused("UserNotConfirmedException", "User is not confirmed."):
        app.sign_in(username, PASSWORD)
    with refused(*WRONG):
        app.sign_in(username, "Wrong-Horse-7")


def test_any_password_that_the_model_takes(app, user):
    password = "Pässwörd-" + "7" * 240 + "😀"
    assert app.sign_in(user(app.pool, password=password), password)
