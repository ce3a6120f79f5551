extension Schema {
    /// Groups and who is in them. Members name a group by its id, so that whoever joins a group while it is deleted is
    /// in none that has its name later.
    static let groups = """
        create table user_groups (
            pool_id text not null,
            name text collate "C" not null,
            id text not null,
            description text,
            role_arn text,
            precedence bigint,
            created_at bigint not null,
            modified_at bigint not null,
            primary key (pool_id, name)
        );
        create unique index user_groups_by_id on user_groups (pool_id, id);

        create table group_members (
            pool_id text not null,
            group_id text not null,
            sub text collate "C" not null,
            primary key (pool_id, group_id, sub)
        );
        create index group_members_by_sub on group_members (pool_id, sub);
        """

    /// SQLite took the primary key, of which it used the pool alone, for the groups of a user: it prefers what covers.
    static let groupsOfUsers = """
        drop index group_members_by_sub;
        create index group_members_by_user on group_members (pool_id, sub, group_id);
        """
}
