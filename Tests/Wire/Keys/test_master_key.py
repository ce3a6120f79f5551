"""A change of the master key under a server: what is kept still opens, what clients carry only where it should."""

import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from support.app import PASSWORD
from support.errors import refused
from support.server import new_master_key

INVALID_SESSION = ("NotAuthorizedException", "Invalid session for the user.")


def restart(node, *master_keys):
    assert node.stop() == 0
    node.write_master_keys(*master_keys)
    node.start()


def begin(app):
    return app.initiate(
        "USER_AUTH", USERNAME="ada", PREFERRED_CHALLENGE="PASSWORD", SECRET_HASH=app.secret_hash("ada")
    )["Session"]


def answer(app, session):
    return app.respond(
        "PASSWORD", session, USERNAME="ada", PASSWORD=PASSWORD, SECRET_HASH=app.secret_hash("ada")
    )["AuthenticationResult"]


def sign_in(app):
    """Opens what is kept: the access key that asks, the client's secret, the verifier, the signing keys."""
    return app.initiate(
        "USER_PASSWORD_AUTH", USERNAME="ada", PASSWORD=PASSWORD, SECRET_HASH=app.secret_hash("ada")
    )["AuthenticationResult"]


def begin_srp(app):
    """What answers a PASSWORD_VERIFIER rightly."""
    srp = app.srp("ada", PASSWORD)
    parameters = srp.get_auth_params()
    challenge = app.initiate("USER_SRP_AUTH", **parameters)
    return srp.process_challenge(challenge["ChallengeParameters"], parameters)


def test_state_of_the_old_key_is_refused(node, admin, app, ada):
    """Whoever stole the old key can seal a session; the server can't tell theirs from its own of that key."""
    [old] = node.master_keys
    admin.admin_create_user(UserPoolId=app.pool, Username="bob", MessageAction="SUPPRESS")
    token = admin.list_users(UserPoolId=app.pool, Limit=1)["PaginationToken"]
    session, proof, tokens = begin(app), begin_srp(app), sign_in(app)
    restart(node, new_master_key(), old)
    with refused(*INVALID_SESSION):
        answer(app, session)
    with refused("NotAuthorizedException", "Incorrect username or password."):
        app.respond("PASSWORD_VERIFIER", **proof)
    with refused("InvalidParameterException", "Invalid pagination token"):
        admin.list_users(UserPoolId=app.pool, Limit=1, PaginationToken=token)
    assert admin.get_user(AccessToken=tokens["AccessToken"])["Username"] == "ada"
    assert sign_in(app)
    answer(app, begin(app))
    app.respond("PASSWORD_VERIFIER", **begin_srp(app))


def test_a_sign_in_goes_on_while_both_keys_are_current(node, app, ada):
    """The three steps over several nodes: the new key second, then first, then the old one without its mark."""
    [old] = node.master_keys
    new = new_master_key()
    begun = begin(app)
    restart(node, old, f"current:{new}")
    answer(app, begun)
    begun = begin(app)
    restart(node, new, f"current: {old}")
    answer(app, begun)
    begun = begin(app)
    restart(node, old, f"current:{new}")  # a node that isn't at the second step yet
    answer(app, begun)
    begun = begin(app)
    restart(node, new, old)
    with refused(*INVALID_SESSION):
        answer(app, begun)
    assert sign_in(app)


def statuses(node):
    """What `martlet keys status` prints: by key in its order, how it is marked and what is sealed under it."""
    return [line.split("\t")[1:] for line in node.keys("status").splitlines()]


def test_resealing_lets_the_old_key_go(node, admin, app, ada):
    [old] = node.master_keys
    everything = ["key of hashes: 1", "signing keys: 2", "access keys: 1", "client secrets: 1", "passwords: 1"]
    assert statuses(node) == [["seals", ", ".join([*everything, "password history: 2"])]]
    new = new_master_key()
    restart(node, new, old)
    tokens = sign_in(app)
    assert statuses(node) == [
        ["seals", "key of hashes: 1"], ["opens what is kept", ", ".join([*everything[1:], "password history: 2"])],
    ]

    # While the server serves.
    done = threading.Event()
    with ThreadPoolExecutor() as pool:
        serving = pool.submit(lambda: [sign_in(app) for _ in iter(done.is_set, True)])
        printed = node.keys("reseal")
        done.set()
        assert serving.result()
    assert printed.splitlines() == [
        "key of hashes: rewritten 0, remaining 0",
        "signing keys: rewritten 2, remaining 0",
        "access keys: rewritten 1, remaining 0",
        "client secrets: rewritten 1, remaining 0",
        "second client secrets: rewritten 0, remaining 0",
        "provider secrets: rewritten 0, remaining 0",
        "SAML keys: rewritten 0, remaining 0",
        "passwords: rewritten 1, remaining 0",
        "software tokens: rewritten 0, remaining 0",
        "devices: rewritten 0, remaining 0",
        "software tokens being set up: rewritten 0, remaining 0",
        "imported passwords: rewritten 0, remaining 0",
        "import files: rewritten 0, remaining 0",
        "messages: rewritten 0, remaining 0",
        "password history: rewritten 2, remaining 0",
    ]
    assert "rewritten 2" not in node.keys("reseal")
    assert statuses(node) == [
        ["seals", ", ".join([*everything, "password history: 2"])], ["opens what is kept", "nothing"],
    ]

    restart(node, new)
    assert admin.get_user(AccessToken=tokens["AccessToken"])["Username"] == "ada"
    access = sign_in(app)["AccessToken"]
    with refused("PasswordHistoryPolicyViolationException", "Password has previously been used"):
        admin.change_password(AccessToken=access, PreviousPassword=PASSWORD, ProposedPassword=PASSWORD)


def test_a_missing_key_is_told(node, app, ada):
    [old] = node.master_keys
    new = new_master_key()
    restart(node, new, old)
    node.write_master_keys(new)
    with pytest.raises(subprocess.CalledProcessError) as failure:
        node.keys("reseal")
    assert failure.value.returncode == 1
    assert "passwords: rewritten 0, remaining 0, unreadable 1" in failure.value.stdout
    assert "values don't open: their key is missing from the file of --master-key" in failure.value.stderr
    assert statuses(node)[1][0] == "missing from the file"
    node.write_master_keys(new, old)
    assert node.keys("reseal").count("unreadable") == 0
    assert sign_in(app)
