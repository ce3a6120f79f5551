"""Finding 12: an address isn't flooded, whoever asks."""

import time

import pytest

from support.app import PASSWORD

VICTIM = {"email": "victim@example.com", "phone_number": "+4915112345678"}


@pytest.fixture
def app(target):
    """The client of a pool that verifies addresses."""
    pool = target.administer("CreateUserPool", PoolName="p", AutoVerifiedAttributes=["email", "phone_number"])
    return target.administer(
        "CreateUserPoolClient", UserPoolId=pool["UserPool"]["Id"], ClientName="a",
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"],
    )["UserPoolClient"]["ClientId"]


def sign_up(target, app, username, attribute, value):
    return target.wire.call("SignUp", {
        "ClientId": app, "Username": username, "Password": PASSWORD,
        "UserAttributes": [{"Name": attribute, "Value": value}],
    })


def spellings(value):
    """The ways to write an address that all reach it."""
    return [value, value.upper(), value.title()]


@pytest.mark.parametrize("attribute", VICTIM)
def test_sixty_sign_ups(target, app, report, attribute):
    address = VICTIM[attribute]
    written = spellings(address)
    answers = [
        sign_up(target, app, f"user{number}", attribute, written[number % len(written)]) for number in range(60)
    ]
    assert {answer.status_code for answer in answers} == {200}
    shown = {answer.json()["CodeDeliveryDetails"]["Destination"].lower() for answer in answers}
    assert len(shown) == 1
    for number in range(10):
        answer = target.wire.call("ResendConfirmationCode", {"ClientId": app, "Username": f"user{number}"})
        assert answer.status_code == 200
    sign_up(target, app, "other", "email", "other@example.com")
    target.server.inbox.wait("other@example.com")
    time.sleep(0.2)
    messages = [message for message in target.server.inbox.messages if message["To"].lower() == address]
    report(f"60 sign-ups and 10 resends to one {attribute}", f"{len(messages)} messages")
    assert len(messages) == 20
