"""AdminCreateUser: invitations, temporary passwords, aliases."""

import html

import pytest

from support.app import PASSWORD, pairs, values
from support.errors import UUID, refused

TEMPORARY = "Temporary-Horse-7"


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool())


@pytest.fixture(scope="module")
def by_email(pool, client):
    return client(pool(UsernameAttributes=["email"]))


@pytest.fixture
def email(name):
    return f"{name('new')}@example.com"


def create(app, username, attributes=None, **options):
    return app.cognito.admin_create_user(
        UserPoolId=app.pool, Username=username, UserAttributes=pairs(attributes or {}), **options
    )["User"]


def test_the_answer_shows_the_user(app, name, email):
    username = name()
    made = create(app, username, {"email": email}, MessageAction="SUPPRESS")
    assert made["Username"] == username
    assert made["UserStatus"] == "FORCE_CHANGE_PASSWORD"
    assert made["Enabled"] is True
    assert made["UserCreateDate"] == made["UserLastModifiedDate"]
    attributes = values(made["Attributes"])
    assert UUID.fullmatch(attributes.pop("sub"))
    assert attributes == {"email": email}


def test_an_address_as_username(by_email, email):
    made = create(by_email, email, {"email_verified": "true"})
    attributes = values(made["Attributes"])
    assert made["Username"] == attributes["sub"]
    assert (attributes["email"], attributes["email_verified"]) == (email, "true")
    with refused("UsernameExistsException", "An account with the given email already exists."):
        create(by_email, email)


def test_a_password_is_made_up_and_sent(app, name, email, inbox):
    username = name()
    create(app, username, {"email": email}, DesiredDeliveryMediums=["EMAIL"])
    message = inbox.wait(email)
    assert message["Subject"] == "Your temporary password"
    # A mail is HTML, in which a password such as `a<b>` is escaped.
    assert html.unescape(message["Body"]) == f"Your username is {username} and temporary password is {message['Code']}. "
    answer = app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=message["Code"])
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_password_may_be_given(app, name, email, inbox):
    username = name()
    create(app, username, {"email": email}, TemporaryPassword=TEMPORARY, DesiredDeliveryMediums=["EMAIL"])
    assert inbox.code(email) == TEMPORARY
    answer = app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=TEMPORARY)
    assert answer["ChallengeName"] == "NEW_PASSWORD_REQUIRED"


def test_a_given_password_must_conform(app, name):
    with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
        create(app, name(), TemporaryPassword="Ab1!xyz")


def test_the_pools_own_words(pool, client, name, email, inbox):
    app = client(pool(AdminCreateUserConfig={"InviteMessageTemplate": {
        "EmailSubject": "Come in", "EmailMessage": "{username}, your password is {####}",
    }}))
    username = name()
    create(app, username, {"email": email}, DesiredDeliveryMediums=["EMAIL"])
    message = inbox.wait(email)
    assert message["Subject"] == "Come in"
    code = html.unescape(message["Body"].removeprefix(f"{username}, your password is "))
    assert code == message["Code"]


def test_both_media(app, name, email, inbox):
    create(
        app, name(), {"email": email, "phone_number": "+15550103333"}, DesiredDeliveryMediums=["SMS", "EMAIL"]
    )
    assert inbox.wait("+15550103333")["Channel"] == "SMS"
    assert inbox.wait(email)["Channel"] == "EMAIL"


def test_suppressed_means_silent(app, name, email, inbox):
    create(app, name(), {"email": email}, MessageAction="SUPPRESS")
    create(app, name(), {"email": email}, DesiredDeliveryMediums=["EMAIL"])
    inbox.wait(email)
    assert len(inbox.to(email)) == 1


def test_an_invitation_can_be_sent_again(app, name, email, inbox):
    username = name()
    create(app, username, {"email": email}, DesiredDeliveryMediums=["EMAIL"])
    first = inbox.code(email)
    create(app, username, MessageAction="RESEND", DesiredDeliveryMediums=["EMAIL"])
    second = inbox.code(email, 2)
    assert first != second
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=first)
    assert app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=second)["Session"]


def test_only_to_a_user_who_waits_for_it(cognito, app, user):
    with refused("UserNotFoundException", "User does not exist."):
        create(app, "nobody", MessageAction="RESEND")
    with pytest.raises(cognito.exceptions.UnsupportedUserStateException):
        create(app, user(app.pool), MessageAction="RESEND")


def test_a_taken_username(app, user):
    with refused("UsernameExistsException", "User already exists"):
        create(app, user(app.pool))


def test_an_alias_can_be_taken_over(cognito, pool, client, user, name, email):
    app = client(pool(AliasAttributes=["email"]))
    first = user(app.pool, email=email, email_verified="true")
    attributes = {"email": email, "email_verified": "true"}
    with refused("AliasExistsException", "An account with the email already exists."):
        create(app, name(), attributes, MessageAction="SUPPRESS")
    second = name()
    create(app, second, attributes, MessageAction="SUPPRESS", ForceAliasCreation=True)
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=email)["Username"] == second
    shown = values(cognito.admin_get_user(UserPoolId=app.pool, Username=first)["UserAttributes"])
    assert shown["email_verified"] == "false"


def test_where_codes_let_users_in_no_password_is_made(pool, client, name, email, inbox):
    app = client(
        pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}),
        ExplicitAuthFlows=["ALLOW_USER_AUTH"],
    )
    username = name()
    made = create(app, username, {"email": email, "email_verified": "true"}, MessageAction="SUPPRESS")
    assert made["UserStatus"] == "CONFIRMED"
    answer = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")
    answer = app.respond("EMAIL_OTP", answer["Session"], USERNAME=username, EMAIL_OTP_CODE=inbox.code(email))
    assert answer["AuthenticationResult"]


def test_attributes_conform_to_the_schema(app, name):
    message = "Attributes did not conform to the schema: custom:x: Attribute does not exist in the schema.\n"
    with refused("InvalidParameterException", message):
        create(app, name(), {"custom:x": "1"})


def test_the_temporary_password_serves_until_it_is_replaced(app, name):
    username = name()
    create(app, username, TemporaryPassword=TEMPORARY, MessageAction="SUPPRESS")
    for _ in range(2):
        answer = app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=TEMPORARY)
    app.respond("NEW_PASSWORD_REQUIRED", answer["Session"], USERNAME=username, NEW_PASSWORD=PASSWORD)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.sign_in(username, TEMPORARY)
