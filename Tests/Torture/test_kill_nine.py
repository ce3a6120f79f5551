"""`kill -9` under load, twenty times: what was acknowledged is there, and what served once serves no more."""

import random
import time

import pytest

from rig.gate import Gate, restart
from rig.load import Load

KILLS = 20


@pytest.mark.timeout(300)
def test_nothing_acknowledged_is_lost(tenant, report):
    server, ledger, starts = tenant.server, None, []
    for _ in range(KILLS):
        with Load(tenant, ledger=ledger) as load:
            time.sleep(random.uniform(0.2, 1.0))
            server.kill()
        ledger = load.ledger
        starts.append(restart(server))
    assert ledger.errors() == {}
    assert ledger.acknowledged > 10 * KILLS and ledger.lost >= KILLS
    for kind in ("SRP answers", "refresh tokens", "codes", "sessions"):
        assert ledger.spent[kind], f"no {kind} were spent"
    kept = ledger.check(tenant, Gate(server))
    report(f"{KILLS} kills", f"{ledger.answered} requests acknowledged, {ledger.lost} cut off, none lost")
    report("checked", kept)
    report("back after a kill", f"{max(starts) * 1000:.0f} ms at most")
