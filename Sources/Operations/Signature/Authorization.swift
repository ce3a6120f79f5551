import AWSSignature
import CognitoModel

/// An `Authorization` header of Signature Version 4.
struct Authorization: Sendable {
    let accessKeyID: String
    let scope: CredentialScope
    /// Lower-case names, in the order of the header.
    let signedHeaders: [String]
    let signature: String

    /// Throws `IncompleteSignatureException` naming what is missing or malformed.
    init(_ header: String) throws {
        guard header.hasPrefix("\(SignatureVersion4.algorithm) ") else {
            throw CognitoError.unsupportedSignatureAlgorithm
        }
        var parts: [String: String] = [:]
        for part in header.dropFirst(SignatureVersion4.algorithm.count).split(separator: ",") {
            let pair = part.drop { $0 == " " }.split(separator: "=", maxSplits: 1)
            if pair.count == 2 { parts[String(pair[0])] = String(pair[1]).trimmedSpaces }
        }
        let missing = ["Credential", "Signature", "SignedHeaders"].filter { parts[$0] == nil }
        guard let credential = parts["Credential"], let signature = parts["Signature"],
            let signedHeaders = parts["SignedHeaders"]
        else { throw CognitoError.missingSignatureParameters(missing) }
        let fields = credential.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard fields.count == 5, fields[4] == CredentialScope.end, fields.allSatisfy({ !$0.isEmpty }),
            fields[2].allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") })
        else { throw CognitoError.malformedCredential }
        accessKeyID = fields[0]
        scope = CredentialScope(date: fields[1], region: fields[2], service: fields[3])
        self.signedHeaders = signedHeaders.split(separator: ";").map(String.init)
        self.signature = signature
    }
}

extension String {
    fileprivate var trimmedSpaces: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
