extension Schema {
    /// Devices that were confirmed, and which device a session is of.
    static let devices = """
        create table devices (
            pool_id text not null,
            sub text not null,
            device_key text collate "C" not null,
            name text,
            salt bytea,
            verifier bytea,
            remembered boolean not null,
            last_address text,
            created_at bigint not null,
            modified_at bigint not null,
            authenticated_at bigint not null,
            primary key (pool_id, sub, device_key)
        );
        alter table sessions add column device_key text;
        """
}
