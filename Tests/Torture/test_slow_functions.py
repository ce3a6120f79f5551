"""A function that is slow holds up who needs it, and nobody else: those who wait for it take no place of others."""

import os
import threading
import time

import pytest

from rig.gate import Gate, wait_until
from rig.tenant import running
from support.functions import CREDENTIALS, ENVIRONMENT, LambdaEndpoint
from support.server import Server

#: More than the requests that a server handles at once.
WAITING = 64 * os.cpu_count() + 72


@pytest.fixture
def lambdas():
    with LambdaEndpoint(CREDENTIALS) as endpoint:
        yield endpoint


@pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")
def test_others_are_served(tmp_path, lambdas, report):
    gone = threading.Event()

    def slow(event, context):
        gone.wait(4)
        return event

    server = Server(
        tmp_path, f"sqlite:{tmp_path}/martlet.db", "--trusted-proxies", "127.0.0.1", "--lambda-endpoint", lambdas.url,
        environment=ENVIRONMENT,
    )
    with running(server) as tenant:
        client, other = tenant.client, tenant.pool
        slowed = tenant.administer(
            "CreateUserPool", PoolName="slow", LambdaConfig={"PreTokenGeneration": lambdas.add(slow)}
        )["UserPool"]["Id"]
        tenant.pool = slowed
        their_client = tenant.make_client("slow")
        tenant.make_user("ada")
        tenant.pool = other
        gate, answers = Gate(server), []

        def wait():
            answers.append(tenant.sign_in(gate, "ada", client=their_client))

        threads = [threading.Thread(target=wait) for _ in range(WAITING)]
        for thread in threads:
            thread.start()
            time.sleep(0.002)
        wait_until(lambda: lambdas.running > WAITING - 8, 3.5)
        others = [tenant.sign_in(gate, client=client) for _ in range(50)]
        waiting = lambdas.running
        gone.set()
        for thread in threads:
            thread.join()
        gate.close()
    assert [answer.error for answer in others if not answer.ok] == []
    assert waiting > WAITING // 2, "the others were to be served meanwhile"
    assert [answer.error for answer in answers if not answer.ok] == []
    report("others beside", f"{waiting} sign-ins that wait: {max(answer.seconds for answer in others) * 1000:.0f} ms at most")
