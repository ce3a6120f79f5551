"""SignUp: names, attributes and passwords."""

import pytest

from support.app import PASSWORD, pairs, values
from support.errors import UUID, refused


@pytest.fixture(scope="module")
def app(pool, client):
    """A client of a pool whose users choose a username."""
    return client(pool(Schema=[
        {"Name": "level", "AttributeDataType": "Number",
         "NumberAttributeConstraints": {"MinValue": "1", "MaxValue": "10"}},
        {"Name": "badge", "AttributeDataType": "String", "Mutable": False,
         "StringAttributeConstraints": {"MinLength": "3", "MaxLength": "5"}},
        {"Name": "active", "AttributeDataType": "Boolean"},
        {"Name": "since", "AttributeDataType": "DateTime"},
        {"Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
    ]))


def test_without_auto_verification_no_code_is_sent(cognito, app, name):
    username = name()
    answer = app.sign_up(username, PASSWORD, {"email": "ada@example.org"})
    answer.pop("ResponseMetadata")
    assert UUID.fullmatch(answer.pop("UserSub"))
    assert answer == {"UserConfirmed": False}
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=username)
    assert (shown["Username"], shown["UserStatus"], shown["Enabled"]) == (username, "UNCONFIRMED", True)
    assert set(values(shown["UserAttributes"])) == {"sub", "email"}


def test_a_taken_username(app, name):
    username = name()
    app.sign_up(username, PASSWORD)
    with refused("UsernameExistsException", "User already exists"):
        app.sign_up(username, PASSWORD)


def test_usernames_differ_by_case(app, name):
    username = name("case")
    app.sign_up(username, PASSWORD)
    app.sign_up(username.upper(), PASSWORD)


@pytest.mark.parametrize("addresses", [
    {"UsernameConfiguration": {"CaseSensitive": False}},
    {"UsernameConfiguration": {"CaseSensitive": False}, "UsernameAttributes": ["email"]},
])
def test_unless_the_pool_says_that_they_do_not(cognito, pool, client, addresses, name):
    app = client(pool(**addresses))
    username = f"{name('Case')}@Example.com"
    sub = app.sign_up(username, PASSWORD)["UserSub"]
    with pytest.raises(cognito.exceptions.UsernameExistsException):
        app.sign_up(username.swapcase(), PASSWORD)
    cognito.admin_confirm_sign_up(UserPoolId=app.pool, Username=username.lower())
    assert app.sign_in(username.upper(), PASSWORD)
    shown = cognito.admin_get_user(UserPoolId=app.pool, Username=username.upper())
    assert shown["Username"] == (sub if "UsernameAttributes" in addresses else username)


@pytest.mark.parametrize("attribute, value, complaint", [
    ("custom:nothing", "1", "custom:nothing: Attribute does not exist in the schema."),
    ("custom:level", "eleven", "custom:level: Attribute value must be a number."),
    ("custom:level", "0", "custom:level: Number must be greater than or equal to 1"),
    ("custom:level", "11", "custom:level: Number must be less than or equal to 10"),
    ("custom:badge", "ab", "custom:badge: String must be longer than or equal to 3 characters"),
    ("custom:badge", "abcdef", "custom:badge: String must be no longer than 5 characters"),
    ("custom:active", "yes", "custom:active: Attribute value must be a boolean."),
    ("birthdate", "1.1.1990", "birthdate: String must be longer than or equal to 10 characters"),
])
def test_attributes_conform_to_the_schema(app, name, attribute, value, complaint):
    with refused("InvalidParameterException", f"Attributes did not conform to the schema: {complaint}\n"):
        app.sign_up(name(), PASSWORD, {attribute: value})


def test_all_violations_of_the_schema_are_told(app, name):
    message = (
        "Attributes did not conform to the schema: custom:level: Number must be less than or equal to 10\n"
        "custom:badge: String must be longer than or equal to 3 characters\n"
    )
    with refused("InvalidParameterException", message):
        app.sign_up(name(), PASSWORD, {"custom:level": "11", "custom:badge": "ab"})


@pytest.mark.parametrize("attribute, value, message", [
    ("email", "no-address", "Invalid email address format."),
    ("email", "two@at@example.com", "Invalid email address format."),
    ("phone_number", "0151 1234567", "Invalid phone number format."),
    ("phone_number", "+49 151 1234567", "Invalid phone number format."),
])
def test_addresses_have_their_format(app, name, attribute, value, message):
    with refused("InvalidParameterException", message):
        app.sign_up(name(), PASSWORD, {attribute: value})


