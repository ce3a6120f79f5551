"""Threat protection as a client sees it: events, feedback, risk configurations."""

import pytest

from support.app import PASSWORD
from support.errors import refused


@pytest.fixture(scope="module")
def protected(pool):
    return pool(UserPoolTier="PLUS", UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"})


def password_sign_in(app, name, password=PASSWORD):
    return app.initiate("USER_PASSWORD_AUTH", USERNAME=name, PASSWORD=password)


def test_the_history_of_a_user(cognito, protected, client, user):
    app, name = client(protected), user(protected)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        password_sign_in(app, name, "Wr0ng!one")
    password_sign_in(app, name)
    place = {"UserPoolId": protected, "Username": name}
    events = cognito.admin_list_user_auth_events(**place)["AuthEvents"]
    assert [event["EventResponse"] for event in events] == ["Pass", "Fail"]
    assert events[1]["ChallengeResponses"] == [{"ChallengeName": "Password", "ChallengeResponse": "Failure"}]
    cognito.admin_update_auth_event_feedback(**place, EventId=events[1]["EventId"], FeedbackValue="Invalid")
    pages = cognito.get_paginator("admin_list_user_auth_events").paginate(**place, PaginationConfig={"PageSize": 1})
    shown = [event for page in pages for event in page["AuthEvents"]]
    assert [event["EventId"] for event in shown] == [event["EventId"] for event in events]
    assert (shown[1]["EventFeedback"]["FeedbackValue"], shown[1]["EventFeedback"]["Provider"]) == ("Invalid", "Admin")
    with refused("NotAuthorizedException", "Invalid feedback token."):
        cognito.update_auth_event_feedback(
            **place, EventId=events[0]["EventId"], FeedbackToken="made.up", FeedbackValue="Valid"
        )


def test_a_blocked_address(cognito, protected, client, user):
    app, name = client(protected), user(protected)
    set_ = cognito.set_risk_configuration(
        UserPoolId=protected, ClientId=app.id,
        RiskExceptionConfiguration={"BlockedIPRangeList": ["127.0.0.0/8"], "SkippedIPRangeList": []},
    )["RiskConfiguration"]
    described = cognito.describe_risk_configuration(UserPoolId=protected, ClientId=app.id)["RiskConfiguration"]
    assert described == set_
    with refused("NotAuthorizedException", "Request not allowed due to security reasons."):
        password_sign_in(app, name)
    cognito.set_risk_configuration(UserPoolId=protected, ClientId=app.id)
    assert "AuthenticationResult" in password_sign_in(app, name)


def test_without_the_add_on(cognito, pool):
    with refused("UserPoolAddOnNotEnabledException", "User pool add-ons are not enabled."):
        cognito.describe_risk_configuration(UserPoolId=pool())
    features = "The following features need to be disabled for the ESSENTIALS pricing tier configured: Threat Protection"
    with refused("FeatureUnavailableInTierException", features):
        pool(UserPoolAddOns={"AdvancedSecurityMode": "ENFORCED"})
