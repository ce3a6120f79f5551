"""Devices through boto3 and pycognito's SRP: confirmed, remembered, and proven in place of a second factor."""

import pytest
from pycognito.aws_srp import generate_hash_device, long_to_hex

from support.app import PASSWORD
from support.errors import refused

GONE = ("ResourceNotFoundException", "Device does not exist.")
SMS = {"SmsConfiguration": {"SnsCallerArn": "arn:aws:iam::123456789012:role/sms"}}


@pytest.fixture(params=[True, False], ids=["replacing", "beside"])
def app(request, pool, client):
    made = client(pool(DeviceConfiguration={"ChallengeRequiredOnNewDevice": request.param}))
    return made, request.param


def remember(cognito, app, username):
    """Signs in as pycognito does, and confirms the device: its keys and its password."""
    result = app.srp(username, PASSWORD).authenticate_user()["AuthenticationResult"]
    new = result["NewDeviceMetadata"]
    password, config = generate_hash_device(new["DeviceGroupKey"], new["DeviceKey"])
    confirmed = cognito.confirm_device(
        AccessToken=result["AccessToken"], DeviceKey=new["DeviceKey"], DeviceName="laptop",
        DeviceSecretVerifierConfig=config,
    )
    assert confirmed["UserConfirmationNecessary"] is False
    return result, new["DeviceKey"], new["DeviceGroupKey"], password


def on_device(app, username, key, group, password):
    """pycognito's SRP on a device."""
    srp = app.srp(username, PASSWORD)
    srp.device_key, srp.device_group_key, srp.device_password = key, group, password
    return srp


def begin(app, srp):
    parameters = srp.get_auth_params()
    asked = app.initiate("USER_SRP_AUTH", **parameters)
    return app.respond("PASSWORD_VERIFIER", **srp.process_challenge(asked["ChallengeParameters"], parameters))


def prove(app, srp, asked):
    assert asked["ChallengeName"] == "DEVICE_SRP_AUTH"
    then = app.respond(
        "DEVICE_SRP_AUTH", asked["Session"], USERNAME=srp.username, DEVICE_KEY=srp.device_key,
        SRP_A=long_to_hex(srp.large_a_value),
    )
    assert then["ChallengeName"] == "DEVICE_PASSWORD_VERIFIER"
    return app.respond("DEVICE_PASSWORD_VERIFIER", **srp.process_device_challenge(then["ChallengeParameters"]))


def test_a_device_stands_for_a_second_factor_where_the_pool_says_so(cognito, app, user, name, inbox):
    app, replaces = app
    phone = f"+1555020{int(name('')):04}"
    username = user(app.pool, phone_number=phone)
    _, key, group, password = remember(cognito, app, username)
    cognito.set_user_pool_mfa_config(UserPoolId=app.pool, MfaConfiguration="ON", SmsMfaConfiguration=SMS)
    srp = on_device(app, username, key, group, password)
    asked = begin(app, srp)
    if not replaces:
        assert asked["ChallengeName"] == "SMS_MFA"
        asked = app.respond("SMS_MFA", asked["Session"], USERNAME=username, SMS_MFA_CODE=inbox.code(phone))
    result = prove(app, srp, asked)["AuthenticationResult"]
    assert "NewDeviceMetadata" not in result
    assert cognito.get_device(AccessToken=result["AccessToken"], DeviceKey=key)["Device"]["DeviceKey"] == key
    assert app.initiate("USER_PASSWORD_AUTH", USERNAME=username, PASSWORD=PASSWORD)["ChallengeName"] == "SMS_MFA"


def test_pycognito_signs_in_from_a_device(cognito, app, user):
    """As it is: it leaves out the session of DEVICE_SRP_AUTH, and sends the password's SRP_A again."""
    app, _ = app
    username = user(app.pool)
    _, key, group, password = remember(cognito, app, username)
    srp = on_device(app, username, key, group, password)
    for _ in range(2):
        result = srp.authenticate_user()["AuthenticationResult"]
        assert "NewDeviceMetadata" not in result
        assert cognito.get_device(AccessToken=result["AccessToken"], DeviceKey=key)["Device"]["DeviceKey"] == key
    with refused("NotAuthorizedException", "Incorrect username or password."):
        on_device(app, username, key, group, "guess").authenticate_user()


def test_the_nine_operations(cognito, app, user):
    app, _ = app
    username = user(app.pool)
    result, key, *_ = remember(cognito, app, username)
    token = result["AccessToken"]
    assert [device["DeviceKey"] for device in cognito.list_devices(AccessToken=token)["Devices"]] == [key]
    cognito.update_device_status(AccessToken=token, DeviceKey=key, DeviceRememberedStatus="not_remembered")
    named = {"UserPoolId": app.pool, "Username": username}
    shown = cognito.admin_get_device(**named, DeviceKey=key)["Device"]
    attributes = {one["Name"]: one["Value"] for one in shown["DeviceAttributes"]}
    assert attributes["device_name"] == "laptop"
    assert attributes["dev:device_remembered_status"] == "not_remembered"
    cognito.admin_update_device_status(**named, DeviceKey=key, DeviceRememberedStatus="remembered")
    assert len(cognito.admin_list_devices(**named)["Devices"]) == 1
    cognito.admin_forget_device(**named, DeviceKey=key)
    with refused(*GONE):
        cognito.get_device(AccessToken=token, DeviceKey=key)
    with refused(*GONE):
        cognito.forget_device(AccessToken=token, DeviceKey=key)


def test_refreshing_needs_the_devices_key(cognito, app, user):
    app, _ = app
    result, key, *_ = remember(cognito, app, user(app.pool))
    with refused("NotAuthorizedException", "Invalid Refresh Token"):
        app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=result["RefreshToken"])
    again = app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=result["RefreshToken"], DEVICE_KEY=key)
    assert again["AuthenticationResult"]["AccessToken"]


def test_a_forgotten_device_is_refused_once_the_password_is_proven(cognito, app, user):
    app, _ = app
    username = user(app.pool)
    result, key, group, password = remember(cognito, app, username)
    cognito.forget_device(AccessToken=result["AccessToken"], DeviceKey=key)
    with refused(*GONE):
        begin(app, on_device(app, username, key, group, password))
