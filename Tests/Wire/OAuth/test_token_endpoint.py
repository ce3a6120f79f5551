"""`/oauth2/token` by curl, requests, Authlib and requests-oauthlib; tokens verified by PyJWT."""

import json
import subprocess

import jwt
import pytest
from authlib.integrations.requests_client import OAuth2Session
from oauthlib.oauth2 import BackendApplicationClient
from requests_oauthlib import OAuth2Session as OAuthlibSession

from support.app import PASSWORD

API = "https://api.example.com"
CALLBACK = "https://app.example.com/callback"


@pytest.fixture(autouse=True)
def plain_http(monkeypatch):
    monkeypatch.setenv("OAUTHLIB_INSECURE_TRANSPORT", "1")
    monkeypatch.setenv("AUTHLIB_INSECURE_TRANSPORT", "1")


def verified(oauth, pool, token, **options):
    """The claims, by a verifier that knows the key set alone."""
    keys = jwt.PyJWKClient(f"{oauth.url}/{pool}/.well-known/jwks.json")
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(token, key.key, algorithms=["RS256"], issuer=f"{oauth.url}/{pool}", **options)


def curl(url, *arguments):
    """Status, headers in lower case, and body."""
    out = subprocess.run(
        ["curl", "-sS", "-w", "\n%{http_code}\n%{header_json}", *arguments, url],
        check=True, capture_output=True, text=True,
    ).stdout
    body, status, headers = out.split("\n", 2)
    return int(status), json.loads(headers), body


def test_the_seeds_row(oauth, web):
    """The row of the seeds, with a code that nobody was given; with one that somebody was, see test_code_grant.py."""
    app = web()
    form = f"grant_type=authorization_code&client_id={app.id}&code=unknown&redirect_uri={CALLBACK}"
    status, headers, body = curl(f"{oauth.url}/oauth2/token", "-d", form)
    assert (status, body) == (400, '{"error":"invalid_grant"}')
    assert headers["content-type"] == ["application/json;charset=UTF-8"]
    assert headers["access-control-allow-origin"] == ["*"]
    assert headers["x-amz-cognito-request-id"] == headers["x-amzn-requestid"]
    assert headers["pragma"] == ["no-cache"]
    status, headers, body = curl(f"{oauth.url}/oauth2/token", "-X", "GET")
    assert (status, body) == (405, "")
    status, headers, body = curl(f"{oauth.url}/oauth2/token", "-H", "Content-Type: application/json", "-d", "{}")
    assert (status, body) == (400, '{"error":"invalid_request"}')


def test_curl_gets_a_token_of_its_own(oauth, machine):
    status, _, body = curl(
        f"{oauth.url}/oauth2/token", "-u", f"{machine.id}:{machine.secret}", "-d", "grant_type=client_credentials"
    )
    oauth.secrets.collect(json.loads(body))
    assert status == 200
    claims = verified(oauth, machine.pool, json.loads(body)["access_token"])
    assert claims["scope"] == f"{API}/read {API}/write" and claims["sub"] == claims["client_id"] == machine.id


@pytest.mark.parametrize("method", ["client_secret_basic", "client_secret_post"])
def test_authlib_gets_a_token_of_its_own(oauth, machine, method):
    session = OAuth2Session(machine.id, machine.secret, scope=f"{API}/read", token_endpoint_auth_method=method)
    token = session.fetch_token(f"{oauth.url}/oauth2/token", grant_type="client_credentials")
    oauth.secrets.collect(token)
    assert token["token_type"] == "Bearer" and token["expires_in"] == 3600
    assert verified(oauth, machine.pool, token["access_token"])["scope"] == f"{API}/read"


def test_requests_oauthlib_gets_a_token_of_its_own(oauth, machine):
    session = OAuthlibSession(client=BackendApplicationClient(machine.id))
    token = session.fetch_token(f"{oauth.url}/oauth2/token", client_id=machine.id, client_secret=machine.secret)
    oauth.secrets.collect(token)
    assert verified(oauth, machine.pool, token["access_token"])["token_use"] == "access"


def test_what_a_machine_may_not_have(oauth, machine):
    proof = (machine.id, machine.secret)
    for scope, error in [(f"{API}/delete", "invalid_scope"), ("openid", "invalid_grant")]:
        response = oauth.token("client_credentials", proof, scope=scope)
        assert (response.status_code, response.json()) == (400, {"error": error})
    wrong = oauth.token("client_credentials", (machine.id, "wrong"))
    assert (wrong.status_code, wrong.json()) == (401, {"error": "invalid_client"})
    assert wrong.headers["WWW-Authenticate"].startswith("Basic")
    assert oauth.token("password", proof).json() == {"error": "unsupported_grant_type"}


def test_refreshing(oauth, web, user):
    app = web()
    name = user(app.pool)
    refresh = app.sign_in(name, PASSWORD)["RefreshToken"]
    session = OAuth2Session(app.id, token_endpoint_auth_method="none")
    token = session.refresh_token(f"{oauth.url}/oauth2/token", refresh_token=refresh)
    oauth.secrets.collect(token)
    assert verified(oauth, app.pool, token["id_token"], audience=app.id)["cognito:username"] == name
    assert oauth.post("revoke", token=refresh, client_id=app.id).status_code == 200
    again = oauth.token("refresh_token", refresh_token=refresh, client_id=app.id)
    assert (again.status_code, again.json()) == (400, {"error": "invalid_grant"})


def test_refreshing_with_rotation(oauth, web, user):
    app = web(RefreshTokenRotation={"Feature": "ENABLED", "RetryGracePeriodSeconds": 0})
    first = app.sign_in(user(app.pool), PASSWORD)["RefreshToken"]
    session = OAuthlibSession(app.id, token={"refresh_token": first, "access_token": "x", "expires_in": 1})
    token = session.refresh_token(f"{oauth.url}/oauth2/token", client_id=app.id)
    oauth.secrets.collect(token)
    assert token["refresh_token"] != first
    # Whoever brings the old one has stolen it, or had it stolen: the sign-in ends.
    for refresh in (first, token["refresh_token"]):
        assert oauth.token("refresh_token", refresh_token=refresh, client_id=app.id).json() == {"error": "invalid_grant"}


def test_pages_of_other_origins(oauth):
    for path in ("token", "revoke", "userInfo"):
        assert oauth.post(path).headers["Access-Control-Allow-Origin"] == "*"
    for path in ("/oauth2/authorize", "/logout"):
        response = oauth.get(path)
        assert response.status_code == 302 and "Access-Control-Allow-Origin" not in response.headers


def test_user_info_wants_openid(oauth, web, user):
    app = web()
    access = app.sign_in(user(app.pool), PASSWORD)["AccessToken"]
    response = oauth.get("/oauth2/userInfo", headers={"Authorization": f"Bearer {access}"})
    assert response.status_code == 401
    assert response.json() == {
        "error": "invalid_token", "error_description": "Access token does not contain openid scope",
    }
