/// Keys of AWS's kind, with which requests to its services are signed.
package struct AWSCredentials: Sendable, Equatable {
    /// Who signs.
    package let accessKeyID: String
    /// By what.
    package let secretAccessKey: String
    /// Of temporary keys; nil of lasting ones.
    package let sessionToken: String?

    /// Keys of these parts.
    package init(accessKeyID: String, secretAccessKey: String, sessionToken: String? = nil) {
        self.accessKeyID = accessKeyID
        self.secretAccessKey = secretAccessKey
        self.sessionToken = sessionToken
    }
}

/// Signs requests that we send by Signature Version 4.
package struct RequestSigner: Sendable {
    private let credentials: AWSCredentials
    private let region: String
    private let service: String

    /// A signer for one service in one region.
    package init(credentials: AWSCredentials, region: String, service: String) {
        self.credentials = credentials
        self.region = region
        self.service = service
    }

    /// The header fields that a request needs beside those that it has: the time, the session token, and the signature
    /// over them, `Host` and every one of `headers`. `host` is what the `Host` field will say.
    package func headers(
        method: String,
        host: String,
        path: String,
        query: String? = nil,
        headers: [(name: String, value: String)] = [],
        body: [UInt8],
        at moment: AmazonDate
    ) -> [(name: String, value: String)] {
        let time = moment.text
        var own = [(name: "X-Amz-Date", value: time)]
        if let token = credentials.sessionToken { own.append((name: "X-Amz-Security-Token", value: token)) }
        let scope = CredentialScope(date: String(time.prefix(8)), region: region, service: service)
        let all = headers + own + [(name: "Host", value: host)]
        let names = Set(all.map { $0.name.lowercased() }).sorted()
        let request = CanonicalRequest(
            method: method,
            path: path,
            query: query,
            headers: all,
            bodyHash: SignatureVersion4.bodyHash(body)
        )
        // Every name is of a field that is there.
        let signature = SignatureVersion4.signature(
            request.text(signedHeaders: names) ?? "",
            time: time,
            scope: scope,
            secret: credentials.secretAccessKey
        )
        let authorization =
            "\(SignatureVersion4.algorithm) Credential=\(credentials.accessKeyID)/\(scope.text), "
            + "SignedHeaders=\(names.joined(separator: ";")), Signature=\(signature)"
        return own + [(name: "Authorization", value: authorization)]
    }
}