def test_custom_attributes_are_kept_as_they_were(cognito, app, name):
    attributes = {"custom:level": "7", "custom:badge": "gold", "custom:active": "true"}
    username = name()
    app.sign_up(username, PASSWORD, attributes)
    shown = values(cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserAttributes"])
    assert attributes.items() <= shown.items()


@pytest.mark.parametrize("attribute", ["email_verified", "phone_number_verified", "dev:custom:note"])
def test_attributes_that_only_an_administrator_writes(app, name, attribute):
    with refused("NotAuthorizedException", "A client attempted to write unauthorized attribute"):
        app.sign_up(name(), PASSWORD, {attribute: "true"})


def test_a_required_attribute(pool, client, name):
    app = client(pool(Schema=[{"Name": "email", "Required": True}, {"Name": "given_name", "Required": True}]))
    message = "Attributes did not conform to the schema: email: The attribute is required\n"
    with refused("InvalidParameterException", message):
        app.sign_up(name(), PASSWORD, {"given_name": "Ada"})
    app.sign_up(name(), PASSWORD, {"given_name": "Ada", "email": "ada@example.com"})


@pytest.mark.parametrize("usernames, message", [
    (["email"], "Username should be an email."),
    (["phone_number"], "Username should be a phone number."),
    (["email", "phone_number"], "Username should be either an email or a phone number."),
])
def test_a_name_that_is_no_address_of_the_pool(pool, client, usernames, message):
    with refused("InvalidParameterException", message):
        client(pool(UsernameAttributes=usernames)).sign_up("ada", PASSWORD)


def test_a_telephone_number_as_username(cognito, pool, client, inbox):
    app = client(pool(UsernameAttributes=["phone_number"], AutoVerifiedAttributes=["phone_number"]))
    answer = app.sign_up("+15550109934", PASSWORD)
    assert answer["CodeDeliveryDetails"] == {
        "AttributeName": "phone_number", "DeliveryMedium": "SMS", "Destination": "+*******9934",
    }
    message = inbox.wait("+15550109934")
    assert message["Channel"] == "SMS"
    assert "Subject" not in message
    cognito.confirm_sign_up(ClientId=app.id, Username="+15550109934", ConfirmationCode=message["Code"])
    assert app.sign_in("+15550109934", PASSWORD)
    with refused("UsernameExistsException", "An account with the given phone_number already exists."):
        app.sign_up("+15550109934", PASSWORD)


def test_of_two_auto_verified_addresses_the_telephone_gets_the_code(pool, client, name, inbox):
    app = client(pool(AutoVerifiedAttributes=["email", "phone_number"]))
    answer = app.sign_up(name(), PASSWORD, {"email": "both@example.com", "phone_number": "+15550101111"})
    assert answer["CodeDeliveryDetails"]["AttributeName"] == "phone_number"
    inbox.wait("+15550101111")
    assert inbox.to("both@example.com") == []


def test_a_pool_can_leave_sign_up_to_administrators(pool, client):
    app = client(pool(AdminCreateUserConfig={"AllowAdminCreateUserOnly": True}))
    with refused("NotAuthorizedException", "SignUp is not permitted for this user pool"):
        app.sign_up("ada", PASSWORD)


def test_a_client_with_a_secret(client, app, name):
    secretive = client(app.pool, GenerateSecret=True)
    username = name()
    message = f"Client {secretive.id} is configured with secret but SECRET_HASH was not received"
    with refused("NotAuthorizedException", message):
        secretive.sign_up(username, PASSWORD)
    with refused("NotAuthorizedException", f"Unable to verify secret hash for client {secretive.id}"):
        secretive.sign_up(username, PASSWORD, SecretHash=secretive.secret_hash("somebody else"))
    secretive.sign_up(username, PASSWORD, SecretHash=secretive.secret_hash(username))


def test_a_message_of_the_pools_own(pool, client, name, inbox):
    app = client(pool(AutoVerifiedAttributes=["email"], VerificationMessageTemplate={
        "EmailSubject": "Welcome", "EmailMessage": "Hello, {####} is your code.",
    }))
    email = f"{name()}@example.com"
    app.sign_up(name(), PASSWORD, {"email": email})
    message = inbox.wait(email)
    assert message["Subject"] == "Welcome"
    assert message["Body"] == f"Hello, {message['Code']} is your code."
    assert message["Code"].isdigit() and len(message["Code"]) == 6


@pytest.mark.parametrize("policy, password, complaint", [
    ({"MinimumLength": 6}, "abcdef", None),
    ({"MinimumLength": 10}, "abcdefghi", "Password not long enough"),
    ({"MinimumLength": 6, "RequireUppercase": True}, "abcdef", "Password must have uppercase characters"),
    ({"MinimumLength": 6, "RequireLowercase": True}, "ABCDEF", "Password must have lowercase characters"),
    ({"MinimumLength": 6, "RequireNumbers": True}, "abcdef", "Password must have numeric characters"),
    ({"MinimumLength": 6, "RequireSymbols": True}, "abcdef", "Password must have symbol characters"),
    ({"MinimumLength": 6, "RequireSymbols": True}, "abcde€", "Password must have symbol characters"),
    ({"MinimumLength": 6, "RequireSymbols": True}, "abcde=", None),
    ({"MinimumLength": 6, "RequireUppercase": True}, "äÖüabc", "Password must have uppercase characters"),
])
def test_the_password_policy(pool, client, name, policy, password, complaint):
    app = client(pool(Policies={"PasswordPolicy": policy}))
    if complaint is None:
        app.sign_up(name(), password)
        return
    with refused("InvalidPasswordException", f"Password did not conform with policy: {complaint}"):
        app.sign_up(name(), password)


@pytest.mark.parametrize("password", ["white space-7A", "x" * 257])
def test_a_password_outside_the_model_is_not_repeated(cognito, app, name, password):
    with pytest.raises(cognito.exceptions.InvalidParameterException) as caught:
        app.sign_up(name(), password)
    message = caught.value.response["Error"]["Message"]
    assert message.startswith("1 validation error detected: Value at 'password' failed to satisfy constraint: ")
    assert password not in message


def test_a_password_is_required(app, name):
    message = (
        "1 validation error detected: Value at 'password' failed to satisfy constraint: Member must not be null"
    )
    with refused("InvalidParameterException", message):
        app.sign_up(name())


@pytest.mark.parametrize("attribute", ["sub", "identities"])
def test_attributes_that_nobody_writes(cognito, app, name, attribute):
    with pytest.raises((cognito.exceptions.InvalidParameterException, cognito.exceptions.NotAuthorizedException)):
        cognito.sign_up(
            ClientId=app.id, Username=name(), Password=PASSWORD, UserAttributes=pairs({attribute: "mine"})
        )
