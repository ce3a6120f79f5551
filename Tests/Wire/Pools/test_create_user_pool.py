"""CreateUserPool and DescribeUserPool."""

import re

import pytest

from support.errors import refused
from support.server import REGION

STANDARD = {
    "profile", "address", "birthdate", "gender", "preferred_username", "updated_at", "website", "picture", "identities",
    "sub", "phone_number", "phone_number_verified", "zoneinfo", "locale", "email", "email_verified", "given_name",
    "family_name", "middle_name", "name", "nickname",
}


@pytest.fixture(scope="module")
def plain(cognito):
    """The answer to CreateUserPool with nothing but a name."""
    return cognito.create_user_pool(PoolName="plain")["UserPool"]


def schema(cognito, pool):
    described = cognito.describe_user_pool(UserPoolId=pool)["UserPool"]
    return {attribute["Name"]: attribute for attribute in described["SchemaAttributes"]}


def test_the_id_names_the_region(plain):
    assert re.fullmatch(rf"{REGION}_[0-9A-Za-z]{{9}}", plain["Id"])
    assert plain["Arn"] == f"arn:aws:cognito-idp:{REGION}:000000000000:userpool/{plain['Id']}"


def test_the_defaults(plain):
    assert plain["Name"] == "plain"
    assert plain["Policies"] == {
        "PasswordPolicy": {
            "MinimumLength": 8, "RequireUppercase": True, "RequireLowercase": True, "RequireNumbers": True,
            "RequireSymbols": True, "TemporaryPasswordValidityDays": 7,
        },
        "SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD"]},
    }
    assert plain["DeletionProtection"] == "INACTIVE"
    assert plain["MfaConfiguration"] == "OFF"
    assert plain["UserPoolTier"] == "ESSENTIALS"
    assert plain["LambdaConfig"] == {}
    assert plain["UserPoolTags"] == {}
    assert plain["EstimatedNumberOfUsers"] == 0
    assert plain["EmailConfiguration"] == {"EmailSendingAccount": "COGNITO_DEFAULT"}
    assert plain["VerificationMessageTemplate"] == {"DefaultEmailOption": "CONFIRM_WITH_CODE"}
    assert plain["AdminCreateUserConfig"] == {"AllowAdminCreateUserOnly": False, "UnusedAccountValidityDays": 7}
    assert "AccountRecoverySetting" not in plain
    assert plain["KeyConfiguration"] == {"KeyType": "AWS_OWNED_KEY"}
    assert plain["IssuerConfiguration"] == {"Type": "ORIGINAL"}
    assert "UsernameAttributes" not in plain and "AliasAttributes" not in plain
    assert plain["CreationDate"] == plain["LastModifiedDate"]


def test_describing_shows_what_creating_answered(cognito, plain):
    assert cognito.describe_user_pool(UserPoolId=plain["Id"])["UserPool"] == plain


def test_every_pool_has_the_standard_attributes(plain):
    attributes = {attribute["Name"]: attribute for attribute in plain["SchemaAttributes"]}
    assert set(attributes) == STANDARD
    assert attributes["sub"] == {
        "Name": "sub", "AttributeDataType": "String", "DeveloperOnlyAttribute": False, "Mutable": False,
        "Required": True, "StringAttributeConstraints": {"MinLength": "1", "MaxLength": "2048"},
    }
    assert attributes["email_verified"]["AttributeDataType"] == "Boolean"
    assert attributes["updated_at"]["NumberAttributeConstraints"] == {"MinValue": "0"}
    assert [name for name, attribute in attributes.items() if attribute["Required"]] == ["sub"]


def test_the_estimate_counts_users(cognito, pool, user):
    counted = pool()
    user(counted)
    user(counted)
    assert cognito.describe_user_pool(UserPoolId=counted)["UserPool"]["EstimatedNumberOfUsers"] == 2


def test_custom_attributes_get_their_prefix(cognito, pool):
    attributes = schema(cognito, pool(Schema=[
        {"Name": "level", "AttributeDataType": "Number", "NumberAttributeConstraints": {"MinValue": "1"}},
        {"Name": "badge", "AttributeDataType": "String", "Mutable": False},
        {"Name": "note", "AttributeDataType": "String", "DeveloperOnlyAttribute": True},
    ]))
    assert set(attributes) - STANDARD == {"custom:level", "custom:badge", "dev:custom:note"}
    assert attributes["custom:level"] == {
        "Name": "custom:level", "AttributeDataType": "Number", "DeveloperOnlyAttribute": False, "Mutable": True,
        "Required": False, "NumberAttributeConstraints": {"MinValue": "1"},
    }
    assert attributes["custom:badge"]["Mutable"] is False


