import CognitoModel
import Domain
import FoundationEssentials
import HTTPTransport
package import Operations
package import Storage

/// The images of the classic pages, byte for byte as they were uploaded.
package struct BrandingEndpoints: Sendable {
    private let store: Store

    package init(store: Store) { self.store = store }

    /// The routes. 1 read.
    package var routes: [Route] {
        [
            Route(
                .get,
                host: .any,
                path: "/{userPoolId}/branding/{clientId}/logo",
                crossOrigin: .everyOrigin,
                execution: .readingThread,
                name: "/branding/logo"
            ) { request, trace in
                let (poolID, clientID) = (request.parameters["userPoolId"], request.parameters["clientId"])
                let nothing = HTTPResponse.json(404, #"{"message":"There is no such image."}"#)
                guard StringConstraint.userPoolIdType.isMet(by: poolID),
                    StringConstraint.clientIdType.isMet(by: clientID),
                    let found = try await store.documents.find(UICustomization.self, clientID, poolID: poolID),
                    let image = found.image, let type = found.imageType
                else { return nothing }
                trace.poolID = poolID
                // The URL that the API tells names the version, so what it leads to doesn't change.
                return HTTPResponse(
                    status: 200,
                    headers: [
                        "Content-Type": type, "Cache-Control": "public, max-age=86400",
                        "X-Content-Type-Options": "nosniff",
                    ],
                    body: Array(image.data)
                )
            }
        ]
    }
}
