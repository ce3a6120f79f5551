"""Load of more than one call each, where one needs what the one before answered."""

import asyncio
import re
import time
from concurrent.futures import ProcessPoolExecutor

from martlet_bench.load import processor_seconds


class Connection:
    """One connection that stays open, and the little of HTTP that it takes."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer
        self.seconds = 0

    async def send(self, start, headers, data=b""):
        """The status, the head and the body of the answer. `start` is method and target."""
        fields = {"Host": "bench", "Content-Length": len(data), **headers}
        head = f"{start} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
        begun = time.perf_counter()
        self._writer.write(head.encode() + data)
        answer = await self._reader.readuntil(b"\r\n\r\n")
        text = await self._reader.readexactly(int(re.search(rb"(?i)content-length: (\d+)", answer)[1]))
        self.seconds += time.perf_counter() - begun
        return int(answer.split(b" ", 2)[1]), answer.decode(), text


async def _load(flow, url, count, connections, arguments):
    host, port = url.removeprefix("http://").split(":")
    times = []

    async def one_connection():
        reader, writer = await asyncio.open_connection(host, int(port))
        connection = Connection(reader, writer)
        calls = flow(connection, *arguments)
        while len(times) + running[0] < count:
            running[0] += 1
            connection.seconds = 0
            await calls.run()
            times.append(connection.seconds * 1e3)
            running[0] -= 1
        writer.close()

    running = [0]
    await asyncio.gather(*(one_connection() for _ in range(connections)))
    return times


def _process(*arguments):
    return asyncio.run(_load(*arguments))


def run(flow, url, pid, count, *arguments, connections=64, processes=2):
    """Figures of `count` runs of a flow; a request is all calls of one. `flow` takes a connection and the arguments."""
    before, start = processor_seconds(pid), time.monotonic()
    with ProcessPoolExecutor(processes) as executor:
        shares = [
            executor.submit(_process, flow, url, count // processes, connections // processes, arguments)
            for _ in range(processes)
        ]
        times = sorted(figure for share in shares for figure in share.result())
    used, elapsed = processor_seconds(pid) - before, time.monotonic() - start
    at = lambda part: times[min(int(len(times) * part), len(times) - 1)]  # noqa: E731
    return {
        "requests": len(times), "seconds": elapsed, "failed": 0, "rate": len(times) / elapsed, "p50": at(0.5),
        "p95": at(0.95), "p99": at(0.99), "cpu": used / len(times) * 1e6, "cores": used / elapsed,
    }
