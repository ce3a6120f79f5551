"""A server of its own for each test: what it seals under is changed."""

import pytest

from conftest import boto3_client, check_log
from support import postgres
from support.app import PASSWORD, App
from support.server import Server, build


@pytest.fixture(params=["sqlite", "postgresql"])
def node(request, tmp_path):
    build()
    if request.param == "sqlite":
        yield from _running(Server(tmp_path, f"sqlite:{tmp_path}/martlet.db"))
    else:
        with postgres.cluster() as url:
            yield from _running(Server(tmp_path, url))


def _running(server):
    server.start()
    yield server
    assert server.stop() == 0
    check_log(server)


@pytest.fixture
def admin(node):
    key = node.create_key()
    client = boto3_client(node.url, key.id, key.secret)
    node.secrets.watch(client)
    return client


@pytest.fixture
def app(admin):
    """A client with a secret, in a pool that remembers passwords."""
    pool = admin.create_user_pool(
        PoolName="keys", Policies={"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 3}}
    )["UserPool"]["Id"]
    flows = ["ALLOW_USER_AUTH", "ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]
    made = admin.create_user_pool_client(
        UserPoolId=pool, ClientName="app", ExplicitAuthFlows=flows, GenerateSecret=True
    )["UserPoolClient"]
    return App(admin, pool, made["ClientId"], made["ClientSecret"], made)


@pytest.fixture
def ada(admin, app):
    admin.admin_create_user(UserPoolId=app.pool, Username="ada", MessageAction="SUPPRESS")
    admin.admin_set_user_password(UserPoolId=app.pool, Username="ada", Password=PASSWORD, Permanent=True)
    return "ada"
