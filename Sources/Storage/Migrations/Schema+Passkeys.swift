extension Schema {
    /// Passkeys, of which a pool has none twice, and how many each user has: counted in their row, so that the limit is
    /// a condition of one update, and that they come with whoever reads the user.
    static let passkeys = """
        create table passkeys (
            pool_id text not null,
            id text collate "C" not null,
            sub text collate "C" not null,
            relying_party_id text not null,
            algorithm bigint not null,
            public_key bytea not null,
            signature_counter bigint not null,
            backup_eligible boolean not null,
            backed_up boolean not null,
            transports text not null,
            attachment text,
            name text not null,
            created_at bigint not null,
            primary key (pool_id, id)
        );
        create index passkeys_by_sub on passkeys (pool_id, sub, id);
        alter table users add column passkey_count bigint not null default 0;
        """

    /// For whom a user's passkeys are, beside how many they have.
    static let passkeyParties = "alter table users add column passkey_parties text;"
}
