"""Second factors through boto3 and pycognito: rows of the matrix of pool, user and flow."""

import base64
import hashlib
import hmac
import struct
import time

import pytest
from pycognito import Cognito as PyCognito
from pycognito.exceptions import SMSMFAChallengeException, SoftwareTokenMFAChallengeException

from support.app import PASSWORD
from support.errors import refused
from support.server import REGION

SMS = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}}
TOTP = {"Enabled": True}
USED = ("ExpiredCodeException", "Your software token has already been used once.")
WRONG = ("CodeMismatchException", "Invalid code or auth state for the user.")


def code(secret, steps=0):
    """What an authenticator app shows (RFC 6238)."""
    key = base64.b32decode(secret + "=" * (-len(secret) % 8))
    digest = hmac.new(key, struct.pack(">Q", int(time.time()) // 30 + steps), hashlib.sha1).digest()
    offset = digest[-1] & 15
    return f"{(struct.unpack_from('>I', digest, offset)[0] & 0x7FFFFFFF) % 1000000:06}"


@pytest.fixture
def phone(name):
    return f"+1555010{int(name('')):04}"


@pytest.fixture
def app(cognito, pool, client):
    """A pool of a mode and factors, with a client of every flow."""

    def make(mode, **factors):
        made = pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}})
        cognito.set_user_pool_mfa_config(UserPoolId=made, MfaConfiguration=mode, **factors)
        flows = ["USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "ADMIN_USER_PASSWORD_AUTH", "REFRESH_TOKEN_AUTH"]
        return client(made, ExplicitAuthFlows=[f"ALLOW_{flow}" for flow in flows])

    return make


def sign_in(app, username):
    return app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD)


def enrol(cognito, app, username):
    """Sets up a software token and turns it on; its first code is of the step before, so that the next is good at once."""
    access = sign_in(app, username)["AuthenticationResult"]["AccessToken"]
    secret = cognito.associate_software_token(AccessToken=access)["SecretCode"]
    assert cognito.verify_software_token(AccessToken=access, UserCode=code(secret, -1))["Status"] == "SUCCESS"
    cognito.set_user_mfa_preference(
        AccessToken=access, SoftwareTokenMfaSettings={"Enabled": True, "PreferredMfa": True}
    )
    shown = cognito.get_user(AccessToken=access)
    assert shown["UserMFASettingList"] == ["SOFTWARE_TOKEN_MFA"]
    assert shown["PreferredMfaSetting"] == "SOFTWARE_TOKEN_MFA"
    return secret


def test_configuration_is_shown_as_it_was_set(cognito, pool):
    made = pool()
    assert "SoftwareTokenMfaConfiguration" not in cognito.get_user_pool_mfa_config(UserPoolId=made)
    cognito.set_user_pool_mfa_config(
        UserPoolId=made, MfaConfiguration="OPTIONAL", SmsMfaConfiguration=SMS, SoftwareTokenMfaConfiguration=TOTP
    )
    shown = cognito.get_user_pool_mfa_config(UserPoolId=made)
    del shown["ResponseMetadata"]
    assert shown == {
        "MfaConfiguration": "OPTIONAL", "SmsMfaConfiguration": SMS, "SoftwareTokenMfaConfiguration": TOTP,
    }
    refusal = "Invalid MFA configuration given, can't turn off MFA and configure an MFA together."
    with refused("InvalidParameterException", refusal):
        cognito.set_user_pool_mfa_config(
            UserPoolId=made, MfaConfiguration="OFF", SoftwareTokenMfaConfiguration=TOTP
        )


def test_optional_software_token(cognito, app, user):
    app = app("OPTIONAL", SoftwareTokenMfaConfiguration=TOTP)
    username = user(app.pool)
    secret = enrol(cognito, app, username)
    answer = sign_in(app, username)
    assert answer["ChallengeName"] == "SOFTWARE_TOKEN_MFA"
    with refused(*WRONG):
        app.respond("SOFTWARE_TOKEN_MFA", answer["Session"], USERNAME=username, SOFTWARE_TOKEN_MFA_CODE="x")
    right = code(secret)
    done = app.respond("SOFTWARE_TOKEN_MFA", answer["Session"], USERNAME=username, SOFTWARE_TOKEN_MFA_CODE=right)
    assert done["AuthenticationResult"]["AccessToken"]
    again = sign_in(app, username)
    with refused(*USED):
        app.respond("SOFTWARE_TOKEN_MFA", again["Session"], USERNAME=username, SOFTWARE_TOKEN_MFA_CODE=right)
    cognito.admin_delete_software_token(UserPoolId=app.pool, Username=username)
    assert sign_in(app, username)["AuthenticationResult"]


