"""ID and access tokens: signatures, claims, lifetimes; the key set and the discovery document."""

import base64

import jwt
import pytest

from support.app import PASSWORD
from support.server import REGION

ACCESS = {
    "sub", "iss", "client_id", "origin_jti", "event_id", "token_use", "scope", "auth_time", "exp", "iat", "jti",
    "username",
}
IDENTITY = {
    "sub", "iss", "cognito:username", "origin_jti", "aud", "event_id", "token_use", "auth_time", "exp", "iat", "jti",
}


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(Schema=[
        {"Name": "level", "AttributeDataType": "Number"},
        {"Name": "active", "AttributeDataType": "Boolean"},
        {"Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
    ]))


def verified(server, app, token, **options):
    """The claims, once PyJWT found the signature to be of the key that the pool serves."""
    keys = jwt.PyJWKClient(f"{server.url}/{app.pool}/.well-known/jwks.json")
    key = keys.get_signing_key_from_jwt(token)
    return jwt.decode(token, key, algorithms=["RS256"], issuer=f"{server.url}/{app.pool}", **options)


def test_an_access_token(server, app, user):
    username = user(app.pool, email="t@example.com")
    claims = verified(server, app, app.sign_in(username, PASSWORD)["AccessToken"])
    assert set(claims) == ACCESS
    assert (claims["client_id"], claims["username"], claims["token_use"]) == (app.id, username, "access")
    assert claims["exp"] - claims["iat"] == 3600
    assert claims["auth_time"] == claims["iat"]


def test_an_id_token(server, app, user):
    username = user(
        app.pool, email="t@example.com", email_verified="true", phone_number="+15550100001", address="1 Main St",
        updated_at="1700000000", phone_number_verified="false",
        **{"custom:level": "7", "custom:active": "true", "dev:custom:note": "careful"},
    )
    claims = verified(server, app, app.sign_in(username, PASSWORD)["IdToken"], audience=app.id)
    assert set(claims) == IDENTITY | {
        "email", "email_verified", "phone_number", "phone_number_verified", "address", "updated_at", "custom:level",
        "custom:active",
    }
    assert (claims["cognito:username"], claims["token_use"]) == (username, "id")
    assert (claims["email_verified"], claims["phone_number_verified"]) == (True, False)
    assert (claims["custom:level"], claims["custom:active"]) == ("7", "true")
    assert claims["address"] == {"formatted": "1 Main St"}


def test_a_user_without_attributes(server, app, user):
    claims = verified(server, app, app.sign_in(user(app.pool), PASSWORD)["IdToken"], audience=app.id)
    assert set(claims) == IDENTITY


def test_only_what_the_client_may_read(server, client, app, user):
    narrow = client(app.pool, ReadAttributes=["email"])
    username = user(app.pool, email="t@example.com", given_name="Ada")
    claims = verified(server, narrow, narrow.sign_in(username, PASSWORD)["IdToken"], audience=narrow.id)
    assert set(claims) == IDENTITY | {"email"}


def test_lifetimes_of_the_clients_own(server, client, app, user):
    short = client(
        app.pool, AccessTokenValidity=10, IdTokenValidity=2,
        TokenValidityUnits={"AccessToken": "minutes", "IdToken": "hours"},
    )
    tokens = short.sign_in(user(app.pool), PASSWORD)
    access = verified(server, short, tokens["AccessToken"])
    identity = verified(server, short, tokens["IdToken"], audience=short.id)
    assert tokens["ExpiresIn"] == access["exp"] - access["iat"] == 600
    assert identity["exp"] - identity["iat"] == 7200


def test_without_revocation_there_is_no_jti(server, client, app, user):
    plain = client(app.pool, EnableTokenRevocation=False)
    tokens = plain.sign_in(user(app.pool), PASSWORD)
    assert set(verified(server, plain, tokens["AccessToken"])) == ACCESS - {"jti", "origin_jti"}
    assert set(verified(server, plain, tokens["IdToken"], audience=plain.id)) == IDENTITY - {"jti", "origin_jti"}


