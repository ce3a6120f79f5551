"""`martlet dev`: any key, pinned ids, an inbox and a clean slate."""

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config

from support.errors import assert_cross_origin, refused
from support.server import REGION

PASSWORD = "Correct-Horse-7"


def client(development, region=REGION, **options):
    return boto3.client("cognito-idp", region, endpoint_url=development.url, **options)


@pytest.fixture
def cognito(development):
    requests.post(development.url + "/_martlet/reset", timeout=10).raise_for_status()
    return client(development, aws_access_key_id="any", aws_secret_access_key="thing")


def messages(development, **query):
    return development.get("/_martlet/messages", params=query).json()["Messages"]


def sign_up(cognito, *addresses):
    pool = cognito.create_user_pool(PoolName="demo", AutoVerifiedAttributes=["email"])["UserPool"]["Id"]
    app = cognito.create_user_pool_client(UserPoolId=pool, ClientName="app")["UserPoolClient"]["ClientId"]
    for number, address in enumerate(addresses):
        cognito.sign_up(
            ClientId=app, Username=f"user{number}", Password=PASSWORD,
            UserAttributes=[{"Name": "email", "Value": address}],
        )
    return app


def test_the_greeting_names_the_endpoint(development):
    assert development.greeting == f"Martlet is ready on {development.url} (region us-east-1). Try:\n"


def test_any_signature_is_accepted_and_so_is_none(development, cognito):
    assert cognito.list_user_pools(MaxResults=1)["UserPools"] == []
    unsigned = client(development, config=Config(signature_version=UNSIGNED))
    assert unsigned.list_user_pools(MaxResults=1)["UserPools"] == []


def test_the_region_is_the_signatures(development, cognito):
    options = {"aws_access_key_id": "any", "aws_secret_access_key": "thing"}
    for region in ("eu-central-1", "ap-south-1"):
        made = client(development, region, **options).create_user_pool(PoolName="demo")["UserPool"]
        assert made["Id"].startswith(f"{region}_")
        assert len(client(development, region, **options).list_user_pools(MaxResults=5)["UserPools"]) == 1


def test_without_a_signature_it_is_the_default(development, cognito):
    unsigned = client(development, config=Config(signature_version=UNSIGNED))
    assert unsigned.create_user_pool(PoolName="demo")["UserPool"]["Id"].startswith("us-east-1_")


def test_messages_are_kept_in_order(development, cognito):
    sign_up(cognito, "a@example.com", "b+tag@example.com", "a@example.com")
    everything = messages(development)
    assert [message["To"] for message in everything] == ["a@example.com", "b+tag@example.com", "a@example.com"]
    assert set(everything[0]) == {"To", "Channel", "Subject", "Body", "Code", "SentAt"}
    assert everything[0]["Channel"] == "EMAIL"
    assert everything[0]["Code"] in everything[0]["Body"]


def test_messages_to_one_address(development, cognito):
    sign_up(cognito, "a@example.com", "b+tag@example.com")
    assert [message["To"] for message in messages(development, to="b+tag@example.com")] == ["b+tag@example.com"]
    plain = development.get("/_martlet/messages?to=b+tag@example.com").json()["Messages"]
    assert len(plain) == 1
    assert messages(development, to="nobody@example.com") == []


def test_a_code_from_the_inbox_confirms(development, cognito):
    app = sign_up(cognito, "a@example.com")
    code = messages(development, to="a@example.com")[0]["Code"]
    cognito.confirm_sign_up(ClientId=app, Username="user0", ConfirmationCode=code)


def test_reset_forgets_everything(development, cognito):
    app = sign_up(cognito, "a@example.com")
    assert requests.post(development.url + "/_martlet/reset", timeout=10).status_code == 200
    assert messages(development) == []
    assert cognito.list_user_pools(MaxResults=1)["UserPools"] == []
    with refused("ResourceNotFoundException", f"User pool client {app} does not exist."):
        cognito.forgot_password(ClientId=app, Username="user0")
    assert sign_up(cognito, "a@example.com")


def test_reset_is_posted(development):
    response = development.get("/_martlet/reset")
    assert (response.status_code, response.headers["allow"]) == (405, "POST")


def test_a_tag_pins_the_id_of_a_pool(cognito):
    tags = {"martlet:id": f"{REGION}_Pinned001", "team": "a"}
    made = cognito.create_user_pool(PoolName="demo", UserPoolTags=tags)["UserPool"]
    assert (made["Id"], made["UserPoolTags"]) == (f"{REGION}_Pinned001", tags)
    with refused("InvalidParameterException", f"User pool {REGION}_Pinned001 already exists."):
        cognito.create_user_pool(PoolName="demo", UserPoolTags=tags)
    for wrong in ("us-east-1_Pinned001", "Pinned001", f"{REGION}_Pinned 1"):
        with pytest.raises(cognito.exceptions.InvalidParameterException):
            cognito.create_user_pool(PoolName="demo", UserPoolTags={"martlet:id": wrong})


@pytest.mark.parametrize("name, expected", [("martlet-id=myclient1", "myclient1"), ("martlet-id=myclient1,app", "app")])
def test_a_name_pins_the_id_of_a_client(cognito, name, expected):
    pool = cognito.create_user_pool(PoolName="demo")["UserPool"]["Id"]
    made = cognito.create_user_pool_client(UserPoolId=pool, ClientName=name)["UserPoolClient"]
    assert (made["ClientId"], made["ClientName"]) == ("myclient1", expected)
    with refused("InvalidParameterException", "User pool client myclient1 already exists."):
        cognito.create_user_pool_client(UserPoolId=pool, ClientName=name)


def test_health(development):
    assert development.get("/_martlet/health").json() == {"status": "ok"}


@pytest.mark.parametrize("path", ["/_martlet/health", "/_martlet/messages", "/nothing"])
def test_every_origin_may_read(development, path):
    assert_cross_origin(development.get(path, headers={"Origin": "http://localhost:3000"}))


def test_the_issuer_is_the_port_that_was_free(development, cognito):
    pool = cognito.create_user_pool(PoolName="demo")["UserPool"]["Id"]
    document = development.get(f"/{pool}/.well-known/openid-configuration").json()
    assert document["issuer"] == f"{development.url}/{pool}"
