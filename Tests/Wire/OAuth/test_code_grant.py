"""The code grant, from the sign-in page to the end of the session: by curl, Authlib and requests-oauthlib."""

import json
import secrets
import subprocess
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from authlib.integrations.requests_client import OAuth2Session
from requests_oauthlib import OAuth2Session as OAuthlibSession

from support.app import PASSWORD
from support.pages import Browser

CALLBACK = "https://app.example.com/callback"


@pytest.fixture(autouse=True)
def plain_http(monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


def signed_in(oauth, address, username):
    """The browser, and where it is sent once the user has signed in."""
    browser = Browser(oauth.url)
    page = browser.open(address.removeprefix(oauth.url))
    page = browser.submit(page, username=username, password=PASSWORD)
    assert page.status in (302, 303), page.text
    return browser, page.response.headers["Location"]


def claims(oauth, pool, token, **options):
    key = jwt.PyJWKClient(f"{oauth.url}/{pool}/.well-known/jwks.json").get_signing_key_from_jwt(token)
    return jwt.decode(token, key.key, algorithms=["RS256"], issuer=f"{oauth.url}/{pool}", **options)


def test_the_seeds_row_by_curl(oauth, web, user):
    app = web()
    username = user(app.pool)
    query = f"response_type=code&client_id={app.id}&redirect_uri={CALLBACK}&scope=openid"
    _, location = signed_in(oauth, f"/oauth2/authorize?{query}", username)
    code = parse_qs(urlsplit(location).query)["code"][0]
    form = f"grant_type=authorization_code&client_id={app.id}&code={code}&redirect_uri={CALLBACK}"

    def curl():
        return json.loads(subprocess.run(
            ["curl", "-sS", f"{oauth.url}/oauth2/token", "-d", form], check=True, capture_output=True
        ).stdout)

    tokens = curl()
    oauth.secrets.collect(tokens)
    assert list(tokens) == ["id_token", "access_token", "refresh_token", "expires_in", "token_type"]
    assert (tokens["expires_in"], tokens["token_type"]) == (3600, "Bearer")
    assert claims(oauth, app.pool, tokens["id_token"], audience=app.id)["cognito:username"] == username
    assert curl() == {"error": "invalid_grant"}
    # What the code gave is void once it came twice.
    refreshed = oauth.token("refresh_token", client_id=app.id, refresh_token=tokens["refresh_token"])
    assert refreshed.json() == {"error": "invalid_grant"}


@pytest.mark.parametrize("secretive", [False, True])
def test_authlib_with_a_proof_key(oauth, web, user, secretive):
    app = web(GenerateSecret=secretive)
    username = user(app.pool, email=f"{secrets.token_hex(4)}@example.com", email_verified="true")
    session = OAuth2Session(
        app.id, app.secret, scope="openid email", redirect_uri=CALLBACK, code_challenge_method="S256",
        token_endpoint_auth_method="client_secret_basic" if secretive else "none",
    )
    verifier = secrets.token_urlsafe(48)
    address, state = session.create_authorization_url(
        f"{oauth.url}/oauth2/authorize", code_verifier=verifier, nonce="once"
    )
    browser, location = signed_in(oauth, address, username)
    tokens = session.fetch_token(
        f"{oauth.url}/oauth2/token", authorization_response=location, state=state, code_verifier=verifier
    )
    oauth.secrets.collect(tokens)
    assert claims(oauth, app.pool, tokens["id_token"], audience=app.id)["nonce"] == "once"
    shown = session.get(f"{oauth.url}/oauth2/userInfo").json()
    assert shown["username"] == username and shown["email_verified"] == "true"

    session.refresh_token(f"{oauth.url}/oauth2/token")
    oauth.secrets.collect(dict(session.token))
    proof = {"auth": (app.id, app.secret)} if secretive else {"client_id": app.id}
    revoked = oauth.post("revoke", token=tokens["refresh_token"], **proof)
    assert revoked.status_code == 200
    assert session.get(f"{oauth.url}/oauth2/userInfo").status_code == 401

    # Signed in still, until the browser is told otherwise.
    again = browser.get(address.removeprefix(oauth.url))
    assert again.response.headers["Location"].startswith(f"{CALLBACK}?code=")
    bye = browser.get(f"/logout?client_id={app.id}&logout_uri=https://app.example.com/bye")
    assert bye.response.headers["Location"] == "https://app.example.com/bye"
    assert browser.get(address.removeprefix(oauth.url)).response.headers["Location"].startswith(f"{oauth.url}/login?")


def test_requests_oauthlib(oauth, web, user):
    app = web(GenerateSecret=True, RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0})
    session = OAuthlibSession(app.id, redirect_uri=CALLBACK, scope=["openid"], pkce="S256")
    address, _ = session.authorization_url(f"{oauth.url}/oauth2/authorize")
    _, location = signed_in(oauth, address, user(app.pool))
    tokens = session.fetch_token(
        f"{oauth.url}/oauth2/token", authorization_response=location, client_secret=app.secret
    )
    oauth.secrets.collect(tokens)
    renewed = session.refresh_token(f"{oauth.url}/oauth2/token", auth=(app.id, app.secret))
    oauth.secrets.collect(renewed)
    assert renewed["refresh_token"] != tokens["refresh_token"]
