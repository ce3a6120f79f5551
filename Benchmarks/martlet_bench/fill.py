"""Fills a database with users and sessions, by SQL: a million sign-ups would take half an hour."""

import sqlite3
import subprocess
from contextlib import closing

COLUMNS = (
    "pool_id, sub, username, username_key, status, enabled, attributes, created_at, modified_at, version, email"
)
USERS = """
insert into users ({columns})
with recursive n(i) as (select {first} union all select i + 1 from n where i < {last})
select '{pool}', 'bench-' || i, 'bench' || i, 'bench' || i, 'CONFIRMED', {true},
    '["email","bench' || i || '@example.com"]', 1790000000000 + i, 1790000000000 + i, 1,
    'bench' || i || '@example.com'
from n
"""
SESSIONS = """
insert into sessions (pool_id, id, sub, client_id, origin_jti, auth_time, expires_at, refresh_hash)
with recursive n(i) as (select {first} union all select i + 1 from n where i < {last})
select '{pool}', 'session-' || i, 'bench-' || i, 'bench', 'jti-' || i, 1790000000000, 2000000000000,
    cast('hash-' || i as {bytes})
from n
"""


def fill(database, pool, first, last):
    """Adds the users and sessions numbered `first` to `last`."""
    is_sqlite = database.startswith("sqlite:")
    words = {
        "columns": COLUMNS, "first": first, "last": last, "pool": pool,
        "true": "1" if is_sqlite else "true", "bytes": "blob" if is_sqlite else "bytea",
    }
    texts = [text.format(**words) for text in (USERS, SESSIONS)]
    if is_sqlite:
        with closing(sqlite3.connect(database.removeprefix("sqlite:"), timeout=60)) as connection:
            connection.create_collation("C", lambda one, other: (one > other) - (one < other))
            for text in texts:
                connection.execute(text)
            connection.commit()
            connection.execute("analyze")
            connection.commit()
    else:
        script = ";\n".join([*texts, "analyze"])
        subprocess.run(["psql", "-q", "-v", "ON_ERROR_STOP=1", database], input=script, text=True, check=True)
