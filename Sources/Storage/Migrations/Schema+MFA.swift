extension Schema {
    /// What a pool says of second factors, and a user's own: one document with all but the secrets.
    static let secondFactors = """
        alter table user_pools add column mfa text;
        alter table users add column mfa text;
        alter table users add column totp_secret bytea;
        alter table users add column totp_pending bytea;
        """
}
