"""Groups: made, joined, seen in tokens and gone, by boto3."""

import jwt

from support.app import PASSWORD
from support.errors import refused

ROLE = "arn:aws:iam::111122223333:role/admins"


def claims(token):
    return jwt.decode(token, options={"verify_signature": False})


def test_a_group_from_its_making_to_its_end(cognito, pool, client, user):
    made = pool()
    app = client(made)
    ada, bob = user(made), user(made)
    group = cognito.create_group(
        UserPoolId=made, GroupName="admins", Description="Who may", RoleArn=ROLE, Precedence=1
    )["Group"]
    assert {key: group[key] for key in group if "Date" not in key} == {
        "GroupName": "admins", "UserPoolId": made, "Description": "Who may", "RoleArn": ROLE, "Precedence": 1,
    }
    cognito.create_group(UserPoolId=made, GroupName="all")
    with refused("GroupExistsException", "A group with the name all already exists."):
        cognito.create_group(UserPoolId=made, GroupName="all")
    for name, groups in {ada: ["admins", "all"], bob: ["all"]}.items():
        for each in groups:
            cognito.admin_add_user_to_group(UserPoolId=made, Username=name, GroupName=each)
    listed = cognito.get_paginator("list_users_in_group").paginate(
        UserPoolId=made, GroupName="all", PaginationConfig={"PageSize": 1}
    )
    assert {each["Username"] for page in listed for each in page["Users"]} == {ada, bob}
    listed = cognito.get_paginator("admin_list_groups_for_user").paginate(UserPoolId=made, Username=ada)
    assert [each["GroupName"] for page in listed for each in page["Groups"]] == ["admins", "all"]

    tokens = app.sign_in(ada, PASSWORD)
    assert claims(tokens["AccessToken"])["cognito:groups"] == ["admins", "all"]
    shown = claims(tokens["IdToken"])
    assert shown["cognito:groups"] == ["admins", "all"]
    assert shown["cognito:roles"] == [ROLE] and shown["cognito:preferred_role"] == ROLE

    cognito.admin_remove_user_from_group(UserPoolId=made, Username=ada, GroupName="all")
    cognito.delete_group(UserPoolId=made, GroupName="admins")
    with refused("ResourceNotFoundException", "Group not found."):
        cognito.get_group(UserPoolId=made, GroupName="admins")
    assert [each["GroupName"] for each in cognito.list_groups(UserPoolId=made)["Groups"]] == ["all"]
    assert "cognito:groups" not in claims(app.sign_in(ada, PASSWORD)["IdToken"])
