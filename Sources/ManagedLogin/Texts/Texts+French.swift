extension Texts {
    /// French.
    static func french(_ key: TextKey) -> String {
        switch key {
        case .signIn: "Se connecter"
        case .signInIntroduction: "Connectez-vous à votre compte."
        case .username: "Nom d'utilisateur"
        case .email: "Adresse e-mail"
        case .phoneNumber: "Numéro de téléphone"
        case .emailOrPhoneNumber: "Adresse e-mail ou numéro de téléphone"
        case .usernameOrEmail: "Nom d'utilisateur ou adresse e-mail"
        case .usernameOrPhoneNumber: "Nom d'utilisateur ou numéro de téléphone"
        case .usernameEmailOrPhoneNumber: "Nom d'utilisateur, adresse e-mail ou numéro de téléphone"
        case .password: "Mot de passe"
        case .next: "Suivant"
        case .forgotPassword: "Mot de passe oublié ?"
        case .newUser: "Nouveau ici ?"
        case .createAccount: "Créer un compte"
        case .or: "ou"
        case .continueWith: "Continuer avec {0}"
        case .change: "Modifier"
        case .optional: "(facultatif)"
        case .backToSignIn: "Retour à la connexion"
        case .anotherWay: "Se connecter autrement"
        case .chooseFactor: "Choisissez comment vous connecter"
        case .factorPassword: "Mot de passe"
        case .factorPasskey: "Clé d'accès"
        case .factorPasskeyDetail: "Avec votre empreinte, votre visage ou le verrouillage de l'écran"
        case .factorEmailCode: "E-mail"
        case .factorSMSCode: "SMS"
        case .factorEmailDetail: "Envoyer un code à {0}"
        case .factorEmailDetailUnknown: "Recevoir un code par e-mail"
        case .factorSMSDetailUnknown: "Recevoir un code par SMS"
        case .factorSoftwareToken: "Application d'authentification"
        case .factorSoftwareTokenDetail: "Avec le code affiché par votre application"
        case .enterPassword: "Saisissez votre mot de passe"
        case .selectMFA: "Confirmez votre identité"
        case .selectMFAIntroduction: "Votre compte est protégé par une deuxième étape."
        case .continue: "Continuer"
        case .checkEmail: "Consultez vos e-mails"
        case .checkPhone: "Consultez votre téléphone"
        case .codeSentByEmail: "Nous avons envoyé un code par e-mail à {0}. Saisissez-le pour continuer."
        case .codeSentBySMS: "Nous avons envoyé un code par SMS au {0}. Saisissez-le pour continuer."
        case .code: "Code de vérification"
        case .didntReceiveCode: "Vous n'avez pas reçu de code ?"
        case .resendCode: "Envoyer un nouveau code"
        case .codeResent: "Un nouveau code a été envoyé."
        case .softwareToken: "Saisissez le code de votre application"
        case .softwareTokenIntroduction:
            """
            Ouvrez votre application d'authentification et saisissez le code qu'elle affiche pour ce \
            compte.
            """
        case .setUpMFA: "Configurer une deuxième étape"
        case .setUpMFAIntroduction:
            """
            Ce compte a besoin d'une étape de plus pour être protégé. Choisissez celle que vous \
            souhaitez utiliser.
            """
        case .setUpSoftwareTokenDetail:
            "Une application sur votre téléphone qui crée un nouveau code toutes les 30 secondes"
        case .setUpEmailDetail: "Un code par e-mail à chaque connexion"
        case .setUpSMSDetail: "Un code par SMS à chaque connexion"
        case .setUpSoftwareToken: "Configurer votre application d'authentification"
        case .setUpSoftwareTokenIntroduction:
            """
            Il vous faut une application sur votre téléphone, comme un gestionnaire de mots de passe ou \
            une application d'authentification.
            """
        case .scanCode: "Scannez ce code avec l'application."
        case .qrCode: "Code QR pour votre application d'authentification"
        case .cantScan: "Impossible de le scanner ? Saisissez cette clé dans l'application :"
        case .enterAppCode: "Saisissez le code affiché par l'application."
        case .deviceName: "Nom de l'appareil"
        case .setUpEmail: "Configurer les codes par e-mail"
        case .setUpEmailIntroduction: "À chaque connexion, nous envoyons un code à cette adresse."
        case .sendCode: "Envoyer le code"
        case .changePassword: "Changer le mot de passe"
        case .newPasswordIntroduction: "Saisissez votre nouveau mot de passe ci-dessous."
        case .newPassword: "Nouveau mot de passe"
        case .confirmNewPassword: "Saisissez à nouveau le mot de passe"
        case .confirmPassword: "Confirmez le mot de passe"
        case .passwordRequirements: "Le mot de passe doit contenir :"
        case .passwordLength: "au moins {0} caractères"
        case .passwordLowercase: "une minuscule"
        case .passwordUppercase: "une majuscule"
        case .passwordNumber: "un chiffre"
        case .passwordSymbol: "un caractère spécial"
        case .missingAttributes: "Il nous faut aussi quelques informations."
        case .forgotPasswordIntroduction:
            """
            Dites-nous qui vous êtes et nous vous enverrons un code pour réinitialiser votre mot de \
            passe.
            """
        case .resetMyPassword: "Réinitialiser mon mot de passe"
        case .resetPassword: "Réinitialisez votre mot de passe"
        case .resetCodeSent:
            """
            Nous avons envoyé un code à {0}. Saisissez-le ci-dessous pour réinitialiser votre mot de \
            passe.
            """
        case .resetCodeSentUnknown:
            """
            Si ce compte existe, nous lui avons envoyé un code. Saisissez-le ci-dessous pour \
            réinitialiser votre mot de passe.
            """
        case .signUp: "S'inscrire"
        case .signUpIntroduction: "Créez un compte."
        case .alreadyHaveAccount: "Vous avez déjà un compte ?"
        case .terms: "En vous inscrivant, vous acceptez nos {0} et notre {1}."
        case .termsOfUse: "Conditions d'utilisation"
        case .privacyPolicy: "Politique de confidentialité"
        case .confirmAccount: "Confirmer le compte"
        case .confirmYourAccount: "Confirmez votre compte"
        case .confirmCodeSentByEmail:
            "Nous avons envoyé un code par e-mail à {0}. Saisissez-le pour confirmer votre compte."
        case .confirmCodeSentBySMS:
            "Nous avons envoyé un code par SMS au {0}. Saisissez-le pour confirmer votre compte."
        case .confirmCodeSent: "Saisissez le code que nous vous avons envoyé pour confirmer votre compte."
        case .accountConfirmed: "Votre inscription est confirmée !"
        case .accountConfirmedIntroduction: "Vous pouvez maintenant vous connecter."
        case .name: "Nom complet"
        case .givenName: "Prénom"
        case .familyName: "Nom de famille"
        case .middleName: "Deuxième prénom"
        case .nickname: "Surnom"
        case .preferredUsername: "Nom d'utilisateur préféré"
        case .profile: "Page de profil"
        case .picture: "Photo"
        case .website: "Site web"
        case .gender: "Genre"
        case .birthdate: "Date de naissance"
        case .zoneinfo: "Fuseau horaire"
        case .locale: "Langue"
        case .address: "Adresse"
        case .updatedAt: "Mis à jour le"
        case .phoneNumberHint: "Avec + et l'indicatif du pays."
        case .signedInAlready: "Vous êtes connecté"
        case .signInAs: "Se connecter en tant que {0}"
        case .signInAsDifferentUser: "Vous connecter avec un autre compte ?"
        case .signedOut: "Vous êtes déconnecté"
        case .signedOutIntroduction: "Vous pouvez maintenant fermer cette page."
        case .signInAgain: "Se reconnecter"
        case .addPasskey: "Configurer une clé d'accès"
        case .addPasskeyIntroduction:
            """
            La prochaine fois, connectez-vous avec votre empreinte, votre visage ou le verrouillage de \
            l'écran. Aucun mot de passe à retenir, aucun qui puisse être volé.
            """
        case .createPasskey: "Créer une clé d'accès"
        case .notNow: "Pas maintenant"
        case .usePasskey: "Se connecter avec une clé d'accès"
        case .passkeyChallenge: "Connectez-vous avec votre clé d'accès"
        case .passkeyChallengeIntroduction:
            "Votre appareil vous demandera votre empreinte, votre visage ou le verrouillage de l'écran."
        case .passkeyFailed: "Cela n'a pas fonctionné ou a été annulé. Veuillez réessayer."
        case .passkeyUnsupported: "Ce navigateur ne peut pas utiliser de clés d'accès ici."
        case .passkeyNeedsScript:
            "Les clés d'accès ont besoin de JavaScript. Activez-le et rechargez cette page."
        case .pageError: "Une erreur s'est produite avec la page demandée."
        case .unavailable: "Les pages de connexion sont indisponibles. Veuillez contacter un administrateur."
        case .incorrectCredentials: "Nom d'utilisateur ou mot de passe incorrect."
        case .codeMismatch: "Code de vérification incorrect, veuillez réessayer."
        case .codeExpired: "Code non valide, veuillez en demander un nouveau."
        case .sessionExpired: "Votre session a expiré. Veuillez vous reconnecter."
        case .tooManyAttempts: "Trop de tentatives, veuillez réessayer plus tard."
        case .passwordsDiffer: "Les mots de passe ne correspondent pas."
        case .passwordPolicyViolated: "Le mot de passe ne respecte pas les règles."
        case .passwordUsedBefore: "Ce mot de passe a déjà été utilisé."
        case .fieldRequired: "Veuillez remplir ce champ."
        case .invalidValue: "Veuillez vérifier votre saisie."
        case .userExists: "Cet utilisateur existe déjà."
        case .couldNotResetPassword:
            """
            Impossible de réinitialiser le mot de passe du compte, veuillez contacter l'assistance ou \
            réessayer.
            """
        case .formExpired: "Cette page est restée ouverte trop longtemps. Veuillez réessayer."
        case .somethingWentWrong: "Une erreur s'est produite. Veuillez réessayer."
        }
    }
}
