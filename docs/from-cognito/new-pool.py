"""Makes of what DescribeUserPool tells what CreateUserPool takes: `new-pool.py < user-pool.json`."""

import json
import sys

# What is Cognito's to say, or belongs to another operation.
LEFT_OUT = {
    "Id", "Arn", "CreationDate", "LastModifiedDate", "Status", "EstimatedNumberOfUsers", "Domain", "CustomDomain",
    "SmsConfigurationFailure", "EmailConfigurationFailure", "MfaConfiguration",
}
# Attributes that every pool has, and that no schema may name.
OF_EVERY_POOL = {"sub", "identities", "email_verified", "phone_number_verified"}

pool = {name: value for name, value in json.load(sys.stdin)["UserPool"].items() if name not in LEFT_OUT}
pool["PoolName"] = pool.pop("Name")
pool["Schema"] = [
    {**attribute, "Name": attribute["Name"].removeprefix("custom:")}
    for attribute in pool.pop("SchemaAttributes")
    if attribute["Name"] not in OF_EVERY_POOL and not attribute["Name"].startswith("dev:")
]
if "UserPoolTags" in pool:
    pool["UserPoolTags"] = {name: value for name, value in pool["UserPoolTags"].items() if not name.startswith("aws:")}
# PasswordPolicy.TemporaryPasswordValidityDays has taken its place.
pool.get("AdminCreateUserConfig", {}).pop("UnusedAccountValidityDays", None)
json.dump(pool, sys.stdout, indent=2)