@pytest.mark.parametrize("flow", ["USER_PASSWORD_AUTH", "USER_AUTH"])
def test_required_software_token_is_set_up_within_the_sign_in(cognito, app, user, flow):
    app = app("ON", SoftwareTokenMfaConfiguration=TOTP)
    username = user(app.pool)
    asked = app.initiate(flow, USERNAME=username, PASSWORD=PASSWORD, PREFERRED_CHALLENGE="PASSWORD")
    assert asked["ChallengeName"] == "MFA_SETUP"
    assert asked["ChallengeParameters"]["MFAS_CAN_SETUP"] == '["SOFTWARE_TOKEN_MFA"]'
    begun = cognito.associate_software_token(Session=asked["Session"])
    verified = cognito.verify_software_token(Session=begun["Session"], UserCode=code(begun["SecretCode"], -1))
    done = app.respond("MFA_SETUP", verified["Session"], USERNAME=username)
    assert done["AuthenticationResult"]["RefreshToken"]
    again = sign_in(app, username)
    assert again["ChallengeName"] == "SOFTWARE_TOKEN_MFA"


def test_new_password_first(cognito, app, name):
    app = app("ON", SoftwareTokenMfaConfiguration=TOTP)
    username = name()
    cognito.admin_create_user(
        UserPoolId=app.pool, Username=username, MessageAction="SUPPRESS", TemporaryPassword="Temp-Horse-7"
    )
    asked = app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD="Temp-Horse-7")
    assert asked["ChallengeName"] == "NEW_PASSWORD_REQUIRED"
    then = app.respond("NEW_PASSWORD_REQUIRED", asked["Session"], USERNAME=username, NEW_PASSWORD=PASSWORD)
    assert then["ChallengeName"] == "MFA_SETUP"


def test_text_messages(cognito, app, user, phone, inbox):
    app = app("ON", SmsMfaConfiguration=SMS)
    username = user(app.pool, phone_number=phone)
    asked = sign_in(app, username)
    assert asked["ChallengeName"] == "SMS_MFA"
    assert asked["ChallengeParameters"]["CODE_DELIVERY_DELIVERY_MEDIUM"] == "SMS"
    sent = inbox.code(phone)
    assert len(sent) == 6
    with refused(*WRONG):
        app.respond("SMS_MFA", asked["Session"], USERNAME=username, SMS_MFA_CODE="no")
    assert app.respond("SMS_MFA", asked["Session"], USERNAME=username, SMS_MFA_CODE=sent)["AuthenticationResult"]
    with refused("InvalidParameterException", "User has no MFA method that the user pool asks for."):
        sign_in(app, user(app.pool))


def test_a_choice_of_two(cognito, app, user, phone, inbox):
    app = app("OPTIONAL", SmsMfaConfiguration=SMS, SoftwareTokenMfaConfiguration=TOTP)
    username = user(app.pool, phone_number=phone)
    enrol(cognito, app, username)
    cognito.admin_set_user_mfa_preference(
        UserPoolId=app.pool, Username=username, SMSMfaSettings={"Enabled": True},
        SoftwareTokenMfaSettings={"PreferredMfa": False},
    )
    factors = cognito.admin_get_user_auth_factors(UserPoolId=app.pool, Username=username)
    assert factors["UserMFASettingList"] == ["SMS_MFA", "SOFTWARE_TOKEN_MFA"]
    assert factors["ConfiguredUserAuthFactors"] == ["PASSWORD", "SMS_OTP", "SOFTWARE_TOKEN"]
    asked = sign_in(app, username)
    assert asked["ChallengeName"] == "SELECT_MFA_TYPE"
    assert asked["ChallengeParameters"]["MFAS_CAN_CHOOSE"] == '["SMS_MFA","SOFTWARE_TOKEN_MFA"]'
    chosen = app.respond("SELECT_MFA_TYPE", asked["Session"], USERNAME=username, ANSWER="SMS_MFA")
    assert chosen["ChallengeName"] == "SMS_MFA"
    done = app.respond("SMS_MFA", chosen["Session"], USERNAME=username, SMS_MFA_CODE=inbox.code(phone))
    assert done["AuthenticationResult"]


def test_codes_by_mail(cognito, app, pool, client, user, name, inbox):
    address = f"{name()}@example.com"
    sender = {
        "EmailSendingAccount": "DEVELOPER", "From": "a@example.com",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
    }
    made = pool(EmailConfiguration=sender)
    cognito.set_user_pool_mfa_config(
        UserPoolId=made, MfaConfiguration="ON", EmailMfaConfiguration={"Message": "It is {####}", "Subject": "Yours"}
    )
    app = client(made)
    username = user(made, email=address)
    asked = sign_in(app, username)
    assert asked["ChallengeName"] == "EMAIL_OTP"
    done = app.respond("EMAIL_OTP", asked["Session"], USERNAME=username, EMAIL_OTP_CODE=inbox.code(address))
    assert done["AuthenticationResult"]


