"""Mails under load while the server is killed: whoever was told that a mail is on its way gets it, and few get it twice."""

import collections
import itertools
import os
import random
import threading
import time

import pytest

from rig.gate import Gate, Lost, restart, wait_until
from rig.sink import Sink
from rig.tenant import running
from support.app import PASSWORD, pairs
from support.server import Server

MAILS = int(os.environ.get("MARTLET_MAILS", "10000"))
KILLS = 10
CLIENTS = 32
#: Seconds: a lease of what a dead node had on its way, and the tries of what was asked for again.
LEASE = 60


class SignUps:
    """Clients that sign users up, each with an address of its own, between `with SignUps(tenant) as …:` and its end."""

    def __init__(self, tenant):
        self.answered, self.failures = [], []
        self._tenant, self._gate = tenant, Gate(tenant.server)
        self._numbers, self._stop = itertools.count(), threading.Event()
        self._threads = [threading.Thread(target=self._run) for _ in range(CLIENTS)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()
        self._gate.close()

    def _run(self):
        while not self._stop.is_set():
            name = f"new{next(self._numbers)}"
            try:
                answer = self._gate.call(
                    "SignUp", ClientId=self._tenant.client, Username=name, Password=PASSWORD,
                    UserAttributes=pairs({"email": address(name)}),
                )
            except Lost:
                time.sleep(0.01)
                continue
            if answer.ok:
                self.answered.append(name)
            else:
                self.failures.append((answer.status, answer.error))


def address(name):
    return f"{name}@example.com"


def most_resident(pid):
    """What a process had resident at most, in MB."""
    with open(f"/proc/{pid}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM")) / 1024


def codes_that_serve(gate, tenant, codes):
    """Of these users' codes, how many confirm."""
    return sum(
        gate.call("ConfirmSignUp", ClientId=tenant.client, Username=name, ConfirmationCode=code).ok
        for name, code in codes
    )


@pytest.mark.timeout(900)
def test_every_mail_comes(database, execute, tmp_path, report):
    memory, serving = [], 0
    with Sink(tmp_path) as sink, running(Server(
        tmp_path, database, "--trusted-proxies", "127.0.0.1", "--mail", sink.url, "--mail-from", "no-reply@example.com"
    )) as tenant:
        server = tenant.server
        with SignUps(tenant) as load:
            for kill in range(1, KILLS + 2):
                enough, begun = MAILS * kill / (KILLS + 1), time.monotonic()
                wait_until(lambda enough=enough: len(load.answered) >= enough, 300)
                time.sleep(random.uniform(0, 0.2))
                serving += time.monotonic() - begun
                memory.append(most_resident(server.pid))
                if kill <= KILLS:
                    server.kill()
                    restart(server)
        loaded = sink.taken()
        left = int(execute("select count(*) from outbox"))
        late = wait_until(lambda: int(execute("select count(*) from outbox")) == 0, 4 * LEASE, every=1)
        memory.append(most_resident(server.pid))
        taken = sink.taken()
        users = tenant.stored() - set(tenant.usernames)
        codes = {mail.to.partition("@")[0]: mail.code for mail in taken}
        chosen = random.sample(sorted(codes.items()), min(100, len(codes)))
        confirmed = codes_that_serve(Gate(server), tenant, chosen)

    came = collections.Counter(mail.id for mail in taken)
    addresses = {mail.to for mail in taken}
    twice = sum(count > 1 for count in came.values())
    report(f"{KILLS} kills", f"{len(load.answered)} sign-ups answered, {len(users - set(load.answered))} kept that were cut off")
    report("mails", f"{len(taken)} of {len(came)} messages; {twice} came twice or more, {max(came.values())} times at most")
    report("sends", f"{len(loaded) / serving:.0f}/s while it served; {left} messages left then, none {late:.0f} s later")
    report("resident memory at most", f"{max(memory):.0f} MB")
    assert load.failures == []
    missing = set(load.answered) - users
    assert not missing, f"{len(missing)} of {len(load.answered)} sign-ups are lost"
    missing = {address(name) for name in users} - addresses
    assert not missing, f"{len(missing)} of {len(users)} users have no mail, such as {sorted(missing)[:5]}"
    # One message for each user, however often it came: what comes twice can be told by its Message-ID.
    assert len(came) == len(addresses) == len(users)
    assert confirmed == len(chosen), f"{confirmed} of {len(chosen)} codes serve"
