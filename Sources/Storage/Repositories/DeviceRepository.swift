import CognitoModel
package import Database
package import Domain

/// The confirmed devices of users.
package struct DeviceRepository: Sendable {
    private static let columns: SQL = """
        device_key, name, salt, verifier, remembered, last_address, created_at, modified_at, authenticated_at
        """

    private let database: any DatabaseEngine
    private let clock: WallClock

    package init(database: any DatabaseEngine, clock: WallClock) {
        self.database = database
        self.clock = clock
    }

    /// Adds a device whose key was handed out with a sign-in of the user that stands; of too many, those that signed in
    /// the longest ago are forgotten. Throws `DeviceFailure`, and `UserFailure.notFound` where the user is gone. One
    /// transaction.
    package func confirm(_ device: UserDevice) async throws {
        try await database.write { connection in
            // Of two at once one waits, so that each counts the other's device.
            try connection.lockUser(device.sub, poolID: device.poolID)
            let session = try connection.row(
                """
                select 1 from sessions where pool_id = \(device.poolID) and sub = \(device.sub)
                    and device_key = \(device.key) and revoked_at is null limit 1
                """
            )
            guard session != nil else { throw DeviceFailure.notFound }
            let inserted = try connection.execute(
                """
                insert into devices (pool_id, sub, \(Self.columns))
                values (\(device.poolID), \(device.sub), \(device.key), \(device.name), \(device.password?.salt),
                    \(device.password?.sealedVerifier), \(device.isRemembered), \(device.lastAddress),
                    \(device.createdAt.milliseconds), \(device.modifiedAt.milliseconds),
                    \(device.authenticatedAt.milliseconds))
                on conflict do nothing
                """
            )
            guard inserted == 1 else { throw DeviceFailure.alreadyConfirmed }
            let oldest: SQL = """
                pool_id = \(device.poolID) and sub = \(device.sub) and device_key in (
                    select device_key from devices
                    where pool_id = \(device.poolID) and sub = \(device.sub) and device_key <> \(device.key)
                    order by authenticated_at desc, device_key limit 1000 offset \(UserDevice.mostOfUser - 1)
                )
                """
            try connection.execute("update sessions set device_key = null where \(oldest)")
            try connection.execute("delete from devices where \(oldest)")
        }
    }

    /// The device of that key. Throws `DeviceFailure.notFound`. One read of one statement.
    package func get(_ key: String, of sub: String, poolID: String) async throws -> UserDevice {
        let row = try await database.read { connection in
            try connection.row(
                """
                select \(Self.columns) from devices
                where pool_id = \(poolID) and sub = \(sub) and device_key = \(key)
                """
            )
        }
        guard let row else { throw DeviceFailure.notFound }
        return try UserDevice(row, sub: sub, poolID: poolID)
    }

    /// One page of a user's devices, in the order of their keys.
    package func list(
        of sub: String,
        poolID: String,
        after cursor: [String]?,
        limit: Int
    ) async throws -> Page<UserDevice> {
        let rows = try await database.read { connection in
            try connection.rows(
                """
                select \(Self.columns) from devices
                where pool_id = \(poolID) and sub = \(sub) and device_key > \(cursor?.first ?? "")
                order by device_key limit \(limit + 1)
                """
            )
        }
        return try Page(rows, limit: limit, cursor: [0]) { try UserDevice($0, sub: sub, poolID: poolID) }
    }

    /// Remembers a device, or doesn't any more. Throws `DeviceFailure.notFound`. One write.
    package func setRemembered(_ isRemembered: Bool, _ key: String, of sub: String, poolID: String) async throws {
        let now = clock.now()
        let changed = try await database.write { connection in
            try connection.execute(
                """
                update devices set remembered = \(isRemembered), modified_at = \(now.milliseconds)
                where pool_id = \(poolID) and sub = \(sub) and device_key = \(key)
                """
            )
        }
        guard changed == 1 else { throw DeviceFailure.notFound }
    }

    /// Forgets a device: its sessions go on, but are a device's no more, so that none of them confirms it again. Throws
    /// `DeviceFailure.notFound`. One write.
    package func forget(_ key: String, of sub: String, poolID: String) async throws {
        let deleted = try await database.write { connection in
            let device: SQL = "pool_id = \(poolID) and sub = \(sub) and device_key = \(key)"
            try connection.execute("update sessions set device_key = null where \(device)")
            return try connection.execute("delete from devices where \(device)")
        }
        guard deleted == 1 else { throw DeviceFailure.notFound }
    }

    /// Keeps the `Session` that awaits a device's proof under a hash of what its client will send. One write.
    package func keep(_ session: String, of state: SignInState, under hash: [UInt8]) async throws {
        try await database.write { connection in
            try connection.execute(
                """
                insert into device_proofs (pool_id, hash, sub, session, expires_at)
                values (\(state.poolID), \(hash), \(state.sub), \(session), \(state.expiresAt))
                on conflict (pool_id, hash) do update set sub = excluded.sub, session = excluded.session,
                    expires_at = excluded.expires_at
                """
            )
        }
    }

    /// Takes the `Session` that was kept under that hash, so that it is there once; nil where there is none. One read,
    /// and one write where there is one.
    package func takeSession(keptUnder hash: [UInt8], poolID: String) async throws -> String? {
        let kept = try await database.read { connection in
            try connection.row("select 1 from device_proofs where pool_id = \(poolID) and hash = \(hash)")
        }
        guard kept != nil else { return nil }
        return try await database.write { connection in
            try connection.row(
                "delete from device_proofs where pool_id = \(poolID) and hash = \(hash) returning session"
            )?.text(0)
        }
    }
}

extension UserDevice {
    fileprivate init(_ row: Row, sub: String, poolID: String) throws {
        let salt = try row.bytesIfPresent(2)
        let verifier = try row.bytesIfPresent(3)
        self.init(
            poolID: poolID,
            sub: sub,
            key: try row.text(0),
            name: try row.textIfPresent(1),
            password: salt.flatMap { salt in verifier.map { StoredPassword(salt: salt, sealedVerifier: $0) } },
            isRemembered: try row.boolean(4),
            lastAddress: try row.textIfPresent(5),
            createdAt: Timestamp(milliseconds: try row.integer(6)),
            modifiedAt: Timestamp(milliseconds: try row.integer(7)),
            authenticatedAt: Timestamp(milliseconds: try row.integer(8))
        )
    }
}
