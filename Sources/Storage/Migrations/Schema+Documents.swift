extension Schema {
    /// What belongs to a pool and is kept as the API shows it, by kind. `alternative_id` is a second key of a kind.
    /// Domains lead to pools, so they have a table of their own, in which a name is there once.
    static let documents = """
        create table pool_documents (
            pool_id text not null,
            kind text not null,
            id text collate "C" not null,
            alternative_id text,
            client_id text,
            document text not null,
            primary key (pool_id, kind, id)
        );
        create unique index pool_documents_by_alternative on pool_documents (pool_id, kind, alternative_id)
            where alternative_id is not null;
        create index pool_documents_by_client on pool_documents (pool_id, client_id) where client_id is not null;

        create table pool_domains (
            id text primary key,
            pool_id text not null,
            kind text not null,
            document text not null
        );
        create unique index pool_domains_by_pool on pool_domains (pool_id, kind);
        """
}