def test_two_sign_ins_are_two_sessions(server, app, user):
    username = user(app.pool)
    first, second = (verified(server, app, app.sign_in(username, PASSWORD)["AccessToken"]) for _ in range(2))
    for claim in ("jti", "origin_jti", "event_id"):
        assert first[claim] != second[claim]


def test_the_key_set(server, app):
    response = server.get(f"/{app.pool}/.well-known/jwks.json")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "public, max-age=86400"
    assert response.headers["access-control-allow-origin"] == "*"
    keys = response.json()["keys"]
    assert len({key["kid"] for key in keys}) == 2
    for key in keys:
        assert set(key) == {"alg", "e", "kid", "kty", "n", "use"}
        assert (key["alg"], key["e"], key["kty"], key["use"]) == ("RS256", "AQAB", "RSA", "sig")
        assert len(base64.urlsafe_b64decode(key["n"] + "==")) == 256


def test_every_pool_has_keys_of_its_own(server, app, pool):
    sets = [server.get(f"/{one}/.well-known/jwks.json").json()["keys"] for one in (app.pool, pool())]
    assert {key["kid"] for key in sets[0]}.isdisjoint(key["kid"] for key in sets[1])


ENDPOINTS = {
    "authorization_endpoint": "oauth2/authorize", "token_endpoint": "oauth2/token",
    "userinfo_endpoint": "oauth2/userInfo", "revocation_endpoint": "oauth2/revoke", "end_session_endpoint": "logout",
}


def test_the_discovery_document(server, app):
    issuer = f"{server.url}/{app.pool}"
    document = server.get(f"/{app.pool}/.well-known/openid-configuration").json()
    assert document["issuer"] == issuer
    assert document["jwks_uri"] == f"{issuer}/.well-known/jwks.json"
    assert document["id_token_signing_alg_values_supported"] == ["RS256"]
    assert document["subject_types_supported"] == ["public"]
    assert document["response_types_supported"] == ["code", "token"]
    assert document["scopes_supported"] == ["openid", "email", "phone", "profile"]
    assert document["token_endpoint_auth_methods_supported"] == ["client_secret_basic", "client_secret_post"]
    assert document["code_challenge_methods_supported"] == ["S256"]
    for name, path in ENDPOINTS.items():
        assert document[name] == f"{server.url}/{path}"


def test_the_endpoints_are_at_the_domain(server, cognito, pool):
    made = pool()
    prefix = f"wire{made[-9:].lower()}"
    cognito.create_user_pool_domain(UserPoolId=made, Domain=prefix)
    document = server.get(f"/{made}/.well-known/openid-configuration").json()
    host = document["token_endpoint"].split("//")[1].split("/")[0]
    assert host.startswith(f"{prefix}.auth.{REGION}.")
    assert document["issuer"] == f"{server.url}/{made}"
    # The issuer isn't there.
    assert server.get(f"/{made}/.well-known/jwks.json", headers={"Host": host}).status_code == 400
    cognito.delete_user_pool_domain(UserPoolId=made, Domain=prefix)
    document = server.get(f"/{made}/.well-known/openid-configuration").json()
    assert document["token_endpoint"] == f"{server.url}/oauth2/token"
    assert server.get(f"/{made}/.well-known/jwks.json", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", [
    f"/{REGION}_Nowhere/.well-known/jwks.json", f"/{REGION}_Nowhere/.well-known/openid-configuration",
    "/nothing/.well-known/jwks.json", f"/{REGION}_Nowhere/.well-known/other", "/.well-known/jwks.json",
    "/%22%3Cscript%3E/.well-known/jwks.json",
])
def test_documents_that_do_not_exist(server, path):
    response = server.get(path)
    assert response.status_code == 404
    assert "<script>" not in response.text
    assert response.json()["message"]
