"""Prints the table of resources and steps at the end of the run."""

import pytest

OUTCOMES = pytest.StashKey()


def pytest_configure(config):
    config.stash[OUTCOMES] = {}


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item, call):
    report = (yield).get_result()
    if "address" not in getattr(item, "fixturenames", ()) or (report.when != "call" and not report.skipped):
        return
    parameters = item.callspec.params
    row = item.config.stash[OUTCOMES].setdefault(parameters["address"], {})
    row[parameters["step"]] = {"passed": "ok", "failed": "FAILED", "skipped": "–"}[report.outcome]


def pytest_terminal_summary(terminalreporter, config):
    outcomes = config.stash[OUTCOMES]
    if not outcomes:
        return
    steps = list(dict.fromkeys(step for row in outcomes.values() for step in row))
    width = max(map(len, outcomes))
    terminalreporter.section("Terraform")
    terminalreporter.write_line(f"{'':{width}}  " + "  ".join(steps))
    for address, row in outcomes.items():
        cells = "  ".join(f"{row.get(step, ''):{len(step)}}" for step in steps)
        terminalreporter.write_line(f"{address:{width}}  {cells}")
