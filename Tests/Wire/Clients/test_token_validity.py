"""How long tokens are good: values, units and what is out of range."""

import pytest

from support.app import PASSWORD
from support.errors import refused


@pytest.fixture(scope="module")
def shared(pool):
    return pool()


@pytest.mark.parametrize("value, unit, seconds", [
    (None, None, 3600), (2, None, 7200), (300, "seconds", 300), (5, "minutes", 300), (24, "hours", 86400),
    (1, "days", 86400),
])
def test_access_tokens(client, shared, user, value, unit, seconds):
    settings = {} if value is None else {"AccessTokenValidity": value}
    app = client(shared, TokenValidityUnits={"AccessToken": unit} if unit else {}, **settings)
    assert app.sign_in(user(shared), PASSWORD)["ExpiresIn"] == seconds


@pytest.mark.parametrize("settings", [
    {"AccessTokenValidity": 299, "TokenValidityUnits": {"AccessToken": "seconds"}},
    {"AccessTokenValidity": 25},
    {"IdTokenValidity": 4, "TokenValidityUnits": {"IdToken": "minutes"}},
    {"IdTokenValidity": 2, "TokenValidityUnits": {"IdToken": "days"}},
    {"RefreshTokenValidity": 59, "TokenValidityUnits": {"RefreshToken": "minutes"}},
    {"RefreshTokenValidity": 3651},
])
def test_out_of_range(client, shared, settings):
    with refused("InvalidParameterException", "Invalid range for token validity."):
        client(shared, **settings)


def test_a_refresh_token_validity_of_zero_is_the_default(client, shared):
    assert client(shared, RefreshTokenValidity=0).description["RefreshTokenValidity"] == 30
    units = {"RefreshToken": "hours"}
    assert client(shared, RefreshTokenValidity=1, TokenValidityUnits=units).description["RefreshTokenValidity"] == 1


@pytest.mark.parametrize("minutes", [2, 16])
def test_sessions_of_a_sign_in_last_three_to_fifteen_minutes(cognito, client, shared, minutes):
    with pytest.raises(cognito.exceptions.InvalidParameterException):
        client(shared, AuthSessionValidity=minutes)
