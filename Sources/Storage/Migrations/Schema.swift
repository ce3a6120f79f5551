package import Database

/// The schema's migrations, in order. Additive only: a released one is never edited.
package enum Schema {
    package static let migrations = [
        Migration(number: 1, name: "pools, clients, users, sessions, codes, access keys", sql: first),
        Migration(number: 2, name: "refresh tokens in sessions", sql: second),
        Migration(number: 3, name: "credential epochs", sql: third),
        Migration(number: 4, name: "generations of signing keys", sql: fourth),
        Migration(number: 5, name: "groups", sql: groups),
        Migration(number: 6, name: "folded search", sql: "", step: foldSearchedColumns),
        Migration(number: 7, name: "second factors", sql: secondFactors),
        Migration(number: 8, name: "passkeys", sql: passkeys),
        Migration(number: 9, name: "documents and domains of pools", sql: documents),
        Migration(number: 10, name: "identity providers and linked users", sql: providers),
        Migration(number: 11, name: "tracked sessions, second secrets", sql: sessionsAndSecrets),
        Migration(number: 12, name: "threat protection, replicas, limits", sql: security),
        Migration(number: 13, name: "groups of users", sql: groupsOfUsers),
        Migration(number: 14, name: "import of users", sql: userImport),
        Migration(number: 15, name: "devices", sql: devices),
        Migration(number: 16, name: "OAuth", sql: oauth),
        Migration(number: 17, name: "devices' proofs, passkeys' parties", sql: deviceProofs + passkeyParties),
        Migration(number: 18, name: "outbox", sql: outbox),
        Migration(number: 19, name: "lanes of messages", sql: outboxLanes),
    ]

    /// Every key begins with the pool, so that tables can be partitioned by it. No foreign keys: on PostgreSQL each
    /// insert of a user would lock the row of its pool.
    private static let first = """
        create table sealed_keys (name text primary key, sealed bytea not null);

        create table access_keys (
            id text collate "C" primary key,
            account_id text not null,
            sealed_secret bytea not null,
            description text not null,
            created_at bigint not null,
            revoked_at bigint
        );

        create table user_pools (
            id text collate "C" primary key,
            region text not null,
            account_id text not null,
            document text not null
        );
        create index user_pools_by_place on user_pools (account_id, region, id);

        create table signing_keys (
            pool_id text not null,
            token_use text not null,
            id text not null,
            sealed_key bytea not null,
            created_at bigint not null,
            primary key (pool_id, token_use, id)
        );

        create table app_clients (
            id text collate "C" primary key,
            pool_id text not null,
            document text not null,
            sealed_secret bytea
        );
        create index app_clients_by_pool on app_clients (pool_id, id);

        create table users (
            pool_id text not null,
            sub text collate "C" not null,
            username text collate "C" not null,
            username_key text not null,
            status text not null,
            enabled boolean not null,
            attributes text not null,
            password_salt bytea,
            password_verifier bytea,
            temporary_password_expires_at bigint,
            created_at bigint not null,
            modified_at bigint not null,
            version bigint not null,
            email text collate "C",
            phone_number text collate "C",
            name text collate "C",
            given_name text collate "C",
            family_name text collate "C",
            preferred_username text collate "C",
            primary key (pool_id, sub)
        );
        create unique index users_by_username_key on users (pool_id, username_key);
        create index users_by_username on users (pool_id, username, sub);
        create index users_by_status on users (pool_id, status, sub);
        create index users_by_enabled on users (pool_id, sub) where not enabled;
        create index users_by_email on users (pool_id, email, sub) where email is not null;
        create index users_by_phone_number on users (pool_id, phone_number, sub) where phone_number is not null;
        create index users_by_name on users (pool_id, name, sub) where name is not null;
        create index users_by_given_name on users (pool_id, given_name, sub) where given_name is not null;
        create index users_by_family_name on users (pool_id, family_name, sub) where family_name is not null;
        create index users_by_preferred_username on users (pool_id, preferred_username, sub)
            where preferred_username is not null;

        create table user_aliases (
            pool_id text not null,
            alias_key text not null,
            attribute text not null,
            sub text not null,
            primary key (pool_id, alias_key)
        );
        create index user_aliases_by_sub on user_aliases (pool_id, sub);

        create table password_history (
            pool_id text not null,
            sub text not null,
            changed_at bigint not null,
            salt bytea not null,
            verifier bytea not null,
            primary key (pool_id, sub, changed_at)
        );

        create table codes (
            pool_id text not null,
            sub text not null,
            purpose text not null,
            hash bytea not null,
            attribute text not null,
            attribute_value text not null,
            expires_at bigint not null,
            primary key (pool_id, sub, purpose)
        );
        create index codes_by_expiry on codes (expires_at);

        create table attempts (
            pool_id text not null,
            subject text not null,
            action text not null,
            count bigint not null,
            started_at bigint not null,
            last_at bigint not null,
            primary key (pool_id, subject, action)
        );
        create index attempts_by_time on attempts (last_at);

        create table sessions (
            pool_id text not null,
            id text not null,
            sub text not null,
            client_id text not null,
            origin_jti text not null,
            auth_time bigint not null,
            expires_at bigint not null,
            revoked_at bigint,
            primary key (pool_id, id)
        );
        create index sessions_by_sub on sessions (pool_id, sub);
        create index sessions_by_expiry on sessions (expires_at);

        create table refresh_tokens (
            pool_id text not null,
            hash bytea not null,
            session_id text not null,
            superseded_at bigint,
            expires_at bigint not null,
            primary key (pool_id, hash)
        );
        create index refresh_tokens_by_session on refresh_tokens (pool_id, session_id);
        create index refresh_tokens_by_expiry on refresh_tokens (expires_at);

        create table spent_nonces (
            pool_id text not null,
            nonce text not null,
            expires_at bigint not null,
            primary key (pool_id, nonce)
        );
        create index spent_nonces_by_expiry on spent_nonces (expires_at);
        """

    /// A session's current refresh token stands in its row, so that a sign-in is one insert. `refresh_tokens` keeps those
    /// that were rotated out, and those that are good beside the session's: where a token was rotated again in its grace
    /// period, and those of sign-ins before this migration, which stay where they are.
    private static let second = """
        alter table sessions add column refresh_hash bytea;
        create unique index sessions_by_refresh_hash on sessions (pool_id, refresh_hash)
            where refresh_hash is not null;
        """

    /// What was begun under an older epoch of the user's credentials is void.
    private static let third = """
        alter table users add column credential_epoch bigint not null default 0;
        alter table codes add column credential_epoch bigint not null default 0;
        """

    /// A pool's newest keys are those of its `key_generation`. They sign from a time on, and expire once newer ones are
    /// there.
    private static let fourth = """
        alter table user_pools add column key_generation bigint not null default 0;
        alter table signing_keys add column generation bigint not null default 0;
        alter table signing_keys add column signs_from bigint not null default 0;
        alter table signing_keys add column expires_at bigint;
        create index signing_keys_by_creation on signing_keys (created_at);
        create index signing_keys_by_expiry on signing_keys (expires_at) where expires_at is not null;
        """

    /// Every table whose rows belong to a pool, by `pool_id`, with its primary key.
    /// Jobs come first, as without them no more users are imported.
    static let poolTables = [
        ("user_import_jobs", "pool_id, id"), ("user_import_parts", "pool_id, job_id, upload_id, number"),
        ("user_import_runs", "account_id"), ("user_import_lines", "pool_id, job_id, line"),
        ("devices", "pool_id, sub, device_key"), ("device_proofs", "pool_id, hash"),
        ("app_clients", "id"), ("users", "pool_id, sub"), ("user_aliases", "pool_id, alias_key"),
        ("password_history", "pool_id, sub, changed_at"), ("codes", "pool_id, sub, purpose"),
        ("attempts", "pool_id, subject, action"), ("sessions", "pool_id, id"), ("refresh_tokens", "pool_id, hash"),
        ("sso_sessions", "pool_id, id"), ("authorization_codes", "pool_id, hash"),
        ("spent_nonces", "pool_id, nonce"), ("signing_keys", "pool_id, token_use, id"),
        ("user_groups", "pool_id, name"), ("group_members", "pool_id, group_id, sub"),
        ("auth_events", "pool_id, sub, id"), ("user_pool_replicas", "pool_id, region"), ("passkeys", "pool_id, id"),
        ("pool_documents", "pool_id, kind, id"), ("pool_domains", "id"),
        ("identity_providers", "pool_id, id"), ("identity_provider_names", "pool_id, id"), ("saml_keys", "pool_id, id"),
        ("user_identities", "pool_id, provider, attribute, value"), ("outbox", "pool_id, id"),
    ]

    /// Every table whose rows belong to a user, by `pool_id` and `sub`.
    static let userTables = [
        "devices", "device_proofs", "user_aliases", "password_history", "codes", "group_members", "passkeys",
        "user_identities", "auth_events", "sso_sessions", "authorization_codes",
        "outbox", "users",
    ]
}
