extension Schema {
    /// Threat protection, log delivery, replicas and provisioned limits.
    ///
    /// A pool's and a client's risk configuration stand in their rows, as every sign-in reads them with those. Events
    /// of a user are listed by their ids, which begin with their time; those that passed are where the user is known to
    /// sign in from.
    static let security = """
        alter table user_pools add column risk text;
        alter table user_pools add column log_delivery text;
        alter table app_clients add column risk text;

        create table auth_events (
            pool_id text not null,
            sub text not null,
            id text collate "C" not null,
            expires_at bigint not null,
            response text not null,
            address text,
            device text,
            document text not null,
            feedback text,
            feedback_provider text,
            feedback_at bigint,
            primary key (pool_id, sub, id)
        );
        create index auth_events_passed on auth_events (pool_id, sub, id) where response = 'Pass';
        create index auth_events_by_expiry on auth_events (expires_at);

        create table user_pool_replicas (
            pool_id text not null,
            region text collate "C" not null,
            status text not null,
            tags text not null,
            primary key (pool_id, region)
        );

        create table provisioned_limits (
            account_id text not null,
            region text not null,
            category text not null,
            requests bigint not null,
            primary key (account_id, region, category)
        );
        """
}
