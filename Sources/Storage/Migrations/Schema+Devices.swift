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

    /// Sessions that await DEVICE_SRP_AUTH, for clients that don't send them back.
    static let deviceProofs = """
        create table device_proofs (
            pool_id text not null,
            hash bytea not null,
            sub text not null,
            session text not null,
            expires_at bigint not null,
            primary key (pool_id, hash)
        );
        create index device_proofs_by_sub on device_proofs (pool_id, sub);
        create index device_proofs_by_expiry on device_proofs (expires_at);
        """
}
