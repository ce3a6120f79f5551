package import CognitoModel
package import Cryptography

extension Vault {
    /// What says that a job's file may be uploaded until then: a keyed hash. Nothing but it and the time is needed.
    package func uploadSignature(of jobID: String, in poolID: String, until expiry: Timestamp) throws -> String {
        Base64URL.encode(try keyedHash("PUT \(poolID) \(jobID) \(expiry.seconds)", for: .uploadSignature))
    }

    /// Whether that was signed here, and isn't over. The comparison takes constant time.
    package func admitsUpload(
        of jobID: String,
        in poolID: String,
        until expiry: Timestamp,
        signature: String,
        now: Timestamp
    ) throws -> Bool {
        let expected = try uploadSignature(of: jobID, in: poolID, until: expiry)
        return constantTimeEqual(signature, expected) && now < expiry
    }
}
