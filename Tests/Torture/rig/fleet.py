"""Several Martlet processes on one database."""

import contextlib
import os
from unittest import mock

from rig.gate import Gate, health_is, restart, wait_until
from rig.tenant import Tenant
from support.server import Server


class Fleet:
    """The nodes, their gates, and a tenant whom all of them serve."""

    def __init__(self, nodes):
        self.nodes = nodes
        self.gates = [Gate(node) for node in nodes]
        self.tenant = Tenant(nodes[0])

    def restart(self, number):
        """Starts a node that was killed; returns the seconds until it listens."""
        with one_issuer():
            return restart(self.nodes[number])

    def codes(self, address):
        """The codes that any of the nodes sent to an address."""
        return [message["Code"] for node in self.nodes for message in node.inbox.to(address)]


def one_issuer():
    """Nodes have one public URL in life, and so one issuer. These have none in common but Cognito's own."""
    return mock.patch.dict(os.environ, MARTLET_ISSUER="aws")


@contextlib.contextmanager
def fleet(folder, url, count=3):
    """So many nodes with one master key: each writes it anew before any of them starts."""
    nodes = [Server(folder, url) for _ in range(count)]
    for node in nodes:
        with one_issuer():
            node.start()
    try:
        made = Fleet(nodes)
        for gate in made.gates:
            wait_until(health_is(gate, 200))
        yield made
    except BaseException:
        for node in nodes:
            node.kill()
        raise
    for node in nodes:
        assert node.stop() == 0
