"""DeleteUserPool and deletion protection."""

from support.app import PASSWORD
from support.errors import refused


def test_all_that_belongs_to_the_pool_goes_with_it(cognito, pool, client, user, server):
    app = client(pool())
    tokens = app.sign_in(user(app.pool), PASSWORD)
    cognito.delete_user_pool(UserPoolId=app.pool)
    with refused("ResourceNotFoundException", f"User pool {app.pool} does not exist."):
        cognito.describe_user_pool(UserPoolId=app.pool)
    with refused("ResourceNotFoundException", f"User pool client {app.id} does not exist."):
        app.sign_in("anybody", PASSWORD)
    with refused("NotAuthorizedException", "Invalid Access Token"):
        cognito.get_user(AccessToken=tokens["AccessToken"])
    assert server.get(f"/{app.pool}/.well-known/jwks.json").status_code == 404


def test_a_protected_pool_stays_until_it_is_no_longer(cognito, pool):
    protected = pool(DeletionProtection="ACTIVE")
    message = (
        "The user pool cannot be deleted because deletion protection is activated. "
        "Deletion protection must be inactivated first."
    )
    with refused("InvalidParameterException", message):
        cognito.delete_user_pool(UserPoolId=protected)
    cognito.update_user_pool(UserPoolId=protected, DeletionProtection="INACTIVE")
    cognito.delete_user_pool(UserPoolId=protected)


def test_an_answer_has_no_body(wire, pool):
    response = wire.signed_call("DeleteUserPool", {"UserPoolId": pool()})
    assert (response.status_code, response.content) == (200, b"")
