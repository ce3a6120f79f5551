"""AdminResetUserPassword."""

from support.app import PASSWORD
from support.errors import refused

NEW = "New-Horse-77"


def test_a_user_who_must_choose_another_password(cognito, pool, client, user, inbox, name):
    app = client(pool())
    email = f"{name('reset')}@example.com"
    username = user(app.pool, email=email, email_verified="true")
    cognito.admin_reset_user_password(UserPoolId=app.pool, Username=username)
    assert cognito.admin_get_user(UserPoolId=app.pool, Username=username)["UserStatus"] == "RESET_REQUIRED"
    with refused("PasswordResetRequiredException", "Password reset required for the user"):
        app.sign_in(username, PASSWORD)
    cognito.confirm_forgot_password(
        ClientId=app.id, Username=username, ConfirmationCode=inbox.code(email), Password=NEW
    )
    assert app.sign_in(username, NEW)["AccessToken"]
