extension Schema {
    /// Messages that are to be sent. `due_at` is when somebody else takes one up: whoever does sets it anew.
    static let outbox = """
        create table outbox (
            pool_id text not null,
            id text collate "C" not null,
            sub text not null,
            sealed bytea not null,
            attempts bigint not null,
            due_at bigint not null,
            expires_at bigint not null,
            primary key (pool_id, id)
        );
        create index outbox_by_due on outbox (due_at);
        create index outbox_by_sub on outbox (pool_id, sub);
        """

    /// Of the way that each message goes, so many are taken up as there is room for there. Nodes of a version before keep all
    /// as mails.
    static let outboxLanes = """
        alter table outbox add column lane text not null default 'EMAIL';
        create index outbox_by_lane on outbox (lane, due_at);
        drop index outbox_by_due;
        """
}
