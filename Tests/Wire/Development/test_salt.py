"""A salt is a number: one that begins with a zero byte must sign in with every SRP client. One in 256 does."""

import boto3
import pytest
from botocore.config import Config

from support.app import PASSWORD, App
from support.server import REGION


@pytest.fixture
def app(development):
    cognito = boto3.client(
        "cognito-idp", REGION, endpoint_url=development.url, aws_access_key_id="any", aws_secret_access_key="thing",
        config=Config(parameter_validation=False),
    )
    pool = cognito.create_user_pool(PoolName="salt")["UserPool"]["Id"]
    made = cognito.create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]
    return App(cognito, pool, made["ClientId"])


def salt(app, username):
    return app.initiate("USER_SRP_AUTH", USERNAME=username, SRP_A="2a")["ChallengeParameters"]["SALT"]


def test_a_salt_that_begins_with_zero(app):
    app.cognito.admin_create_user(UserPoolId=app.pool, Username="ada", MessageAction="SUPPRESS")
    for _ in range(3000):
        app.cognito.admin_set_user_password(
            UserPoolId=app.pool, Username="ada", Password=PASSWORD, Permanent=True
        )
        found = salt(app, "ada")
        if len(found) < 32 or found.startswith("00"):
            break
    assert len(found) < 32
    assert not found.startswith("00")
    assert app.srp("ada", PASSWORD).authenticate_user()["AuthenticationResult"]
