"""Passkeys through boto3, by an authenticator in software (Yubico's fido2)."""

import json

import pytest

from support.app import PASSWORD
from support.authenticator import BE, BS, UP, UV, Authenticator
from support.errors import refused

FACTORS = {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}}
WRONG = ("NotAuthorizedException", "Invalid passkey.")


@pytest.fixture
def app(cognito, pool, client):
    made = pool(Policies=FACTORS)
    cognito.set_user_pool_mfa_config(UserPoolId=made, WebAuthnConfiguration={"RelyingPartyId": "example.com"})
    flows = ["USER_PASSWORD_AUTH", "USER_AUTH", "REFRESH_TOKEN_AUTH"]
    return client(made, ExplicitAuthFlows=[f"ALLOW_{flow}" for flow in flows])


def register(cognito, access, authenticator):
    options = cognito.start_web_authn_registration(AccessToken=access)["CredentialCreationOptions"]
    cognito.complete_web_authn_registration(AccessToken=access, Credential=authenticator.create(options))


def sign_in(app, username, authenticator):
    asked = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="WEB_AUTHN")
    assert asked["ChallengeName"] == "WEB_AUTHN"
    options = json.loads(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
    return app.respond(
        "WEB_AUTHN", session=asked["Session"], USERNAME=username, CREDENTIAL=authenticator.get(options)
    )["AuthenticationResult"]


@pytest.mark.parametrize("attests", [False, True])
def test_a_passkey_from_its_making_to_its_end(cognito, app, user, attests):
    username = user(app.pool)
    access = app.sign_in(username, PASSWORD)["AccessToken"]
    authenticator = Authenticator(attests=attests)
    register(cognito, access, authenticator)

    (passkey,) = cognito.list_web_authn_credentials(AccessToken=access)["Credentials"]
    assert passkey.pop("CreatedAt").timestamp() > 0
    assert passkey == {
        "CredentialId": passkey["CredentialId"], "FriendlyCredentialName": "Bitwarden",
        "RelyingPartyId": "example.com", "AuthenticatorAttachment": "platform",
        "AuthenticatorTransports": ["internal"],
    }
    for _ in range(2):
        tokens = sign_in(app, username, authenticator)
        assert cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == username

    authenticator.counter = 0
    with refused(*WRONG):
        sign_in(app, username, authenticator)
    authenticator.counter = 10
    authenticator.flags = UP | UV
    with refused(*WRONG):
        sign_in(app, username, authenticator)
    authenticator.flags = UP | UV | BE | BS
    authenticator.origin = "https://example.org"
    with refused(*WRONG):
        sign_in(app, username, authenticator)

    cognito.delete_web_authn_credential(AccessToken=access, CredentialId=passkey["CredentialId"])
    assert cognito.list_web_authn_credentials(AccessToken=access)["Credentials"] == []
    choice = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="WEB_AUTHN")
    assert choice["AvailableChallenges"] == ["PASSWORD", "PASSWORD_SRP"]


def test_registrations_that_are_refused(cognito, app, user):
    access = app.sign_in(user(app.pool), PASSWORD)["AccessToken"]
    with refused("WebAuthnOriginNotAllowedException",
                 "The origin of the credential does not match the relying party ID of the user pool."):
        register(cognito, access, Authenticator(origin="https://example.org"))
    options = cognito.start_web_authn_registration(AccessToken=access)["CredentialCreationOptions"]
    authenticator = Authenticator()
    with refused("WebAuthnRelyingPartyMismatchException",
                 "The relying party ID of the credential is not that of the user pool."):
        other = {**options, "rp": {"id": "example.org"}}
        cognito.complete_web_authn_registration(AccessToken=access, Credential=authenticator.create(other))
    credential = authenticator.create(options)
    cognito.complete_web_authn_registration(AccessToken=access, Credential=credential)
    with refused("WebAuthnChallengeNotFoundException",
                 "The challenge of the credential was not found or has expired."):
        cognito.complete_web_authn_registration(AccessToken=access, Credential=credential)
    cognito.set_user_pool_mfa_config(
        UserPoolId=app.pool,
        WebAuthnConfiguration={"RelyingPartyId": "example.com", "UserVerification": "required"},
    )
    with refused("WebAuthnCredentialNotSupportedException", "The authenticator of the credential is not supported."):
        register(cognito, access, Authenticator(flags=UP))
