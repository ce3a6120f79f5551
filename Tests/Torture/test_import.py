"""500,000 users from one file: how fast, in how much memory, and that `kill -9` in the middle loses none and doubles none."""

import os
import random
import statistics
import time

import pytest

from rig.gate import restart
from rig.imports import Import, is_over, rows

USERS = int(os.environ.get("MARTLET_IMPORT_USERS", 500_000))
KILLS = 5


def peak_memory(server):
    """Of the process, in MB."""
    with open(f"/proc/{server.pid}/status") as status:
        fields = dict(line.split(":", 1) for line in status)
    return int(fields["VmHWM"].split()[0]) / 1024


@pytest.mark.timeout(1800)
def test_half_a_million_users(tenant, report, tmp_path):
    server = tenant.server
    job = Import(tenant, tmp_path / "users.csv", USERS)
    idle, start = peak_memory(server), time.monotonic()
    job.upload()
    report("upload", f"{job.path.stat().st_size / 1e6:.0f} MB in {time.monotonic() - start:.1f} s")
    report("peak memory", f"{idle:.0f} MB before, {peak_memory(server):.0f} MB after the upload")
    job.start()
    rates, kills, peak = [], [], 0
    while not is_over(now := job.state):
        before, clock = rows(now), time.monotonic()
        time.sleep(random.uniform(0.5, 1))
        now = job.state
        # While the lease of a server that was killed runs out, none is read.
        if rows(now) > before and not is_over(now):
            rates.append((rows(now) - before) / (time.monotonic() - clock))
        peak = max(peak, peak_memory(server))
        if len(kills) < KILLS and rows(now) > USERS * (len(kills) + 1) / (KILLS + 2):
            server.kill()
            restart(server)
            kills.append(rows(now))
    assert now["Status"] == "Succeeded", (now, job.log()[:1000])
    outcome = {"skipped": 999, "failed": 500}
    expected = {name: sum(number % 1000 == rest for number in range(USERS)) for name, rest in outcome.items()}
    imported = USERS - sum(expected.values())
    assert (now["ImportedUsers"], now["SkippedUsers"], now["FailedUsers"]) == (imported, *expected.values())
    report("rows per second", f"{statistics.median(rates):.0f}, the median of {len(rates)} looks while it ran")
    report("peak memory of the import", f"{peak:.0f} MB")
    report("killed", f"{len(kills)} times, at {kills} rows")
    # Whoever was imported twice would stand twice, under another sub.
    listed = list(tenant.listed(Limit=60))
    assert len(listed) == len(set(listed)) == imported + len(tenant.usernames)
    assert {f"imported{number}" for number in (0, 1, USERS // 2, USERS - 2)} <= set(listed)
