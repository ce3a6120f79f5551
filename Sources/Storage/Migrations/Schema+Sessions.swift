extension Schema {
    /// A client's second secret, and what is known of a session that is tracked: where it was last used, and when.
    static let sessionsAndSecrets = """
        alter table app_clients add column secret_created_at bigint;
        alter table app_clients add column second_sealed_secret bytea;
        alter table app_clients add column second_secret_created_at bigint;
        alter table app_clients add column sso_minutes bigint;
        alter table user_pools add column tracks_sessions boolean;
        alter table user_pools add column most_sessions bigint;
        alter table sessions add column last_active_at bigint;
        alter table sessions add column device_type text;
        alter table sessions add column ip_address text;
        create index sessions_tracked on sessions (pool_id, sub, last_active_at)
            where last_active_at is not null and revoked_at is null;
        """
}
