"""Servers, clients and factories. Everything that touches `server` runs once on each database engine."""

import itertools
import json

import boto3
import pytest
from botocore.config import Config

from support import functions as rig
from support import postgres, quick_keys
from support.app import PASSWORD, App, pairs
from support.server import ENVIRONMENT, REGION, DevelopmentServer, Server, build
from support.wire import Wire

# Errors that an operation answers though its model doesn't declare them, each with the reason.
UNDECLARED = {
    # The description of ForceAliasCreation promises it; the list of errors forgot it.
    ("AdminCreateUser", "AliasExistsException"),
}


def pytest_configure():
    ENVIRONMENT["LD_PRELOAD"] = str(quick_keys.build())


@pytest.fixture(scope="session")
def functions():
    """Where the server calls the functions of pools: `functions.add(handler)` gives the ARN of one."""
    with rig.LambdaEndpoint() as endpoint:
        yield endpoint


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def server(request, tmp_path_factory, functions):
    build()
    folder = tmp_path_factory.mktemp("server")
    settings = {"environment": rig.ENVIRONMENT}
    flags = ["--lambda-endpoint", functions.url]
    if request.param == "sqlite":
        yield from running(Server(folder, f"sqlite:{folder}/martlet.db", *flags, **settings))
    else:
        with postgres.cluster() as url:
            yield from running(Server(folder, url, *flags, **settings))


def running(server):
    server.start()
    yield server
    assert server.stop() == 0
    check_log(server)


def check_log(server):
    """Over all that the tests did: the log is JSON, tells no secret and no error that a model doesn't declare."""
    assert server.secrets.found_in("\n".join(server.log)) == set()
    lines = [json.loads(line) for line in server.log]
    assert {(line["operation"], line["error"]) for line in lines if line.get("undeclared")} <= UNDECLARED
    assert [line for line in lines if line.get("status", 0) >= 500] == []
    named = [line for line in lines if line.get("operation") in {"InitiateAuth", "GetUser", "AdminGetUser"}]
    assert named and all("pool" in line for line in named if line["status"] == 200)


@pytest.fixture(scope="session")
def inbox(server):
    return server.inbox


@pytest.fixture(scope="session")
def key(server):
    return server.create_key()


@pytest.fixture(scope="session")
def wire(server, key):
    return Wire(server.url, server.secrets, key)


def boto3_client(url, key_id, secret):
    """Checks nothing and retries nothing, so that the server is what is tested."""
    return boto3.client(
        "cognito-idp", REGION, endpoint_url=url, aws_access_key_id=key_id, aws_secret_access_key=secret,
        config=Config(parameter_validation=False, retries={"total_max_attempts": 1}),
    )


@pytest.fixture(scope="session")
def cognito(server, key):
    client = boto3_client(server.url, key.id, key.secret)
    server.secrets.watch(client)
    return client


@pytest.fixture(scope="session")
def pool(cognito):
    """Makes pools: `pool(AliasAttributes=["email"])` returns an id."""

    def make(**settings):
        return cognito.create_user_pool(**{"PoolName": "wire", **settings})["UserPool"]["Id"]

    return make


@pytest.fixture(scope="session")
def client(cognito):
    """Makes app clients that sign in by password, SRP and refresh unless told otherwise."""

    def make(pool, **settings):
        flows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_USER_SRP_AUTH"]
        if "RefreshTokenRotation" not in settings:
            flows.append("ALLOW_REFRESH_TOKEN_AUTH")
        made = cognito.create_user_pool_client(
            **{"UserPoolId": pool, "ClientName": "app", "ExplicitAuthFlows": flows, **settings}
        )["UserPoolClient"]
        return App(cognito, pool, made["ClientId"], made.get("ClientSecret"), made)

    return make


@pytest.fixture(scope="session")
def name():
    """Makes names that nobody else has."""
    numbers = itertools.count(1)
    return lambda prefix="user": f"{prefix}{next(numbers)}"


@pytest.fixture(scope="session")
def user(cognito, name):
    """Makes confirmed users with a password of their own; returns the name to sign in by."""

    def make(pool, username=None, password=PASSWORD, **attributes):
        username = username or name()
        cognito.admin_create_user(
            UserPoolId=pool, Username=username, MessageAction="SUPPRESS", UserAttributes=pairs(attributes)
        )
        cognito.admin_set_user_password(UserPoolId=pool, Username=username, Password=password, Permanent=True)
        return username

    return make


@pytest.fixture(scope="session")
def development():
    build()
    server = DevelopmentServer()
    server.start()
    yield server
    server.stop()
