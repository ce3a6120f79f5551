"""Three nodes on one PostgreSQL primary with a synchronous replica, or behind a PgBouncer that pools transactions."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from rig.fleet import fleet
from rig.gate import health_is, percentile, wait_until
from rig.load import Load
from support import postgres
from support.app import PASSWORD

ROUNDS = 1000


@pytest.fixture
def replica(cluster):
    replica = cluster.replicate()
    yield replica
    replica.stop("immediate")


@pytest.fixture
def three(tmp_path, cluster, replica):
    hosts = f"{cluster.address},{replica.address}"
    with fleet(tmp_path, cluster.url.replace(cluster.address, hosts)) as nodes:
        yield nodes


@pytest.fixture
def pooled(tmp_path, cluster):
    with postgres.pooler(cluster.url) as url, fleet(tmp_path, url) as nodes:
        yield nodes


@pytest.fixture(params=["three", "pooled"])
def nodes(request):
    return request.getfixturevalue(request.param)


def test_three_nodes_are_one_service(nodes, report):
    one, two, three = nodes.gates
    tenant, who = nodes.tenant, {"ClientId": nodes.tenant.client, "Username": "ada"}
    address = [{"Name": "email", "Value": "ada@example.com"}]
    assert one.call("SignUp", Password=PASSWORD, UserAttributes=address, **who).ok
    wait_until(lambda: nodes.codes("ada@example.com"))
    code, = nodes.codes("ada@example.com")
    assert two.call("ConfirmSignUp", ConfirmationCode=code, **who).ok
    tokens = tenant.sign_in(three, "ada")
    assert tokens.ok, tokens
    tokens = tokens.body["AuthenticationResult"]
    for gate in nodes.gates:
        assert gate.call("GetUser", AccessToken=tokens["AccessToken"]).ok
        assert tenant.refresh(gate, tokens["RefreshToken"]).ok
    report("sign up, confirm, sign in", "each on another node, tokens good on all")

    assert one.call("RevokeToken", ClientId=tenant.client, Token=tokens["RefreshToken"]).ok
    for gate in nodes.gates:  # no waiting: the next request anywhere is refused
        answers = [
            gate.call("GetUser", AccessToken=tokens["AccessToken"]), tenant.refresh(gate, tokens["RefreshToken"])
        ]
        assert [answer.error for answer in answers] == ["NotAuthorizedException"] * 2
    report("revoked on one", "refused on the others by the very next request")


def changes_of_a_client(nodes, count):
    """How long after each change by one node the others do as it says, in milliseconds."""
    tenant, delays = nodes.tenant, []
    for gate in nodes.gates:
        assert tenant.sign_in(gate).ok  # so that all have the client in memory
    for number in range(count):
        wanted = number % 2 == 1
        flow = "ALLOW_USER_PASSWORD_AUTH" if wanted else "ALLOW_USER_SRP_AUTH"
        tenant.administer(
            "UpdateUserPoolClient", UserPoolId=tenant.pool, ClientId=tenant.client,
            ExplicitAuthFlows=[flow, "ALLOW_REFRESH_TOKEN_AUTH"],
        )
        changed = time.monotonic()
        for gate in nodes.gates[1:]:
            wait_until(lambda: tenant.sign_in(gate).ok == wanted, seconds=5, every=0)
            delays.append((time.monotonic() - changed) * 1000)
    return delays


def test_a_changed_client_is_seen_at_once(three, report):
    delays = changes_of_a_client(three, 20)
    report(
        "20 changes of a client, seen by two others",
        f"after {percentile(delays, 50):.1f} ms, {max(delays):.1f} ms at most, a sign-in or two included",
    )
    # Without `NOTIFY` it would be seen too, a second later.
    assert percentile(delays, 50) < 300 and max(delays) < 1000


def test_a_changed_client_is_seen_within_a_second_behind_a_pooler(pooled, report):
    delays = changes_of_a_client(pooled, 10)
    report(
        "10 changes of a client, seen by two others",
        f"after {percentile(delays, 50):.0f} ms, {max(delays):.0f} ms at most, a sign-in or two included",
    )
    assert max(delays) < 2000


def test_a_node_is_killed_under_load(three, report):
    with Load(three.tenant, three.nodes) as load:
        time.sleep(1.5)
        three.nodes[1].kill()
        time.sleep(1.5)
        back = three.restart(1)
        time.sleep(1)
    assert load.ledger.errors() == {}
    kept = load.ledger.check(three.tenant, three.gates[2])
    report("one of three killed", f"{load.ledger.answered} acknowledged, {load.ledger.lost} cut off")
    report("back", f"in {back * 1000:.0f} ms")
    report("kept", kept)


def test_the_replica_is_promoted(three, cluster, replica, report):
    tenant = three.tenant
    with Load(tenant, three.nodes) as load:
        time.sleep(2)
        gone = time.monotonic()
        cluster.stop("immediate")
        noticed = [wait_until(health_is(gate, 503)) for gate in three.gates]
        promoting = time.monotonic()
        replica.promote()
        promoted = time.monotonic()
        for gate in three.gates:
            wait_until(health_is(gate, 200))
            wait_until(lambda: tenant.sign_in(gate).ok)
        followed = time.monotonic()
        time.sleep(0.5)
        late = len(load.ledger.failures)
        time.sleep(1.5)
        assert len(load.ledger.failures) == late, "requests still fail"
    assert set(load.ledger.errors()) <= {"500 InternalErrorException"}
    kept = load.ledger.check(tenant, three.gates[0])
    report("health 503", f"{max(noticed):.2f} s after the primary had stopped")
    report("promotion", f"took PostgreSQL {promoted - promoting:.2f} s")
    report("all nodes followed", f"{followed - promoted:.2f} s after it")
    report("away in all", f"{followed - gone:.2f} s from stopping the primary to sign-in on every node")
    report("answers meanwhile", f"{load.ledger.errors()}, the longest after {load.ledger.longest:.2f} s")
    report("kept", kept)
    assert followed - promoted < 10

    # A client changed on one node is seen on the others through the new primary.
    tenant.administer(
        "UpdateUserPoolClient", UserPoolId=tenant.pool, ClientId=tenant.client,
        ExplicitAuthFlows=["ALLOW_USER_SRP_AUTH"],
    )
    seen = max(wait_until(lambda: not tenant.sign_in(gate).ok, every=0) for gate in three.gates[1:])
    report("a changed client afterwards", f"seen after {seen * 1000:.1f} ms")
    assert seen < 1


def race(nodes, requests):
    """Sends each request to two nodes at once; returns how often one, both or none of them won."""
    start, outcomes = threading.Barrier(2), []

    def run(gate):
        won = []
        for operation, body in requests:
            start.wait(30)
            won.append(gate.call(operation, **body).ok)
        return won

    with ThreadPoolExecutor(2) as threads:
        for one, other in zip(*threads.map(run, nodes.gates[:2])):
            outcomes.append(one + other)
    return {wins: outcomes.count(wins) for wins in sorted(set(outcomes))}


def test_two_nodes_spend_the_same_refresh_token(nodes, report):
    tenant = nodes.tenant
    with ThreadPoolExecutor(4) as threads:
        signed_in = threads.map(
            lambda number: tenant.sign_in(nodes.gates[2], tenant.usernames[number % 8], client=tenant.rotating),
            range(ROUNDS),
        )
        tokens = [answer.body["AuthenticationResult"]["RefreshToken"] for answer in signed_in]
    outcomes = race(nodes, [
        ("GetTokensFromRefreshToken", {"ClientId": tenant.rotating, "RefreshToken": token}) for token in tokens
    ])
    report(f"{ROUNDS} refresh tokens spent on two nodes at once", f"winners: {outcomes}")
    assert outcomes == {1: ROUNDS}


def test_two_nodes_spend_the_same_code(nodes, report):
    tenant, rounds = nodes.tenant, ROUNDS // 5
    names = [f"racer{number}" for number in range(rounds)]

    def sign_up(name):
        address = [{"Name": "email", "Value": f"{name}@example.com"}]
        return nodes.gates[2].call(
            "SignUp", ClientId=tenant.client, Username=name, Password=PASSWORD, UserAttributes=address
        )

    with ThreadPoolExecutor(4) as threads:
        assert all(answer.ok for answer in threads.map(sign_up, names))
    wait_until(lambda: all(nodes.codes(f"{name}@example.com") for name in names), every=1)
    outcomes = race(nodes, [
        ("ConfirmSignUp", {
            "ClientId": tenant.client, "Username": name, "ConfirmationCode": nodes.codes(f"{name}@example.com")[0],
        }) for name in names
    ])
    report(f"{rounds} codes spent on two nodes at once", f"winners: {outcomes}")
    assert outcomes == {1: rounds}


def test_two_nodes_spend_the_same_session(nodes, report):
    tenant, rounds, temporary = nodes.tenant, ROUNDS // 5, "Temporary-Horse-7"
    requests = []
    for number in range(rounds):
        name = f"invited{number}"
        tenant.administer(
            "AdminCreateUser", UserPoolId=tenant.pool, Username=name, TemporaryPassword=temporary,
            MessageAction="SUPPRESS",
        )
        session = tenant.sign_in(nodes.gates[2], name, temporary).body["Session"]
        requests.append(("RespondToAuthChallenge", {
            "ClientId": tenant.client, "ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": session,
            "ChallengeResponses": {"USERNAME": name, "NEW_PASSWORD": PASSWORD},
        }))
    outcomes = race(nodes, requests)
    report(f"{rounds} sessions spent on two nodes at once", f"winners: {outcomes}")
    assert outcomes == {1: rounds}
