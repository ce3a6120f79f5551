"""Signing in by USER_AUTH with a code by mail."""

from support.app import PASSWORD


def test_a_code_by_mail(pool, client, user, name, inbox):
    app = client(
        pool(Policies={"SignInPolicy": {"AllowedFirstAuthFactors": ["PASSWORD", "EMAIL_OTP"]}}),
        ExplicitAuthFlows=["ALLOW_USER_AUTH"],
    )
    email = f"{name('test')}@example.com"
    username = user(app.pool, None, PASSWORD, email=email, email_verified="true")
    answer = app.initiate("USER_AUTH", USERNAME=username, PREFERRED_CHALLENGE="EMAIL_OTP")
    assert answer["ChallengeName"] == "EMAIL_OTP"
    assert answer["ChallengeParameters"] == {
        "CODE_DELIVERY_DELIVERY_MEDIUM": "EMAIL", "CODE_DELIVERY_DESTINATION": "t***@e***",
    }
    answer = app.respond(
        "EMAIL_OTP", answer["Session"], USERNAME=username, EMAIL_OTP_CODE=inbox.code(email)
    )
    assert answer["AuthenticationResult"]["AccessToken"]
