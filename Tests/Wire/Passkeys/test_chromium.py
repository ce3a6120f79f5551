"""Passkeys in a browser: Chromium, with a virtual authenticator. Skipped where Chromium isn't installed."""

import functools
import http.server
import json
import threading

import pytest

from support import chromium
from support.app import PASSWORD
from support.errors import refused

pytestmark = chromium.needed

CREATE = """
    const [options, done] = arguments;
    navigator.credentials.create({publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options)})
        .then(credential => done(credential.toJSON()), error => done({error: String(error)}));
"""
GET = """
    const [options, done] = arguments;
    navigator.credentials.get({publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options)})
        .then(credential => done(credential.toJSON()), error => done({error: String(error)}));
"""


@pytest.fixture(scope="module")
def browser(tmp_path_factory):
    """A page of `localhost`, in a Chromium that has a passkey's authenticator."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "index.html").write_text("<!doctype html><title>page</title>")
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=folder)
    page = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=page.serve_forever, daemon=True).start()
    driver = chromium.start()
    driver.get(f"http://localhost:{page.server_port}/index.html")
    chromium.add_authenticator(driver)
    yield driver
    driver.quit()
    page.shutdown()
    page.server_close()


def test_a_browser_registers_and_signs_in(cognito, pool, client, user, browser):
    made = pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "WEB_AUTHN"]}})
    configuration = {"RelyingPartyId": "localhost", "UserVerification": "required"}
    cognito.set_user_pool_mfa_config(UserPoolId=made, WebAuthnConfiguration=configuration)
    app = client(made, ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"])
    username = user(made)
    access = app.sign_in(username, PASSWORD)["AccessToken"]

    options = cognito.start_web_authn_registration(AccessToken=access)["CredentialCreationOptions"]
    credential = browser.execute_async_script(CREATE, options)
    assert "error" not in credential
    cognito.complete_web_authn_registration(AccessToken=access, Credential=credential)
    (passkey,) = cognito.list_web_authn_credentials(AccessToken=access)["Credentials"]
    assert passkey["CredentialId"] == credential["id"] and passkey["AuthenticatorAttachment"] == "platform"
    assert passkey["AuthenticatorTransports"] == ["internal"]

    # The browser keeps its authenticator from making a second passkey for the user.
    again = cognito.start_web_authn_registration(AccessToken=access)["CredentialCreationOptions"]
    assert "InvalidStateError" in browser.execute_async_script(CREATE, again)["error"]

    for _ in range(2):
        asked = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="WEB_AUTHN")
        requested = json.loads(asked["ChallengeParameters"]["CREDENTIAL_REQUEST_OPTIONS"])
        answer = browser.execute_async_script(GET, requested)
        assert "error" not in answer
        responses = {"USERNAME": username, "CREDENTIAL": json.dumps(answer)}
        tokens = app.respond("WEB_AUTHN", session=asked["Session"], **responses)["AuthenticationResult"]
        assert cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == username
        # Its counter has been there.
        with refused("NotAuthorizedException", "Invalid passkey."):
            app.respond("WEB_AUTHN", session=asked["Session"], **responses)
