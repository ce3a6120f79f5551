/// What the pages can say; the words are in a file per language.
package enum TextKey: String, CaseIterable, Sendable {
    case signIn, signInIntroduction, username, email, phoneNumber, emailOrPhoneNumber, usernameOrEmail
    case usernameOrPhoneNumber, usernameEmailOrPhoneNumber, password, next, forgotPassword, newUser
    case createAccount, or, continueWith, change, optional, backToSignIn, anotherWay
    case chooseFactor, factorPassword, factorPasskey, factorPasskeyDetail, factorEmailCode, factorSMSCode
    case factorEmailDetail, factorEmailDetailUnknown, factorSMSDetailUnknown, factorSoftwareToken
    case factorSoftwareTokenDetail, enterPassword, selectMFA, selectMFAIntroduction, `continue`
    case checkEmail, checkPhone, codeSentByEmail, codeSentBySMS, code, didntReceiveCode, resendCode
    case codeResent, softwareToken, softwareTokenIntroduction
    case setUpMFA, setUpMFAIntroduction, setUpSoftwareTokenDetail, setUpEmailDetail, setUpSMSDetail
    case setUpSoftwareToken, setUpSoftwareTokenIntroduction, scanCode, qrCode, cantScan, enterAppCode
    case deviceName, setUpEmail, setUpEmailIntroduction, sendCode
    case changePassword, newPasswordIntroduction, newPassword, confirmNewPassword, confirmPassword
    case passwordRequirements, passwordLength, passwordLowercase, passwordUppercase, passwordNumber
    case passwordSymbol, missingAttributes, forgotPasswordIntroduction, resetMyPassword, resetPassword
    case resetCodeSent, resetCodeSentUnknown
    case signUp, signUpIntroduction, alreadyHaveAccount, terms, termsOfUse, privacyPolicy, confirmAccount
    case confirmYourAccount, confirmCodeSentByEmail, confirmCodeSentBySMS, confirmCodeSent, accountConfirmed
    case accountConfirmedIntroduction
    case name, givenName, familyName, middleName, nickname, preferredUsername, profile, picture, website
    case gender, birthdate, zoneinfo, locale, address, updatedAt, phoneNumberHint
    case signedInAlready, signInAs, signInAsDifferentUser
    case addPasskey, addPasskeyIntroduction, createPasskey, notNow, usePasskey, passkeyChallenge
    case passkeyChallengeIntroduction, passkeyFailed, passkeyUnsupported, passkeyNeedsScript
    case pageError, unavailable, incorrectCredentials, codeMismatch, codeExpired, sessionExpired
    case tooManyAttempts, passwordsDiffer, passwordUsedBefore, fieldRequired
    case userExists, formExpired, somethingWentWrong
}
