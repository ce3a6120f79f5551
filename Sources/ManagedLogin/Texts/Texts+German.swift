extension Texts {
    /// German.
    static func german(_ key: TextKey) -> String {
        switch key {
        case .signIn: "Anmelden"
        case .signInIntroduction: "Melden Sie sich bei Ihrem Konto an."
        case .username: "Benutzername"
        case .email: "E-Mail-Adresse"
        case .phoneNumber: "Telefonnummer"
        case .emailOrPhoneNumber: "E-Mail-Adresse oder Telefonnummer"
        case .usernameOrEmail: "Benutzername oder E-Mail-Adresse"
        case .usernameOrPhoneNumber: "Benutzername oder Telefonnummer"
        case .usernameEmailOrPhoneNumber: "Benutzername, E-Mail-Adresse oder Telefonnummer"
        case .password: "Passwort"
        case .next: "Weiter"
        case .forgotPassword: "Passwort vergessen?"
        case .newUser: "Neu hier?"
        case .createAccount: "Konto erstellen"
        case .or: "oder"
        case .continueWith: "Weiter mit {0}"
        case .change: "Ändern"
        case .optional: "(freiwillig)"
        case .backToSignIn: "Zurück zur Anmeldung"
        case .anotherWay: "Auf andere Weise anmelden"
        case .chooseFactor: "Wie möchten Sie sich anmelden?"
        case .factorPassword: "Passwort"
        case .factorPasskey: "Passkey"
        case .factorPasskeyDetail: "Mit Fingerabdruck, Gesicht oder Displaysperre"
        case .factorEmailCode: "E-Mail"
        case .factorSMSCode: "SMS"
        case .factorEmailDetail: "Code an {0} senden"
        case .factorEmailDetailUnknown: "Code per E-Mail erhalten"
        case .factorSMSDetailUnknown: "Code per SMS erhalten"
        case .factorSoftwareToken: "Authentifizierungs-App"
        case .factorSoftwareTokenDetail: "Mit dem Code, den Ihre App anzeigt"
        case .enterPassword: "Passwort eingeben"
        case .selectMFA: "Wie möchten Sie sich ausweisen?"
        case .selectMFAIntroduction: "Ihr Konto ist durch einen zweiten Schritt geschützt."
        case .continue: "Weiter"
        case .checkEmail: "Sehen Sie in Ihren E-Mails nach"
        case .checkPhone: "Sehen Sie auf Ihr Telefon"
        case .codeSentByEmail:
            "Wir haben einen Code per E-Mail an {0} gesendet. Geben Sie ihn ein, um fortzufahren."
        case .codeSentBySMS: "Wir haben einen Code per SMS an {0} gesendet. Geben Sie ihn ein, um fortzufahren."
        case .code: "Bestätigungscode"
        case .didntReceiveCode: "Keinen Code erhalten?"
        case .resendCode: "Neuen Code senden"
        case .codeResent: "Ein neuer Code wurde gesendet."
        case .softwareToken: "Code aus Ihrer App eingeben"
        case .softwareTokenIntroduction:
            """
            Öffnen Sie Ihre Authentifizierungs-App und geben Sie den Code ein, den sie für dieses Konto \
            anzeigt.
            """
        case .setUpMFA: "Zweiten Schritt einrichten"
        case .setUpMFAIntroduction:
            """
            Dieses Konto braucht einen weiteren Schritt, um sicher zu sein. Wählen Sie, was Sie \
            verwenden möchten.
            """
        case .setUpSoftwareTokenDetail:
            "Eine App auf Ihrem Telefon, die alle 30 Sekunden einen neuen Code erzeugt"
        case .setUpEmailDetail: "Ein Code per E-Mail bei jeder Anmeldung"
        case .setUpSMSDetail: "Ein Code per SMS bei jeder Anmeldung"
        case .setUpSoftwareToken: "Authentifizierungs-App einrichten"
        case .setUpSoftwareTokenIntroduction:
            """
            Sie brauchen eine App wie einen Passwortmanager oder eine Authentifizierungs-App auf Ihrem \
            Telefon.
            """
        case .scanCode: "Scannen Sie diesen Code mit der App."
        case .qrCode: "QR-Code für Ihre Authentifizierungs-App"
        case .cantScan: "Scannen nicht möglich? Geben Sie diesen Schlüssel in die App ein:"
        case .enterAppCode: "Geben Sie den Code ein, den die App anzeigt."
        case .deviceName: "Name des Geräts"
        case .setUpEmail: "Codes per E-Mail einrichten"
        case .setUpEmailIntroduction: "Bei jeder Anmeldung senden wir einen Code an diese Adresse."
        case .sendCode: "Code senden"
        case .changePassword: "Passwort ändern"
        case .newPasswordIntroduction: "Bitte geben Sie unten Ihr neues Passwort ein."
        case .newPassword: "Neues Passwort"
        case .confirmNewPassword: "Neues Passwort wiederholen"
        case .confirmPassword: "Passwort wiederholen"
        case .passwordRequirements: "Das Passwort muss enthalten:"
        case .passwordLength: "mindestens {0} Zeichen"
        case .passwordLowercase: "einen Kleinbuchstaben"
        case .passwordUppercase: "einen Großbuchstaben"
        case .passwordNumber: "eine Ziffer"
        case .passwordSymbol: "ein Sonderzeichen"
        case .missingAttributes: "Außerdem brauchen wir noch einige Angaben."
        case .forgotPasswordIntroduction:
            """
            Sagen Sie uns, wer Sie sind, und wir senden Ihnen einen Code, mit dem Sie Ihr Passwort \
            zurücksetzen.
            """
        case .resetMyPassword: "Mein Passwort zurücksetzen"
        case .resetPassword: "Passwort zurücksetzen"
        case .resetCodeSent:
            """
            Wir haben einen Code an {0} gesendet. Geben Sie ihn unten ein, um Ihr Passwort \
            zurückzusetzen.
            """
        case .resetCodeSentUnknown:
            """
            Falls es ein solches Konto gibt, haben wir ihm einen Code gesendet. Geben Sie ihn unten \
            ein, um Ihr Passwort zurückzusetzen.
            """
        case .signUp: "Registrieren"
        case .signUpIntroduction: "Erstellen Sie ein neues Konto."
        case .alreadyHaveAccount: "Haben Sie schon ein Konto?"
        case .terms: "Mit der Registrierung stimmen Sie unseren {0} und unserer {1} zu."
        case .termsOfUse: "Nutzungsbedingungen"
        case .privacyPolicy: "Datenschutzerklärung"
        case .confirmAccount: "Konto bestätigen"
        case .confirmYourAccount: "Bestätigen Sie Ihr Konto"
        case .confirmCodeSentByEmail:
            """
            Wir haben einen Code per E-Mail an {0} gesendet. Geben Sie ihn ein, um Ihr Konto zu \
            bestätigen.
            """
        case .confirmCodeSentBySMS:
            "Wir haben einen Code per SMS an {0} gesendet. Geben Sie ihn ein, um Ihr Konto zu bestätigen."
        case .confirmCodeSent:
            "Geben Sie den Code ein, den wir Ihnen gesendet haben, um Ihr Konto zu bestätigen."
        case .accountConfirmed: "Ihre Registrierung ist bestätigt!"
        case .accountConfirmedIntroduction: "Sie können sich jetzt anmelden."
        case .name: "Name"
        case .givenName: "Vorname"
        case .familyName: "Nachname"
        case .middleName: "Zweiter Vorname"
        case .nickname: "Spitzname"
        case .preferredUsername: "Bevorzugter Benutzername"
        case .profile: "Profilseite"
        case .picture: "Bild"
        case .website: "Website"
        case .gender: "Geschlecht"
        case .birthdate: "Geburtsdatum"
        case .zoneinfo: "Zeitzone"
        case .locale: "Sprache"
        case .address: "Adresse"
        case .updatedAt: "Aktualisiert am"
        case .phoneNumberHint: "Mit + und Ländervorwahl."
        case .signedInAlready: "Sie sind angemeldet"
        case .signInAs: "Als {0} anmelden"
        case .signInAsDifferentUser: "Mit einem anderen Konto anmelden?"
        case .addPasskey: "Passkey einrichten"
        case .addPasskeyIntroduction:
            """
            Melden Sie sich nächstes Mal mit Fingerabdruck, Gesicht oder Displaysperre an. So müssen \
            Sie sich kein Passwort merken, und es kann keines gestohlen werden.
            """
        case .createPasskey: "Passkey erstellen"
        case .notNow: "Jetzt nicht"
        case .usePasskey: "Mit Passkey anmelden"
        case .passkeyChallenge: "Melden Sie sich mit Ihrem Passkey an"
        case .passkeyChallengeIntroduction: "Ihr Gerät fragt nach Fingerabdruck, Gesicht oder Displaysperre."
        case .passkeyFailed:
            "Das hat nicht geklappt oder wurde abgebrochen. Bitte versuchen Sie es noch einmal."
        case .passkeyUnsupported: "Dieser Browser kann hier keine Passkeys verwenden."
        case .passkeyNeedsScript:
            "Passkeys brauchen JavaScript. Schalten Sie es ein und laden Sie diese Seite neu."
        case .pageError: "Beim Aufruf der Seite ist ein Fehler aufgetreten."
        case .unavailable:
            "Die Anmeldeseiten sind nicht verfügbar. Bitte wenden Sie sich an einen Administrator."
        case .incorrectCredentials: "Benutzername oder Passwort ist falsch."
        case .codeMismatch: "Der Bestätigungscode ist ungültig. Bitte versuchen Sie es noch einmal."
        case .codeExpired: "Der Code ist ungültig. Bitte fordern Sie einen neuen an."
        case .sessionExpired: "Ihre Sitzung ist abgelaufen. Bitte melden Sie sich noch einmal an."
        case .tooManyAttempts: "Zu viele Versuche. Bitte versuchen Sie es später noch einmal."
        case .passwordsDiffer: "Die Passwörter stimmen nicht überein."
        case .passwordUsedBefore: "Dieses Passwort wurde bereits verwendet."
        case .fieldRequired: "Bitte füllen Sie dieses Feld aus."
        case .userExists: "Dieses Konto gibt es bereits."
        case .formExpired: "Diese Seite war zu lange geöffnet. Bitte versuchen Sie es noch einmal."
        case .somethingWentWrong: "Etwas ist schiefgelaufen. Bitte versuchen Sie es noch einmal."
        }
    }
}
