"""PostgreSQL goes away, cuts connections, holds them up: the server says so, and comes back by itself."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from rig.gate import Gate, health_is, percentile, wait_until
from rig.ledger import Ledger
from rig.load import Load
from support.app import PASSWORD
from test_faults import CLEAR, assert_clear


@pytest.mark.parametrize("mode", ["fast", "immediate"])
def test_postgresql_stops_and_starts(mode, cluster, postgresql_tenant, report):
    tenant, gate = postgresql_tenant, Gate(postgresql_tenant.server)
    with Load(tenant) as load:
        time.sleep(1)
        cluster.stop(mode)
        noticed = wait_until(health_is(gate, 503))
        time.sleep(2)
        refusal = tenant.sign_in(gate)
        assert (refusal.status, refusal.error) == (500, "InternalErrorException")
        cluster.start()
        back = wait_until(health_is(gate, 200))
        healed = wait_until(lambda: tenant.sign_in(gate).ok)
        time.sleep(1)
    assert_clear(load.ledger, 5)
    report("answers meanwhile", f"{load.ledger.errors()}, the longest after {load.ledger.longest:.2f} s")
    report("health", f"503 after {noticed:.2f} s, 200 and sign-in {back + healed:.2f} s after the start")
    report("kept", load.ledger.check(tenant, gate))


def test_connections_are_cut(cluster, postgresql_tenant, report):
    tenant, gate = postgresql_tenant, Gate(postgresql_tenant.server)
    cut = 0
    with Load(tenant) as load:
        end = time.monotonic() + 6
        while time.monotonic() < end:
            time.sleep(0.1)
            cut += cluster.cut()
        wait_until(lambda: tenant.sign_in(gate).ok)
        time.sleep(0.2)
        late = len(load.ledger.failures)
        time.sleep(1)
        assert len(load.ledger.failures) == late, "requests still fail"
    assert_clear(load.ledger, 5)
    report("connections cut", f"{cut}; {load.ledger.answered} answers, of them {load.ledger.errors()}")
    report("kept", load.ledger.check(tenant, gate))


def test_a_connection_is_cut_in_the_middle_of_a_commit(cluster, postgresql_tenant, report):
    tenant, gate = postgresql_tenant, Gate(postgresql_tenant.server)
    names = [f"torn{number}" for number in range(5)]

    def sign_up(name):
        return gate.call("SignUp", ClientId=tenant.client, Username=name, Password=PASSWORD)

    cluster.set("synchronous_standby_names", "nobody")  # commits wait for it from now on
    with ThreadPoolExecutor(len(names)) as threads:
        torn = [threads.submit(sign_up, name) for name in names]
        waiting = "wait_event = 'SyncRep'"
        wait_until(lambda: cluster.ask(f"select count(*) from pg_stat_activity where {waiting}") == str(len(names)))
        assert cluster.cut(waiting) == len(names)
        answers = [one.result() for one in torn]
    assert {(answer.status, answer.error) for answer in answers} == {(500, "InternalErrorException")}
    cluster.set("synchronous_standby_names", "")
    # What the server couldn't know it called a failure, and did once: repeating it is safe.
    again = {(answer.status, answer.error) for answer in map(sign_up, names)}
    assert again == {(400, "UsernameExistsException")}
    assert set(names) <= tenant.stored()
    longest = max(answer.seconds for answer in answers)
    report("commits cut", f"{len(names)} answered 500 in {longest:.2f} s, each there once")
    assert sign_up("afterwards").ok


def test_every_connection_is_held_up(cluster, postgresql_tenant, report):
    """A lock on the users for longer than anybody should wait, and more callers than connections."""
    tenant, gate = postgresql_tenant, Gate(postgresql_tenant.server)
    callers, answers, stop = 60, [], threading.Event()

    def sign_in():
        while not stop.is_set():
            answers.append(tenant.sign_in(gate))

    ledger = Ledger()
    with Load(tenant, ledger=ledger) as load:
        time.sleep(0.5)
        threads = [threading.Thread(target=sign_in) for _ in range(callers)]
        for thread in threads:
            thread.start()
        holder = cluster.hold("begin; lock table users in access exclusive mode; select pg_sleep(25); commit")
        noticed = wait_until(health_is(gate, 503))
        holder.wait(60)
        back = wait_until(health_is(gate, 200))
        healed = wait_until(lambda: tenant.sign_in(gate).ok)
        time.sleep(1)
        stop.set()
        for thread in threads:
            thread.join()
    refused = [answer for answer in answers if not answer.ok]
    assert {f"{answer.status} {answer.error}" for answer in refused} <= CLEAR
    longest = max(answer.seconds for answer in answers)
    typical = percentile([answer.seconds for answer in refused], 50)
    report(f"{callers} callers, 25 s", f"{len(refused)} calls failed, p50 {typical:.1f} s, longest {longest:.1f} s")
    report("health", f"503 after {noticed:.2f} s, 200 and sign-in {back + healed:.2f} s after the lock")
    report("kept", ledger.check(tenant, gate))
    assert longest < 15
    assert_clear(ledger, 30)
