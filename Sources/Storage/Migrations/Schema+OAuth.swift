extension Schema {
    /// Browsers' sign-ins at the pages, the codes that they are exchanged for, and what was granted with a session.
    static let oauth = """
        alter table sessions add column scopes text;
        alter table sessions add column audience text;
        alter table sessions add column acr text;
        alter table sessions add column amr text;
        alter table sessions add column sso_session_id text;
        create index sessions_by_sso_session on sessions (pool_id, sso_session_id) where sso_session_id is not null;

        create table sso_sessions (
            pool_id text not null,
            id text collate "C" not null,
            cookie_hash bytea not null,
            sub text not null,
            client_id text not null,
            credential_epoch bigint not null,
            proven text not null,
            auth_time bigint not null,
            expires_at bigint not null,
            revoked_at bigint,
            last_active_at bigint,
            device_type text,
            ip_address text,
            primary key (pool_id, id)
        );
        create unique index sso_sessions_by_cookie on sso_sessions (pool_id, cookie_hash);
        create index sso_sessions_by_sub on sso_sessions (pool_id, sub);
        create index sso_sessions_by_expiry on sso_sessions (expires_at);

        create table authorization_codes (
            pool_id text not null,
            hash bytea not null,
            client_id text not null,
            sub text not null,
            credential_epoch bigint not null,
            terms text not null,
            expires_at bigint not null,
            session_id text,
            primary key (pool_id, hash)
        );
        create index authorization_codes_by_sub on authorization_codes (pool_id, sub);
        create index authorization_codes_by_expiry on authorization_codes (expires_at);
        """
}
