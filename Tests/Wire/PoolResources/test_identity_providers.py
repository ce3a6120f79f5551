"""Identity providers, and a user who is linked to one, by boto3."""

import base64
import subprocess

import jwt

from support.app import PASSWORD
from support.errors import refused

DETAILS = {"client_id": "id", "client_secret": "provider-s3cret", "authorize_scopes": "email openid"}


def test_a_provider_and_a_linked_user(cognito, pool, client, user, tmp_path):
    made = pool()
    with refused("InvalidParameterException", f"The provider Google does not exist for User Pool {made}."):
        client(made, SupportedIdentityProviders=["Google"])
    created = cognito.create_identity_provider(
        UserPoolId=made, ProviderName="Google", ProviderType="Google", ProviderDetails=DETAILS,
        IdpIdentifiers=["example.com"],
    )["IdentityProvider"]
    described = cognito.describe_identity_provider(UserPoolId=made, ProviderName="Google")["IdentityProvider"]
    assert described == created
    assert described["ProviderDetails"]["token_url"] == "https://www.googleapis.com/oauth2/v4/token"
    assert described["ProviderDetails"]["client_secret"] == "provider-s3cret"
    found = cognito.get_identity_provider_by_identifier(UserPoolId=made, IdpIdentifier="example.com")
    assert found["IdentityProvider"] == created
    app = client(made, SupportedIdentityProviders=["COGNITO", "Google"])

    ada = user(made)
    cognito.admin_link_provider_for_user(
        UserPoolId=made, DestinationUser={"ProviderName": "Cognito", "ProviderAttributeValue": ada},
        SourceUser={
            "ProviderName": "Google", "ProviderAttributeName": "Cognito_Subject", "ProviderAttributeValue": "4711",
        },
    )
    token = jwt.decode(app.sign_in(ada, PASSWORD)["IdToken"], options={"verify_signature": False})
    assert token["identities"][0]["userId"] == "4711"

    certificate = tmp_path / "certificate.der"
    certificate.write_bytes(base64.b64decode(cognito.get_signing_certificate(UserPoolId=made)["Certificate"]))
    pem = subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-in", str(certificate)], capture_output=True, check=True
    ).stdout
    (tmp_path / "certificate.pem").write_bytes(pem)
    # Its signature is its own.
    subprocess.run(
        ["openssl", "verify", "-check_ss_sig", "-CAfile", str(tmp_path / "certificate.pem"),
         str(tmp_path / "certificate.pem")], capture_output=True, check=True,
    )
    text = subprocess.run(
        ["openssl", "x509", "-inform", "DER", "-in", str(certificate), "-noout", "-subject", "-checkend", "315000000"],
        capture_output=True, text=True, check=True,
    ).stdout
    assert made in text and "will not expire" in text
    cognito.delete_identity_provider(UserPoolId=made, ProviderName="Google")
    assert cognito.list_identity_providers(UserPoolId=made)["Providers"] == []
