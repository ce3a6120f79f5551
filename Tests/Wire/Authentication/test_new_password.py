"""NEW_PASSWORD_REQUIRED: the first sign-in of a user whom an administrator made."""

import json

import pytest
from pycognito.exceptions import ForceChangePasswordException

from support.app import PASSWORD, pairs, values
from support.errors import refused

TEMPORARY = "Temporary-Horse-7"


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(Schema=[
        {"Name": "given_name", "Required": True},
        {"Name": "badge", "AttributeDataType": "String"},
    ]))


@pytest.fixture
def invited(app, name):
    return invite(app, name(), given_name="Ada")


def invite(app, username, **attributes):
    app.cognito.admin_create_user(
        UserPoolId=app.pool, Username=username, TemporaryPassword=TEMPORARY, MessageAction="SUPPRESS",
        UserAttributes=pairs(attributes),
    )
    return username


def begin(app, username):
    return app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=TEMPORARY)


def answer(app, session, username, **responses):
    return app.respond("NEW_PASSWORD_REQUIRED", session, USERNAME=username, **responses)


def test_the_new_password_confirms(cognito, app, invited):
    answer(app, begin(app, invited)["Session"], invited, NEW_PASSWORD=PASSWORD)
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=invited)["UserStatus"] == "CONFIRMED"
    assert app.sign_in(invited, PASSWORD)


def test_attributes_may_come_along(cognito, app, invited):
    session = begin(app, invited)["Session"]
    tokens = answer(
        app, session, invited, NEW_PASSWORD=PASSWORD, **{"userAttributes.custom:badge": "gold"}
    )["AuthenticationResult"]
    shown = values(cognito.get_user(AccessToken=tokens["AccessToken"])["UserAttributes"])
    assert shown["custom:badge"] == "gold"


def test_a_required_attribute_that_is_set_stays(app, invited):
    session = begin(app, invited)["Session"]
    with refused("InvalidParameterException", "Cannot modify an already provided given_name"):
        answer(app, session, invited, NEW_PASSWORD=PASSWORD, **{"userAttributes.given_name": "Augusta"})


def test_required_attributes_that_are_missing(cognito, app, name):
    username = name()
    invite(app, username)
    challenge = begin(app, username)
    assert json.loads(challenge["ChallengeParameters"]["requiredAttributes"]) == ["userAttributes.given_name"]
    with refused("InvalidParameterException", "Invalid attributes given, given_name is missing"):
        answer(app, challenge["Session"], username, NEW_PASSWORD=PASSWORD)
    answer(app, challenge["Session"], username, NEW_PASSWORD=PASSWORD, **{"userAttributes.given_name": "Ada"})
    shown = values(cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserAttributes"])
    assert shown["given_name"] == "Ada"


def test_a_password_that_does_not_conform_leaves_the_session(app, invited):
    session = begin(app, invited)["Session"]
    with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
        answer(app, session, invited, NEW_PASSWORD="Ab1!xyz")
    assert answer(app, session, invited, NEW_PASSWORD=PASSWORD)["AuthenticationResult"]


def test_an_attribute_that_the_client_may_not_write(app, invited):
    session = begin(app, invited)["Session"]
    with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
        answer(app, session, invited, NEW_PASSWORD=PASSWORD, **{"userAttributes.email_verified": "true"})


def test_the_new_password_is_required(app, invited):
    with refused("InvalidParameterException", "Missing required parameter NEW_PASSWORD"):
        answer(app, begin(app, invited)["Session"], invited)


def test_a_replaced_temporary_password_ends_its_session(cognito, app, invited):
    session = begin(app, invited)["Session"]
    cognito.admin_set_user_password(UserPoolId=app.pool, Username=invited, Password=PASSWORD, Permanent=True)
    with refused("NotAuthorizedException", "Invalid session for the user."):
        answer(app, session, invited, NEW_PASSWORD="Another-Horse-7")
    assert app.sign_in(invited, PASSWORD)


@pytest.mark.parametrize("settings", [{}, {"GenerateSecret": True}])
def test_through_pycognito(client, app, invited, settings):
    by_srp = client(app.pool, **settings)
    with pytest.raises(ForceChangePasswordException):
        by_srp.srp(invited, TEMPORARY).authenticate_user()
    tokens = by_srp.srp(invited, TEMPORARY).set_new_password_challenge(PASSWORD)
    assert tokens["AuthenticationResult"]["IdToken"]
    assert by_srp.srp(invited, PASSWORD).authenticate_user()["AuthenticationResult"]