def test_a_standard_attribute_can_be_required(cognito, pool):
    attributes = schema(cognito, pool(Schema=[{"Name": "given_name", "Required": True, "Mutable": False}]))
    assert (attributes["given_name"]["Required"], attributes["given_name"]["Mutable"]) == (True, False)
    assert attributes["given_name"]["AttributeDataType"] == "String"


def test_a_password_policy_of_ones_own(cognito, pool):
    made = pool(Policies={"PasswordPolicy": {"MinimumLength": 12, "RequireNumbers": True, "PasswordHistorySize": 3}})
    policy = cognito.describe_user_pool(UserPoolId=made)["UserPool"]["Policies"]["PasswordPolicy"]
    assert policy == {
        "MinimumLength": 12, "RequireUppercase": False, "RequireLowercase": False, "RequireNumbers": True,
        "RequireSymbols": False, "PasswordHistorySize": 3, "TemporaryPasswordValidityDays": 7,
    }


def test_a_temporary_password_validity_of_zero_is_the_default(cognito, pool):
    made = pool(Policies={"PasswordPolicy": {"MinimumLength": 8, "TemporaryPasswordValidityDays": 0}})
    policy = cognito.describe_user_pool(UserPoolId=made)["UserPool"]["Policies"]["PasswordPolicy"]
    assert policy["TemporaryPasswordValidityDays"] == 7


@pytest.mark.parametrize("settings, message", [
    ({"AliasAttributes": ["email"], "UsernameAttributes": ["email"]},
     "Only one of the aliasAttributes or usernameAttributes can be set in a user pool."),
    ({"Schema": [{"Name": "level"}]},
     "Invalid AttributeDataType input, consider using the provided AttributeDataType enum."),
    ({"Schema": [{"Name": "level", "AttributeDataType": "Number", "Required": True}]},
     "Required custom attributes are not supported currently."),
    ({"Schema": [{"Name": "email", "AttributeDataType": "Number"}]},
     "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email"),
    ({"Schema": [{"Name": "email", "DeveloperOnlyAttribute": True}]},
     "You can not change AttributeDataType or set developerOnlyAttribute for standard schema attribute email"),
])
def test_settings_that_do_not_go_together(cognito, settings, message):
    with refused("InvalidParameterException", message):
        cognito.create_user_pool(PoolName="refused", **settings)


@pytest.mark.parametrize("settings", [
    {"Schema": [{"Name": "twice", "AttributeDataType": "String"}] * 2},
    {"Schema": [{"Name": f"a{number}", "AttributeDataType": "String"} for number in range(50)]
        + [{"Name": "fifty_first", "AttributeDataType": "String"}]},
    {"UserAttributeUpdateSettings": {"AttributesRequireVerificationBeforeUpdate": ["email"]}},
    {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["EMAIL_OTP"]}}},
    {"LambdaConfig": {
        "PreTokenGeneration": "arn:aws:lambda:eu-central-1:000000000000:function:f",
        "PreTokenGenerationConfig": {
            "LambdaVersion": "V1_0", "LambdaArn": "arn:aws:lambda:eu-central-1:000000000000:function:g",
        },
    }},
])
def test_other_settings_that_are_refused(cognito, settings):
    with pytest.raises(cognito.exceptions.InvalidParameterException):
        cognito.create_user_pool(PoolName="refused", **settings)


@pytest.mark.parametrize("settings", [
    {"Policies": {"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}},
    {"Policies": {"PasswordPolicy": {"MinimumLength": 8, "PasswordHistorySize": 1}}},
    {"LambdaConfig": {"PreTokenGenerationConfig": {
        "LambdaVersion": "V3_0", "LambdaArn": "arn:aws:lambda:eu-central-1:000000000000:function:f",
    }}},
])
def test_features_that_the_tier_lacks(cognito, settings):
    with pytest.raises(cognito.exceptions.FeatureUnavailableInTierException):
        cognito.create_user_pool(PoolName="refused", UserPoolTier="LITE", **settings)


def test_constraints_are_told_together(cognito):
    message = (
        "2 validation errors detected: Value '' at 'poolName' failed to satisfy constraint: "
        r"Member must satisfy regular expression pattern: [\w\s+=,.@-]+; "
        "Value '' at 'poolName' failed to satisfy constraint: "
        "Member must have length greater than or equal to 1"
    )
    with refused("InvalidParameterException", message):
        cognito.create_user_pool(PoolName="")


def test_nested_constraints_name_their_place(cognito):
    message = (
        "1 validation error detected: Value '5' at 'policies.passwordPolicy.minimumLength' failed to satisfy "
        "constraint: Member must have value greater than or equal to 6"
    )
    with refused("InvalidParameterException", message):
        cognito.create_user_pool(PoolName="refused", Policies={"PasswordPolicy": {"MinimumLength": 5}})
