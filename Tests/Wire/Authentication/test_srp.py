"""USER_SRP_AUTH through pycognito, and what an attacker would try."""

import base64

import pytest
from pycognito.aws_srp import N_HEX

from support.app import PASSWORD
from support.errors import refused

WRONG = ("NotAuthorizedException", "Incorrect username or password.")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(UsernameAttributes=["email"]))


@pytest.fixture
def email(app, user, name):
    return user(app.pool, f"{name('srp')}@example.com", email_verified="true")


def begin(app, username, password=PASSWORD):
    """The responses to PASSWORD_VERIFIER, as pycognito computes them."""
    srp = app.srp(username, password)
    parameters = srp.get_auth_params()
    challenge = app.initiate("USER_SRP_AUTH", **parameters)["ChallengeParameters"]
    return srp.process_challenge(challenge, parameters)


@pytest.mark.parametrize("settings", [{}, {"GenerateSecret": True}])
def test_through_pycognito(client, app, email, settings):
    by_srp = client(app.pool, **settings)
    assert by_srp.srp(email, PASSWORD).authenticate_user()["AuthenticationResult"]["AccessToken"]
    with refused(*WRONG):
        by_srp.srp(email, "Wrong-Horse-7").authenticate_user()


def test_from_a_server(cognito, app, email):
    srp = app.srp(email, PASSWORD)
    parameters = srp.get_auth_params()
    challenge = app.admin_initiate("USER_SRP_AUTH", **parameters)["ChallengeParameters"]
    answer = cognito.admin_respond_to_auth_challenge(
        UserPoolId=app.pool, ClientId=app.id, ChallengeName="PASSWORD_VERIFIER",
        ChallengeResponses=srp.process_challenge(challenge, parameters),
    )
    assert answer["AuthenticationResult"]["AccessToken"]


def test_two_sign_ins_share_nothing_but_the_salt(app, email):
    first, second = (
        app.initiate("USER_SRP_AUTH", **app.srp(email, PASSWORD).get_auth_params())["ChallengeParameters"]
        for _ in range(2)
    )
    assert first["SALT"] == second["SALT"]
    assert first["SRP_B"] != second["SRP_B"]
    assert first["SECRET_BLOCK"] != second["SECRET_BLOCK"]


@pytest.mark.parametrize("value", [
    "0", "00", N_HEX, "00" + N_HEX, f"{2 * int(N_HEX, 16):x}", f"{int(N_HEX, 16) + 2:x}", "not hex", "0x2", "-2", "é",
    "f" * 2000,
])
def test_a_public_key_that_no_honest_client_sends(app, email, value):
    with refused("InvalidParameterException", "Invalid SRP_A value"):
        app.initiate("USER_SRP_AUTH", USERNAME=email, SRP_A=value)


@pytest.mark.parametrize("parameters, missing", [
    ({"USERNAME": "ada"}, "SRP_A"), ({"SRP_A": "02"}, "USERNAME"), ({"USERNAME": "ada", "SRP_A": ""}, "SRP_A"),
])
def test_missing_parameters(app, parameters, missing):
    with refused("InvalidParameterException", f"Missing required parameter {missing}"):
        app.initiate("USER_SRP_AUTH", **parameters)


@pytest.mark.parametrize("missing", [
    "USERNAME", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE", "TIMESTAMP",
])
def test_missing_responses(app, email, missing):
    responses = begin(app, email)
    del responses[missing]
    with refused("InvalidParameterException", f"Missing required parameter {missing}"):
        app.respond("PASSWORD_VERIFIER", **responses)


def test_a_proof_serves_once(app, email):
    responses = begin(app, email)
    app.respond("PASSWORD_VERIFIER", **responses)
    message = "Invalid session for the user, session can only be used once."
    with refused("NotAuthorizedException", message):
        app.respond("PASSWORD_VERIFIER", **responses)


def flipped(text):
    """The same base64 with one bit changed in the middle."""
    data = bytearray(base64.b64decode(text))
    data[len(data) // 2] ^= 1
    return base64.b64encode(data).decode()


@pytest.mark.parametrize("field", ["PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE"])
@pytest.mark.parametrize("tamper", [
    flipped, lambda text: base64.b64encode(base64.b64decode(text)[:-1]).decode(), lambda text: "not base64!",
    lambda text: text[:-1], lambda text: "AA==",
], ids=["flipped", "truncated", "not base64", "unpadded", "short"])
def test_a_tampered_response(app, email, field, tamper):
    responses = begin(app, email)
    responses[field] = tamper(responses[field])
    with refused(*WRONG):
        app.respond("PASSWORD_VERIFIER", **responses)


def test_another_timestamp_than_the_signed_one(app, email):
    responses = begin(app, email)
    responses["TIMESTAMP"] = "Fri Nov 10 18:59:35 UTC 2023"
    with refused(*WRONG):
        app.respond("PASSWORD_VERIFIER", **responses)


def test_another_user_than_the_signed_one(cognito, app, email, user, name):
    other = user(app.pool, f"{name('srp')}@example.com")
    responses = begin(app, email)
    responses["USERNAME"] = cognito.admin_get_user(UserPoolId=app.pool, Username=other)["Username"]
    with refused(*WRONG):
        app.respond("PASSWORD_VERIFIER", **responses)


@pytest.mark.parametrize("elsewhere", ["another client", "another pool"])
def test_a_secret_block_of(client, pool, app, email, user, elsewhere):
    other = client(app.pool if elsewhere == "another client" else pool(UsernameAttributes=["email"]))
    if other.pool != app.pool:
        user(other.pool, email)
    with refused(*WRONG):
        other.respond("PASSWORD_VERIFIER", **begin(app, email))


def test_a_password_that_changed_between_the_two_calls(cognito, app, email):
    responses = begin(app, email)
    cognito.admin_set_user_password(UserPoolId=app.pool, Username=email, Password="New-Horse-77", Permanent=True)
    with refused(*WRONG):
        app.respond("PASSWORD_VERIFIER", **responses)


def test_a_secret_hash_is_checked_at_both_steps(client, app, email):
    secretive = client(app.pool, GenerateSecret=True)
    wrong = f"Unable to verify secret hash for client {secretive.id}"
    srp = secretive.srp(email, PASSWORD)
    parameters = srp.get_auth_params()
    with refused("NotAuthorizedException", wrong):
        secretive.initiate("USER_SRP_AUTH", **{**parameters, "SECRET_HASH": "bm90IGl0"})
    responses = begin(secretive, email)
    del responses["SECRET_HASH"]
    missing = f"Client {secretive.id} is configured with secret but SECRET_HASH was not received"
    with refused("NotAuthorizedException", missing):
        secretive.respond("PASSWORD_VERIFIER", **responses)
    with refused("NotAuthorizedException", wrong):
        secretive.respond("PASSWORD_VERIFIER", **responses, SECRET_HASH="bm90IGl0")
