import CognitoModel
import Domain
import Storage

extension SignInDriver {
    /// Takes down the device that the app names, once it is known who signs in: before that nothing is told of devices.
    /// 1 read where one is named. Throws `DeviceFailure.notFound` for one that isn't the user's.
    func recognizeDevice(_ attempt: inout SignInAttempt) async throws {
        guard attempt.pool.tracksDevices, attempt.state.provesFirstFactor, attempt.state.deviceKey == nil,
            let key = attempt.request.parameters["DEVICE_KEY"], !key.isEmpty
        else { return }
        attempt.recognize(try await store.devices.get(key, of: attempt.user.sub, poolID: attempt.pool.id))
    }

    /// The device that a session is of: the one that the app has named, or a new one, where the pool tracks devices.
    func device(of attempt: SignInAttempt) throws -> (key: String, isNew: Bool)? {
        guard attempt.pool.tracksDevices else { return nil }
        if let known = attempt.state.deviceKey { return (known, false) }
        return (try identifiers.deviceKey(region: attempt.pool.region), true)
    }
}
