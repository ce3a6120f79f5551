package import CognitoModel
import Domain
import Storage

/// Gives an app client a second secret, so that the first can be exchanged. 1 write.
package enum AddUserPoolClientSecret: Operation {
    package static func run(
        _ input: AddUserPoolClientSecretRequest,
        _ call: Call<Administrator>
    ) async throws -> AddUserPoolClientSecretResponse {
        let client = try await call.client(input.clientId, in: input.userPoolId).client
        // Who registered itself has no way to learn another.
        guard client.configuration.clientType != .dcr else { throw CognitoError.registeredClient(client.id) }
        let value = try input.clientSecret ?? call.identifiers.clientSecret()
        let secret = try await call.store.clients.addSecret(value, to: client)
        var descriptor = secret.descriptor(of: client.id)
        // Who gave it knows it.
        if input.clientSecret == nil { descriptor.clientSecretValue = secret.value }
        return AddUserPoolClientSecretResponse(clientSecretDescriptor: descriptor)
    }
}
