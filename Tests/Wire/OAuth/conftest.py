"""Clients of OAuth, and the endpoints as they reach them."""

from dataclasses import dataclass

import pytest
import requests

from support.secrets import Secrets

API = "https://api.example.com"
CALLBACK = "https://app.example.com/callback"


@dataclass(frozen=True)
class Endpoints:
    url: str
    secrets: Secrets

    def post(self, path, auth=None, headers=None, **form):
        """A form, as `requests` sends it; what comes back is kept out of the log."""
        response = requests.post(f"{self.url}/oauth2/{path}", data=form, auth=auth, headers=headers, timeout=30)
        if response.content:
            self.secrets.collect(response.json())
        return response

    def token(self, grant, auth=None, **form):
        return self.post("token", auth, grant_type=grant, **form)

    def get(self, path, **options):
        return requests.get(f"{self.url}{path}", allow_redirects=False, timeout=30, **options)


@pytest.fixture(scope="session")
def oauth(server):
    return Endpoints(server.url, server.secrets)


@pytest.fixture(scope="module")
def shared(cognito, pool):
    """A pool with a resource server."""
    made = pool()
    cognito.create_resource_server(
        UserPoolId=made, Identifier=API, Name="API",
        Scopes=[{"ScopeName": name, "ScopeDescription": name} for name in ("read", "write")],
    )
    return made


@pytest.fixture(scope="module")
def machine(client, shared):
    """A client that gets tokens for itself."""
    return client(
        shared, GenerateSecret=True, ExplicitAuthFlows=["ALLOW_REFRESH_TOKEN_AUTH"],
        AllowedOAuthFlows=["client_credentials"], AllowedOAuthFlowsUserPoolClient=True,
        AllowedOAuthScopes=[f"{API}/read", f"{API}/write"],
    )


@pytest.fixture(scope="module")
def web(client, shared):
    """Makes clients that users sign in to."""

    def make(**settings):
        return client(
            shared,
            **{
                "AllowedOAuthFlows": ["code"], "AllowedOAuthFlowsUserPoolClient": True,
                "AllowedOAuthScopes": ["openid", "email"], "CallbackURLs": [CALLBACK],
                "LogoutURLs": ["https://app.example.com/bye"], "SupportedIdentityProviders": ["COGNITO"], **settings,
            },
        )

    return make
