"""UpdateUserPool: sets what is given, keeps or resets what is left out."""

import pytest

from support.app import PASSWORD
from support.errors import refused


def described(cognito, pool):
    return cognito.describe_user_pool(UserPoolId=pool)["UserPool"]


def test_settings_change(cognito, pool):
    changed = pool()
    before = described(cognito, changed)
    cognito.update_user_pool(
        UserPoolId=changed, PoolName="renamed", AutoVerifiedAttributes=["email"], UserPoolTags={"team": "a"},
    )
    after = described(cognito, changed)
    assert (after["Name"], after["AutoVerifiedAttributes"], after["UserPoolTags"]) == (
        "renamed", ["email"], {"team": "a"},
    )
    assert after["CreationDate"] == before["CreationDate"]
    assert after["LastModifiedDate"] > before["LastModifiedDate"]


KEPT = {
    "Policies": {"PasswordPolicy": {"MinimumLength": 20}},
    "AccountRecoverySetting": {"RecoveryMechanisms": [{"Name": "verified_email", "Priority": 1}]},
    "DeletionProtection": "ACTIVE",
    "VerificationMessageTemplate": {"EmailMessage": "Your code: {####}"},
    "UserPoolTier": "PLUS",
}


def with_factor(cognito, pool):
    """MfaConfiguration is kept, too; it needs a factor that an update can't take away."""
    cognito.set_user_pool_mfa_config(
        UserPoolId=pool, MfaConfiguration="OPTIONAL", SoftwareTokenMfaConfiguration={"Enabled": True}
    )


def test_what_is_left_out_is_kept_or_reset(cognito, pool):
    made = pool(**KEPT)
    with_factor(cognito, made)
    plain = described(cognito, made)
    changed = pool(
        AutoVerifiedAttributes=["email"], AdminCreateUserConfig={"AllowAdminCreateUserOnly": True},
        DeviceConfiguration={"ChallengeRequiredOnNewDevice": True}, **KEPT,
    )
    assert described(cognito, changed)["Policies"]["PasswordPolicy"]["MinimumLength"] == 20
    with_factor(cognito, changed)
    cognito.update_user_pool(UserPoolId=changed)
    after = described(cognito, changed)
    for volatile in ("Id", "Arn", "CreationDate", "LastModifiedDate"):
        after.pop(volatile), plain.pop(volatile)
    assert after == plain


def test_what_no_update_can_set_stays(cognito, pool):
    changed = pool(
        UsernameAttributes=["email"], UsernameConfiguration={"CaseSensitive": False},
        Schema=[{"Name": "level", "AttributeDataType": "Number"}],
    )
    before = described(cognito, changed)
    cognito.update_user_pool(UserPoolId=changed)
    after = described(cognito, changed)
    for setting in ("UsernameAttributes", "UsernameConfiguration", "SchemaAttributes", "Name"):
        assert after[setting] == before[setting]


def test_dynamic_registration_and_tags_stay_where_they_are_left_out(cognito, pool):
    changed = pool(UserPoolTags={"team": "a"}, DcrConfiguration={"EnableStatus": "Disabled"})
    cognito.update_user_pool(UserPoolId=changed)
    after = described(cognito, changed)
    assert after["UserPoolTags"] == {"team": "a"}
    assert after["DcrConfiguration"] == {"EnableStatus": "Disabled"}


def test_a_changed_policy_holds_at_once(cognito, pool, client, name):
    app = client(pool())
    cognito.update_user_pool(UserPoolId=app.pool, Policies={"PasswordPolicy": {"MinimumLength": 30}})
    with refused("InvalidPasswordException", "Password did not conform with policy: Password not long enough"):
        app.sign_up(name(), PASSWORD)


def test_two_names_for_the_same_setting_must_agree(cognito, pool):
    message = "Please use TemporaryPasswordValidityDays in PasswordPolicy instead of UnusedAccountValidityDays"
    with refused("InvalidParameterException", message):
        cognito.update_user_pool(
            UserPoolId=pool(), AdminCreateUserConfig={"UnusedAccountValidityDays": 3},
            Policies={"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 4}},
        )


def test_a_pool_that_does_not_exist(cognito):
    with refused("ResourceNotFoundException", "User pool eu-central-1_Nowhere does not exist."):
        cognito.update_user_pool(UserPoolId="eu-central-1_Nowhere")


@pytest.mark.parametrize("operation", ["describe_user_pool", "delete_user_pool", "list_users"])
def test_so_say_the_other_operations(cognito, operation):
    with refused("ResourceNotFoundException", "User pool eu-central-1_Nowhere does not exist."):
        getattr(cognito, operation)(UserPoolId="eu-central-1_Nowhere")


def test_a_pool_of_another_region_does_not_exist(pool, wire):
    elsewhere = pool()
    response = wire.signed_call("DescribeUserPool", {"UserPoolId": elsewhere}, region="us-west-2")
    assert response.json() == {
        "__type": "ResourceNotFoundException", "message": f"User pool {elsewhere} does not exist.",
    }
