"""AdminUpdateUserAttributes, UpdateUserAttributes, and what GetUser shows."""

import pytest

from support.app import PASSWORD, pairs, values
from support.errors import refused


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(AutoVerifiedAttributes=["email"], Schema=[
        {"Name": "badge", "AttributeDataType": "String", "Mutable": False},
        {"Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
    ]))


@pytest.fixture
def email(name):
    return f"{name('at')}@example.com"


def shown(app, username):
    return values(app.cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserAttributes"])


def admin_update(app, username, **attributes):
    app.cognito.admin_update_user_attributes(
        UserPoolId=app.pool, Username=username, UserAttributes=pairs(attributes)
    )


def update(app, username, **attributes):
    token = app.sign_in(username, PASSWORD)["AccessToken"]
    return app.cognito.update_user_attributes(AccessToken=token, UserAttributes=pairs(attributes))


def test_attributes_are_set_and_changed(app, user):
    username = user(app.pool, given_name="Ada")
    admin_update(app, username, given_name="Augusta", family_name="King")
    assert {"given_name": "Augusta", "family_name": "King"}.items() <= shown(app, username).items()


def test_an_empty_value_deletes(app, user):
    username = user(app.pool, given_name="Ada")
    admin_update(app, username, given_name="")
    assert "given_name" not in shown(app, username)


def test_an_update_is_all_or_nothing(app, user):
    username = user(app.pool, given_name="Ada")
    message = "Attributes did not conform to the schema: custom:x: Attribute does not exist in the schema.\n"
    with refused("InvalidParameterException", message):
        admin_update(app, username, **{"given_name": "Augusta", "custom:x": "1"})
    assert shown(app, username)["given_name"] == "Ada"


def test_an_immutable_attribute_is_set_once(app, user):
    username = user(app.pool, **{"custom:badge": "gold"})
    with refused("InvalidParameterException", "user.custom:badge: Attribute cannot be updated."):
        admin_update(app, username, **{"custom:badge": "lead"})
    with refused("InvalidParameterException", "user.sub: Attribute cannot be updated."):
        admin_update(app, username, sub="another")


def test_a_required_attribute_stays(pool, client, user):
    app = client(pool(Schema=[{"Name": "given_name", "Required": True}]))
    username = user(app.pool, given_name="Ada")
    message = "Attributes did not conform to the schema: given_name: The attribute is required\n"
    with refused("InvalidParameterException", message):
        admin_update(app, username, given_name="")


def test_a_new_address_is_not_verified_and_gets_a_code(app, user, email, inbox):
    username = user(app.pool, email="old@example.com", email_verified="true")
    answer = update(app, username, email=email)
    assert answer["CodeDeliveryDetailsList"] == [
        {"AttributeName": "email", "DeliveryMedium": "EMAIL", "Destination": "a***@e***"},
    ]
    assert inbox.code(email)
    assert (shown(app, username)["email"], shown(app, username)["email_verified"]) == (email, "false")


def test_an_administrator_may_vouch_for_it(app, user, email, inbox):
    username = user(app.pool, email="old@example.com", email_verified="true")
    admin_update(app, username, email=email, email_verified="true")
    assert (shown(app, username)["email"], shown(app, username)["email_verified"]) == (email, "true")
    assert inbox.to(email) == []


def test_where_verification_comes_first_the_old_address_stays(pool, client, user, email, inbox):
    app = client(pool(
        AutoVerifiedAttributes=["email"],
        UserAttributeUpdateSettings={"AttributesRequireVerificationBeforeUpdate": ["email"]},
    ))
    username = user(app.pool, email="old@example.com", email_verified="true")
    update(app, username, email=email)
    assert inbox.code(email)
    assert (shown(app, username)["email"], shown(app, username)["email_verified"]) == ("old@example.com", "true")


@pytest.mark.parametrize("attribute", ["email_verified", "phone_number_verified", "dev:custom:note"])
def test_what_only_an_administrator_writes(app, user, attribute):
    username = user(app.pool)
    with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
        update(app, username, **{attribute: "true"})
    admin_update(app, username, **{attribute: "true"})
    assert shown(app, username)[attribute] == "true"


def test_a_client_writes_what_it_may(client, app, user):
    narrow = client(app.pool, WriteAttributes=["given_name"])
    username = user(app.pool)
    update(narrow, username, given_name="Ada")
    with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
        update(narrow, username, family_name="King")
    assert shown(app, username)["given_name"] == "Ada"


def test_a_client_reads_what_it_may(cognito, client, app, user):
    narrow = client(app.pool, ReadAttributes=["given_name"])
    username = user(app.pool, given_name="Ada", family_name="King", **{"dev:custom:note": "careful"})
    everything = cognito.get_user(AccessToken=app.sign_in(username, PASSWORD)["AccessToken"])
    assert set(values(everything["UserAttributes"])) == {"sub", "given_name", "family_name"}
    little = cognito.get_user(AccessToken=narrow.sign_in(username, PASSWORD)["AccessToken"])
    assert set(values(little["UserAttributes"])) == {"sub", "given_name"}


def test_a_changed_username_address_is_the_new_name(pool, client, user, name, email):
    app = client(pool(UsernameAttributes=["email"]))
    old = user(app.pool, f"{name('at')}@example.com")
    admin_update(app, old, email=email)
    assert app.sign_in(email, PASSWORD)
    with refused("UserNotFoundException", "User does not exist."):
        app.sign_in(old, PASSWORD)


def test_an_address_that_somebody_else_has(pool, client, user, name):
    app = client(pool(AliasAttributes=["email"]))
    taken = f"{name('at')}@example.com"
    user(app.pool, email=taken, email_verified="true")
    username = user(app.pool)
    with refused("AliasExistsException", "An account with the email already exists."):
        admin_update(app, username, email=taken, email_verified="true")
    update(app, username, email=taken)
    assert shown(app, username)["email_verified"] == "false"
