extension Schema {
    /// Identity providers, the further names that they go by, keys for SAML, and which of their users are which of the
    /// pool's.
    static let providers = """
        create table identity_providers (
            pool_id text not null,
            id text collate "C" not null,
            document text not null,
            sealed_secrets bytea not null,
            primary key (pool_id, id)
        );
        create table identity_provider_names (
            pool_id text not null,
            id text not null,
            provider text not null,
            primary key (pool_id, id)
        );
        create index identity_provider_names_by_provider on identity_provider_names (pool_id, provider);

        create table saml_keys (
            pool_id text not null,
            id text not null,
            certificate text not null,
            sealed_key bytea not null,
            created_at bigint not null,
            primary key (pool_id, id)
        );

        create table user_identities (
            pool_id text not null,
            provider text not null,
            attribute text not null,
            value text not null,
            sub text not null,
            provider_type text not null,
            created_at bigint not null,
            primary key (pool_id, provider, attribute, value)
        );
        create index user_identities_by_sub on user_identities (pool_id, sub);
        """
}
