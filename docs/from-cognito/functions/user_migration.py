import os

import boto3


def handler(event, context):
    store = boto3.client("cognito-idp")
    pool, name = os.environ["OLD_POOL"], event["userName"]
    if event["triggerSource"] == "UserMigration_Authentication":
        store.admin_initiate_auth(
            UserPoolId=pool, ClientId=os.environ["OLD_CLIENT"], AuthFlow="ADMIN_USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": name, "PASSWORD": event["request"]["password"]},
        )
        event["response"]["finalUserStatus"] = "CONFIRMED"
    user = store.admin_get_user(UserPoolId=pool, Username=name)
    attributes = {each["Name"]: each["Value"] for each in user["UserAttributes"]}
    attributes["custom:old_sub"] = attributes.pop("sub")
    event["response"]["userAttributes"] = attributes
    event["response"]["messageAction"] = "SUPPRESS"
    return event
