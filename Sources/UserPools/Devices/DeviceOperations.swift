import Operations

/// Devices of users.
enum DeviceOperations {
    static let table: [AnyOperation<Services>] = [
        AnyOperation(ConfirmDevice.self),
        AnyOperation(GetDevice.self),
        AnyOperation(ListDevices.self),
        AnyOperation(ForgetDevice.self),
        AnyOperation(UpdateDeviceStatus.self),
        AnyOperation(AdminGetDevice.self),
        AnyOperation(AdminListDevices.self),
        AnyOperation(AdminForgetDevice.self),
        AnyOperation(AdminUpdateDeviceStatus.self),
    ]
}
