"""Claims and scopes by a function: the example of AWS's guide for versions 2 and 3, for users and for machines. The tokens
are checked as services check them."""

import json

import jwt
import pytest
import requests

from support.app import PASSWORD
from support.errors import refused
from support.pages import Browser, Request, oauth

API = "https://api.example.com"


@pytest.fixture
def customized(cognito, pool, client, functions):
    """Makes a pool whose function is asked what tokens say; returns its ARN and how to make apps of the pool."""

    def make(handler, version):
        arn = functions.add(handler)
        made = pool(LambdaConfig={"PreTokenGenerationConfig": {"LambdaVersion": f"V{version}_0", "LambdaArn": arn}})
        cognito.create_resource_server(
            UserPoolId=made, Identifier=API, Name="API", Scopes=[{"ScopeName": "read", "ScopeDescription": "reads"}]
        )
        return arn, lambda **settings: client(made, **settings)

    return make


def verified(server, app, token):
    """The claims, once PyJWT found the signature to be of the key that the pool serves."""
    key = jwt.PyJWKClient(f"{server.url}/{app.pool}/.well-known/jwks.json").get_signing_key_from_jwt(token)
    options = {"verify_aud": False}
    return jwt.decode(token, key, algorithms=["RS256"], issuer=f"{server.url}/{app.pool}", options=options)


def enrich(event, context):
    """As the guide's examples: types of every kind, and scopes by what the caller is."""
    event["response"]["claimsAndScopeOverrideDetails"] = {
        "idTokenGeneration": {
            "claimsToAddOrOverride": {"family_name": "Doe", "plan": {"name": "gold", "seats": 3}, "sub": "somebody"},
            "claimsToSuppress": ["email"],
        },
        "accessTokenGeneration": {
            "claimsToAddOrOverride": {"tenant": "blue", "admin": True, "ids": [1, 2], "client_id": "another"},
            "scopesToAdd": [f"{API}/read"],
        },
        "groupOverrideDetails": {"groupsToOverride": ["gold"], "iamRolesToOverride": [], "preferredRole": None},
    }
    return event


def check(identity, access, name, app):
    assert identity["family_name"] == "Doe" and identity["plan"] == {"name": "gold", "seats": 3}
    assert "email" not in identity and identity["sub"] == access["sub"] != "somebody"
    assert (access["tenant"], access["admin"], access["ids"]) == ("blue", True, [1, 2])
    assert access["client_id"] == app.id and access["username"] == name
    assert identity["cognito:groups"] == access["cognito:groups"] == ["gold"]
    assert f"{API}/read" in access["scope"].split(" ")


@pytest.mark.parametrize("version", [2, 3])
def test_users_at_the_api(cognito, server, customized, functions, user, version):
    arn, make = customized(enrich, version)
    app = make()
    name = user(app.pool, email="jane@example.org", email_verified="true")
    tokens = app.sign_in(name, PASSWORD)
    claims = [verified(server, app, tokens[token]) for token in ("IdToken", "AccessToken")]
    check(*claims, name, app)
    assert claims[1]["scope"] == f"aws.cognito.signin.user.admin {API}/read"
    assert cognito.get_user(AccessToken=tokens["AccessToken"])["Username"] == name
    fresh = cognito.get_tokens_from_refresh_token(
        RefreshToken=tokens["RefreshToken"], ClientId=app.id, ClientMetadata={"reason": "renewal"}
    )["AuthenticationResult"]
    check(*[verified(server, app, fresh[token]) for token in ("IdToken", "AccessToken")], name, app)
    first, second = functions.events(arn)
    assert (first["version"], first["triggerSource"]) == (str(version), "TokenGeneration_Authentication")
    assert first["request"]["scopes"] == ["aws.cognito.signin.user.admin"]
    assert first["request"]["groupConfiguration"] == {
        "groupsToOverride": [], "iamRolesToOverride": [], "preferredRole": None,
    }
    assert "clientMetadata" not in first["request"]
    assert second["triggerSource"] == "TokenGeneration_RefreshTokens"
    assert second["request"]["clientMetadata"] == {"reason": "renewal"}


def test_the_id_token_by_version_1(server, customized, user):
    def handler(event, context):
        event["response"]["claimsOverrideDetails"] = {"claimsToAddOrOverride": {"tenant": "blue"}}
        return event

    _, make = customized(handler, 1)
    app = make()
    tokens = app.sign_in(user(app.pool), PASSWORD)
    assert verified(server, app, tokens["IdToken"])["tenant"] == "blue"
    assert "tenant" not in verified(server, app, tokens["AccessToken"])


def test_users_at_the_pages(server, customized, functions, user):
    arn, make = customized(enrich, 2)
    app = make(**oauth())
    name = user(app.pool, email="jane@example.org", email_verified="true")
    request, browser = Request(app), Browser(server.url)
    page = browser.submit(browser.open(request.path()), username=name, password=PASSWORD)
    tokens = request.redeem(server.url, request.code(page))
    server.secrets.collect(tokens)
    claims = [verified(server, app, tokens[token]) for token in ("id_token", "access_token")]
    check(*claims, name, app)
    assert functions.sources(arn) == ["TokenGeneration_HostedAuth"]


def test_machines(server, customized, functions):
    def handler(event, context):
        environment = event["request"].get("clientMetadata", {}).get("environment")
        if environment is None:
            raise Exception("which environment")
        event["response"]["claimsAndScopeOverrideDetails"] = {
            "accessTokenGeneration": {
                "claimsToAddOrOverride": {"environment": environment, "sub": "somebody"},
                "scopesToAdd": ["api:write_restricted"], "scopesToSuppress": [f"{API}/read"],
            },
        }
        return event

    arn, make = customized(handler, 3)
    machine = make(
        GenerateSecret=True, AllowedOAuthFlows=["client_credentials"], AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=[f"{API}/read"],
    )

    def ask(**form):
        form["grant_type"] = "client_credentials"
        answer = requests.post(f"{server.url}/oauth2/token", data=form, auth=(machine.id, machine.secret), timeout=30)
        server.secrets.collect(answer.json())
        return answer

    answer = ask(aws_client_metadata=json.dumps({"environment": "dev"}))
    assert answer.status_code == 200, answer.text
    claims = verified(server, machine, answer.json()["access_token"])
    assert claims["environment"] == "dev" and claims["scope"] == "api:write_restricted"
    assert claims["sub"] == claims["client_id"] == machine.id
    event = functions.events(arn)[0]
    assert (event["version"], event["userName"]) == ("3", "ClientCredentials")
    assert event["triggerSource"] == "TokenGeneration_ClientCredentials"
    assert event["request"] == {
        "userAttributes": {}, "groupConfiguration": None, "scopes": [f"{API}/read"],
        "clientMetadata": {"environment": "dev"},
    }
    answer = ask()
    assert answer.status_code == 400
    assert answer.json() == {"error": "PreTokenGeneration failed with error which environment. "}


def test_who_is_refused_gets_no_tokens(cognito, customized, user):
    def handler(event, context):
        raise Exception("No access to this app")

    _, make = customized(handler, 2)
    app = make()
    name = user(app.pool)
    with refused("UserLambdaValidationException", "PreTokenGeneration failed with error No access to this app."):
        app.sign_in(name, PASSWORD)
