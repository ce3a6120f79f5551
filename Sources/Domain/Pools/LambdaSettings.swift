import CognitoModel

extension LambdaConfigType {
    /// Throws `PoolSettingsFailure` where the pool's plan has no access tokens that functions change, or the function
    /// stands there twice and isn't the same.
    func checkTokenFunction(tier: UserPoolTierType?) throws {
        guard let versioned = preTokenGenerationConfig else { return }
        guard versioned.lambdaVersion == .v10 || tier != .lite else {
            throw PoolSettingsFailure.tierLacks(.accessTokenCustomization)
        }
        guard preTokenGeneration.map({ $0 == versioned.lambdaArn }) ?? true else {
            throw PoolSettingsFailure.differentTokenFunctions
        }
    }
}
