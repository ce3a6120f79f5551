extension Schema {
    /// Jobs that import users, the parts of their files, those that run, and what became of the lines that made no
    /// user. The name of the account is the key of those that run: an account has one at a time.
    static let userImport = """
        create table user_import_jobs (
            pool_id text not null,
            id text collate "C" not null,
            name text not null,
            role_arn text not null,
            algorithm text,
            status text not null,
            created_at bigint not null,
            started_at bigint,
            completed_at bigint,
            message text,
            upload_id text,
            imported bigint not null,
            skipped bigint not null,
            failed bigint not null,
            next_byte bigint not null,
            next_line bigint not null,
            primary key (pool_id, id)
        );
        create index user_import_jobs_by_creation on user_import_jobs (pool_id, created_at, id);
        create index user_import_jobs_waiting on user_import_jobs (created_at) where status = 'Created';

        create table user_import_parts (
            pool_id text not null,
            job_id text not null,
            upload_id text not null,
            number bigint not null,
            sealed bytea not null,
            primary key (pool_id, job_id, upload_id, number)
        );

        create table user_import_runs (
            account_id text primary key,
            pool_id text not null,
            job_id text not null,
            owner text not null,
            leased_until bigint not null
        );

        create table user_import_lines (
            pool_id text not null,
            job_id text not null,
            line bigint not null,
            outcome text not null,
            reason text not null,
            primary key (pool_id, job_id, line)
        );

        alter table users add column imported_password bytea;
        """
}
