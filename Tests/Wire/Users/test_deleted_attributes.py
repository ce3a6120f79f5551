"""AddCustomAttributes, DeleteUserAttributes, AdminDeleteUserAttributes."""

from support.app import PASSWORD, values
from support.errors import refused


def test_an_attribute_comes_and_goes(cognito, pool, client, user):
    app = client(pool())
    cognito.add_custom_attributes(
        UserPoolId=app.pool, CustomAttributes=[{"Name": "level", "AttributeDataType": "Number", "Mutable": True}]
    )
    with refused("InvalidParameterException", "custom:level: Existing attribute already has name custom:level."):
        cognito.add_custom_attributes(
            UserPoolId=app.pool, CustomAttributes=[{"Name": "level", "AttributeDataType": "Number"}]
        )
    username = user(app.pool, name="Ada", nickname="A", **{"custom:level": "7"})
    token = app.sign_in(username, PASSWORD)["AccessToken"]
    cognito.delete_user_attributes(AccessToken=token, UserAttributeNames=["custom:level", "name"])
    shown = values(cognito.get_user(AccessToken=token)["UserAttributes"])
    assert set(shown) == {"sub", "nickname"}
    cognito.admin_delete_user_attributes(UserPoolId=app.pool, Username=username, UserAttributeNames=["nickname"])
    shown = values(cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserAttributes"])
    assert set(shown) == {"sub"}
