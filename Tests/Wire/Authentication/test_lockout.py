"""After five wrong passwords a name is locked for a second; unknown names look the same."""

import time

import pytest

from support.app import PASSWORD
from support.errors import refused

WRONG = ("NotAuthorizedException", "Incorrect username or password.")
LOCKED = ("NotAuthorizedException", "Password attempts exceeded")


@pytest.fixture(scope="module")
def app(pool, client):
    return client(pool(), PreventUserExistenceErrors="ENABLED")


def fail(app, username, times=5):
    for _ in range(times):
        with refused(*WRONG):
            app.sign_in(username, "Wrong-Horse-7")


def test_five_failures_lock_and_time_unlocks(app, user):
    username = user(app.pool)
    fail(app, username)
    with refused(*LOCKED):
        app.sign_in(username, PASSWORD)
    with refused(*LOCKED):
        app.srp(username, PASSWORD).authenticate_user()
    time.sleep(1.05)  # the lock is of one second
    assert app.sign_in(username, PASSWORD)
    fail(app, username, 4)
    assert app.sign_in(username, PASSWORD)


def test_the_lock_doubles(app, user):
    username = user(app.pool)
    fail(app, username)
    time.sleep(1.05)  # the first lock is of one second, the second of two
    fail(app, username, 1)
    time.sleep(1.05)
    with refused(*LOCKED):
        app.sign_in(username, PASSWORD)


def test_proofs_by_srp_count_too(app, user):
    username = user(app.pool)
    for _ in range(5):
        with refused(*WRONG):
            app.srp(username, "Wrong-Horse-7").authenticate_user()
    with refused(*LOCKED):
        app.sign_in(username, PASSWORD)


def test_an_unknown_name_is_locked_alike(app, name):
    username = name("unknown")
    fail(app, username)
    with refused(*LOCKED):
        app.sign_in(username, PASSWORD)


def test_others_are_not_locked(app, user):
    username, other = user(app.pool), user(app.pool)
    fail(app, username)
    assert app.sign_in(other, PASSWORD)


def test_a_session_stays_while_its_user_is_locked(app, user):
    username = user(app.pool)
    tokens = app.sign_in(username, PASSWORD)
    fail(app, username)
    assert app.initiate("REFRESH_TOKEN_AUTH", REFRESH_TOKEN=tokens["RefreshToken"])["AuthenticationResult"]
    assert app.cognito.get_user(AccessToken=tokens["AccessToken"])
