"""What a load was promised, and the check that all of it was kept."""

import collections
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

NEW_PASSWORD = "New-Horse-77"


@dataclass
class Ledger:
    """Lists that many threads append to, which is atomic in Python."""

    signed_up: list = field(default_factory=list)
    access_tokens: list = field(default_factory=list)
    refresh_tokens: list = field(default_factory=list)
    #: Refresh tokens that came of a rotation.
    current: list = field(default_factory=list)
    #: Users who have set a new password.
    renewed: list = field(default_factory=list)
    #: Single-use requests that were acknowledged, by kind: none may succeed again.
    spent: dict = field(default_factory=lambda: collections.defaultdict(list))
    #: Single-use requests without an answer, by kind: each may succeed once.
    unsure: dict = field(default_factory=lambda: collections.defaultdict(list))
    #: Answers that weren't 200: operation, status, error, seconds.
    failures: list = field(default_factory=list)
    lost: int = 0
    answered: int = 0
    longest: float = 0

    @property
    def acknowledged(self):
        return len(self.signed_up) + len(self.refresh_tokens) + sum(map(len, self.spent.values()))

    def errors(self):
        """How often each error came."""
        return dict(collections.Counter(f"{status} {error}" for _, status, error, _ in self.failures))

    def check(self, tenant, gate):
        """Checks everything; returns what there was of each, for the report."""
        missing = set(self.signed_up) - tenant.stored()
        assert not missing, f"{len(missing)} of {len(self.signed_up)} sign-ups are lost"
        with ThreadPoolExecutor(4) as threads:
            def statuses(call, items):
                return collections.Counter(threads.map(call, items))

            for kind, call, items in (
                ("access tokens", lambda token: gate.call("GetUser", AccessToken=token), self.access_tokens),
                ("refresh tokens", lambda token: tenant.refresh(gate, token), self.refresh_tokens),
                ("rotated tokens", lambda token: tenant.rotate(gate, token), self.current),
                ("passwords", lambda name: tenant.sign_in(gate, name, NEW_PASSWORD), self.renewed),
            ):
                found = statuses(lambda item, call=call: outcome(call(item)), items)
                assert set(found) <= {"ok"}, f"{kind}: {found}"
            for kind, requests in self.spent.items():
                again = statuses(lambda request: repeat(gate, request), requests)
                assert "ok" not in again, f"{kind}: {again} of {len(requests)} were accepted twice"
            for kind, requests in self.unsure.items():
                twice = statuses(
                    lambda request: [repeat(gate, request) for _ in range(2)].count("ok"), requests
                )
                assert set(twice) <= {0, 1}, f"{kind}: {twice}"
        spent = ", ".join(f"{len(requests)} {kind}" for kind, requests in sorted(self.spent.items()))
        unsure = sum(map(len, self.unsure.values()))
        return (
            f"{len(self.signed_up)} sign-ups, {len(self.refresh_tokens)} sessions, {len(self.current)} rotated tokens,"
            f" {len(self.renewed)} passwords kept; spent once: {spent}; unanswered, spent at most once: {unsure}"
        )


def outcome(answer):
    return "ok" if answer.ok else f"{answer.status} {answer.error}"


def repeat(gate, request):
    operation, body = request
    return outcome(gate.call(operation, **body))