def test_an_address_is_given_within_the_sign_in(cognito, pool, client, user, name, inbox):
    address = f"{name()}@example.com"
    sender = {
        "EmailSendingAccount": "DEVELOPER", "From": "a@example.com",
        "SourceArn": "arn:aws:ses:us-east-1:123456789012:identity/a@example.com",
    }
    order = [{"Priority": 1, "Name": "verified_phone_number"}, {"Priority": 2, "Name": "verified_email"}]
    made = pool(EmailConfiguration=sender, AccountRecoverySetting={"RecoveryMechanisms": order})
    cognito.set_user_pool_mfa_config(UserPoolId=made, MfaConfiguration="ON", EmailMfaConfiguration={})
    app = client(made)
    username = user(made)
    asked = sign_in(app, username)
    assert asked["ChallengeName"] == "MFA_SETUP"
    assert asked["ChallengeParameters"]["MFAS_CAN_SETUP"] == '["EMAIL_OTP"]'
    sent = app.respond("MFA_SETUP", asked["Session"], USERNAME=username, EMAIL=address)
    assert sent["ChallengeName"] == "EMAIL_OTP"
    done = app.respond("EMAIL_OTP", sent["Session"], USERNAME=username, EMAIL_OTP_CODE=inbox.code(address))
    shown = cognito.get_user(AccessToken=done["AuthenticationResult"]["AccessToken"])
    assert shown["UserMFASettingList"] == ["EMAIL_OTP"]
    assert {"Name": "email_verified", "Value": "true"} in shown["UserAttributes"]
    # The code that resets the password doesn't go there too.
    nowhere = "Cannot reset password for the user as there is no registered/verified email or phone_number"
    with refused("InvalidParameterException", nowhere):
        cognito.forgot_password(ClientId=app.id, Username=username)


def test_who_has_a_second_factor_begins_with_a_password(cognito, app, user, name):
    app = app("OPTIONAL", SoftwareTokenMfaConfiguration=TOTP)
    username = user(app.pool, email=f"{name()}@example.com", email_verified="true")
    offered = app.initiate("USER_AUTH", USERNAME=username)["AvailableChallenges"]
    assert set(offered) == {"PASSWORD", "PASSWORD_SRP", "EMAIL_OTP"}
    enrol(cognito, app, username)
    offered = app.initiate("USER_AUTH", USERNAME=username)["AvailableChallenges"]
    assert set(offered) == {"PASSWORD", "PASSWORD_SRP"}


def test_an_administrator_signs_a_user_in(cognito, app, user):
    app = app("OPTIONAL", SoftwareTokenMfaConfiguration=TOTP)
    username = user(app.pool)
    secret = enrol(cognito, app, username)
    asked = cognito.admin_initiate_auth(
        UserPoolId=app.pool, ClientId=app.id, AuthFlow="ADMIN_USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": username, "PASSWORD": PASSWORD},
    )
    done = cognito.admin_respond_to_auth_challenge(
        UserPoolId=app.pool, ClientId=app.id, ChallengeName=asked["ChallengeName"], Session=asked["Session"],
        ChallengeResponses={"USERNAME": username, "SOFTWARE_TOKEN_MFA_CODE": code(secret)},
    )
    assert done["AuthenticationResult"]


def test_a_pool_without_software_tokens(cognito, client, pool, user):
    app = client(pool())
    access = sign_in(app, user(app.pool))["AuthenticationResult"]["AccessToken"]
    with refused("SoftwareTokenMFANotFoundException", "Software Token MFA has not been enabled by the userPool"):
        cognito.associate_software_token(AccessToken=access)
    with refused("InvalidParameterException", "User does not have delivery config set to turn on SMS_MFA"):
        cognito.set_user_mfa_preference(AccessToken=access, SMSMfaSettings={"Enabled": True})


def pycognito(server, app, username):
    them = PyCognito(app.pool, app.id, user_pool_region=REGION, username=username)
    them.client, them.pool_domain_url = app.cognito, server.url
    return them


def test_software_token_through_pycognito(server, cognito, app, user):
    app = app("OPTIONAL", SoftwareTokenMfaConfiguration=TOTP)
    username = user(app.pool)
    secret = enrol(cognito, app, username)
    them = pycognito(server, app, username)
    with pytest.raises(SoftwareTokenMFAChallengeException):
        them.authenticate(PASSWORD)
    them.respond_to_software_token_mfa_challenge(code(secret))
    assert them.access_token and them.id_token


def test_text_message_through_pycognito(server, app, user, phone, inbox):
    app = app("ON", SmsMfaConfiguration=SMS)
    them = pycognito(server, app, user(app.pool, phone_number=phone))
    with pytest.raises(SMSMFAChallengeException):
        them.authenticate(PASSWORD)
    them.respond_to_sms_mfa_challenge(inbox.code(phone))
    assert them.access_token and them.refresh_token
