"""Pools where a verified address is a further name to sign in by."""

import pytest

from support.app import PASSWORD, values
from support.errors import refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(
        AliasAttributes=["email", "phone_number", "preferred_username"], AutoVerifiedAttributes=["email"],
    ))


@pytest.fixture
def email(name):
    return f"{name('alias')}@example.com"


def sign_up(app, name, email):
    username = name()
    app.sign_up(username, PASSWORD, {"email": email})
    return username


def confirm(app, username, code, **options):
    return app.cognito.confirm_sign_up(ClientId=app.id, Username=username, ConfirmationCode=code, **options)


def email_verified(app, username):
    shown = app.cognito.admin_get_user(UserPoolId=app.pool, Username=username)
    return values(shown["UserAttributes"])["email_verified"]


def test_an_address_is_an_alias_once_it_is_verified(cognito, app, name, email):
    username = sign_up(app, name, email)
    cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username=username)
    with refused("UserNotFoundException", "User does not exist."):
        app.sign_in(email, PASSWORD)
    cognito.admin_update_user_attributes(
        UserPoolId=app.pool, Username=username, UserAttributes=[{"Name": "email_verified", "Value": "true"}]
    )
    assert app.sign_in(email, PASSWORD)
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=email)["Username"] == username


def test_two_may_claim_an_address_but_one_has_it(app, name, email, inbox):
    first, second = sign_up(app, name, email), sign_up(app, name, email)
    inbox.wait(email, 2)
    codes = [message["Code"] for message in inbox.to(email)]
    confirm(app, first, codes[0])
    with refused("AliasExistsException", "An account with the email already exists."):
        confirm(app, second, codes[1])
    assert email_verified(app, first) == "true"


def test_the_code_still_serves_to_take_the_alias_over(cognito, app, name, email, inbox):
    first, second = sign_up(app, name, email), sign_up(app, name, email)
    inbox.wait(email, 2)
    codes = [message["Code"] for message in inbox.to(email)]
    confirm(app, first, codes[0])
    with refused("AliasExistsException", "An account with the email already exists."):
        confirm(app, second, codes[1])
    confirm(app, second, codes[1], ForceAliasCreation=True)
    assert (email_verified(app, first), email_verified(app, second)) == ("false", "true")
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=email)["Username"] == second
    assert app.sign_in(first, PASSWORD)


def test_a_username_cannot_look_like_an_alias(app, email):
    message = "Username cannot be of email format, since user pool is configured for email alias."
    with refused("InvalidParameterException", message):
        app.sign_up(email, PASSWORD)
    message = "Username cannot be of phone number format, since user pool is configured for phone number alias."
    with refused("InvalidParameterException", message):
        app.sign_up("+15550100000", PASSWORD)


def test_a_preferred_username_is_an_alias_at_once(cognito, app, user, name):
    preferred = name("preferred")
    username = user(app.pool, preferred_username=preferred)
    assert app.sign_in(preferred, PASSWORD)
    other = user(app.pool)
    with refused("AliasExistsException", "An account with the preferred_username already exists."):
        cognito.admin_update_user_attributes(
            UserPoolId=app.pool, Username=other,
            UserAttributes=[{"Name": "preferred_username", "Value": preferred}],
        )
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=preferred)["Username"] == username


def test_a_telephone_number_is_an_alias(app, user):
    user(app.pool, phone_number="+15550102222", phone_number_verified="true")
    assert app.sign_in("+15550102222", PASSWORD)
    assert app.srp("+15550102222", PASSWORD).authenticate_user()["AuthenticationResult"]


def test_an_alias_that_changes_no_longer_serves(cognito, app, user, email, name):
    username = user(app.pool, email=email, email_verified="true")
    other = f"{name('alias')}@example.com"
    cognito.admin_update_user_attributes(
        UserPoolId=app.pool, Username=username,
        UserAttributes=[{"Name": "email", "Value": other}, {"Name": "email_verified", "Value": "true"}],
    )
    assert app.sign_in(other, PASSWORD)
    with refused("UserNotFoundException", "User does not exist."):
        app.sign_in(email, PASSWORD)


def test_a_sub_is_a_name_too(cognito, app, user):
    username = user(app.pool)
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=username)
    assert app.sign_in(values(shown["UserAttributes"])["sub"], PASSWORD)
