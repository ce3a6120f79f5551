import Testing

/// Made by pycognito's `aws_srp` (the client that the ecosystem uses), with a fixed client's and server's secret. The
/// server's numbers, which that client never computes, come from Python's integers.
struct CognitoSRPVector: Sendable, CustomTestStringConvertible {
    let testDescription: String
    let user: String
    let password: String
    let pool: String
    let salt: String
    let a: String
    let b: String
    let x: String
    let u: String
    /// SHA-256 of the numbers' bytes without leading zeros: A, B, v and the premaster secret have 384 bytes.
    let digestOfA: String
    let digestOfB: String
    let digestOfVerifier: String
    let digestOfPremaster: String
    let proofKey: String
    let secretBlock: String
    let proof: String

    static let timestamp = "Tue Mar 4 09:05:07 UTC 2025"

    static let multiplier = "538282c4354742d7cbbde2359fcf67f9f5b3a6b08791e5011b43b8a5b66d9ee6"

    static let all = [
        CognitoSRPVector(
            testDescription: "salt with its high bit set",
            user: "alice",
            password: "Passw0rd!",
            pool: "aBcD12345",
            salt: "923a736994e3bf911a61dbe22e44158b",
            a: "6b4cb2424a23d5962217beaddbc496cb8e81973e0becd7b03898d190f9ebdacc",
            b: "ae97ba94d0eda82f8f6d05584ef8aa38922766581e27a1c08a6a63ec24ede6a4",
            x: "8749efd06980829abc861db854103aa554744206197cc60c4ed0bdc8c089391a",
            u: "6984911df6363a10e4e4ac358eb5f9bd7359350f452620f9417c71d0aea0d5f0",
            digestOfA: "ede2927706b962fc2a4e15cb1597017ef047914fe2a4df5ac3219fbf18c5bbda",
            digestOfB: "b65a17d7cf816861cad6c2327a517f7e26ead9847580389151df64fbfca90426",
            digestOfVerifier: "f3d89a588b7be1bd3cd336718f4829a60ec9b925cfc190a8473d98abefb3b281",
            digestOfPremaster: "809ab33672a4bbd6d9be62859c461048d449b22157da89879654165df878ac5a",
            proofKey: "bcae7f9abcdd639cf6bbcef1857d3248",
            secretBlock: "5772b6186a6ccd6ae4310964908a0c063c4ed7926c",
            proof: "c966a149cbd070a350796e8cc4683a3fc61c7903fb3a3382a1c6ec9ab001a757"
        ),
        CognitoSRPVector(
            testDescription: "salt with its high bit clear",
            user: "6f1a2b3c-0000-4000-8000-00000000abcd",
            password: "Passw0rd!",
            pool: "ZZZ",
            salt: "10a3d6b2aa05e11ab2715945795e8229",
            a: "7f26144b98289fcd59a54a7bb1fee08f571242425051c1ccd17f9acae01f5057",
            b: "451abd81f1d69ed617f5e837d70820fe119a72d174c9df6acc011cdd9474031b",
            x: "28153605fe144e89bc18eb6fa9b0f01d72538f81881cd55090811ab8ed851e1e",
            u: "5fcad6bfe0fdef35c213271d15548ba45787bb2f7eaf63ce5c5007f2d928b7d7",
            digestOfA: "449d4574eddf1039bf1dd58fb89f34fc9c6d312e3926d1508b89a7e9a5034f07",
            digestOfB: "5c35e46ad1f9624e05b87ba9acf6e225abb9eb25b2d5884f3f4730c77b3e7562",
            digestOfVerifier: "923fedad8da9dc10b3b5c8a3a9a8a1b843f246929aa5c35736df6a63fea014aa",
            digestOfPremaster: "22bb44e78f316ff49fd53cfb23ae6c822cdf073d17def233d5dfdf1e3ac971f3",
            proofKey: "14a58d77ddcf9d62ad3191d1eaa35e22",
            secretBlock: "d32b42aa98621af26a3d61f43cfa3ac49b05aa234d",
            proof: "c699884b36d178f3af6075aceeffff6a8780495bee87a7f55c55aa3d8b7df0c4"
        ),
        CognitoSRPVector(
            testDescription: "salt with leading zero bytes",
            user: "alice",
            password: "Passw0rd!",
            pool: "aBcD12345",
            salt: "00007fab00112233445566778899aabb",
            a: "ae658f33fe3b890b93f448b3a5aa3c814f426dcbb394fb36bb2d420f0f88080b",
            b: "58d5563dab2cd31ee315128862c33a4fb774eb5248db40af72158370d269a9a5",
            x: "2734d1ceea3a4b3a6bb16c88535de606c81bd2c0d97e4288f98cc499a50f4aa3",
            u: "bfce133e10ac87e2657c22bf96f75297660f757e28b5f26f82cdbf863f6347bd",
            digestOfA: "38bcca6220a4cbdfeb8d149aa0cd17cd41d865170afd3a07fc736a2eeccb9e5b",
            digestOfB: "7811fd45ba9023a179cb26c7f185ff5b8128c6901d101edbf19a13558624124a",
            digestOfVerifier: "72ca9d06c356ea655abe4de0446e01577ea526bf62fde8e44762bd88cdfeadaa",
            digestOfPremaster: "4bb3f65ab3b3c64876f23dcabdabbc576b312cb153a2601cc15f6800053f864a",
            proofKey: "6cacad369de8407de55cd1370ad84b3d",
            secretBlock: "785ea8b8503182b73ec20dd79371dc039d2d6a1eed",
            proof: "442eb30d7a7baaa2a9451adedcde2895046ac672c3601db2bb7aecd96851715b"
        ),
        CognitoSRPVector(
            testDescription: "A a byte shorter than N",
            user: "alice",
            password: "Passw0rd!",
            pool: "aBcD12345",
            salt: "80000000000000000000000000000000",
            a: "e463a48c27da0c7316adb49c2b98c7c32d414c25ab6222c98bbfb075d83acc31",
            b: "864d36b51a3bbf08dd654e5e5629135e7a7930133646c97487b418259167f22c",
            x: "f32c92f391bc5e115e195dcf90167286fb46c3270525c45060f0cecc03860b58",
            u: "db36d15e6a6ab4a240687873c8d073c678c490cf51973f9beb8cbc286f696934",
            digestOfA: "1e203448fcb69f009e4910fc489e2eab73b943266f4a1330d240086490810ed6",
            digestOfB: "539ad3afa7fe06d291272daece2a5e90e4b9a5cf4f0218e7f159bf371b6d79e0",
            digestOfVerifier: "65e5bc4c63288b47c615a100fdc3e95e5ed7256cacc9f3622655f63c0272865e",
            digestOfPremaster: "92973c148a4a7c5d9b8277ff3cc1f095a980e29a44384080579caa9e1dea4d19",
            proofKey: "b19f94feea19dc6a51ec76d74063c61f",
            secretBlock: "53dd8a80489d833a1572a9a4ce242769d004e9f58c",
            proof: "a55ed0b02558d1063face82bd45f74dc4d013c7cbca75f2d42ed3544e3cd417b"
        ),
        CognitoSRPVector(
            testDescription: "B a byte shorter than N",
            user: "zoë",
            password: "pässwörd-日本-🔑",
            pool: "aBcD12345",
            salt: "3e363344d71732a705c1c6cb08440321",
            a: "a80f420e413155913bec926fc6527194c304de6c3e0adadfe1dff09cede52a99",
            b: "c1bc6f3fc67325598782192d987590b1479f795a4838585ddfa4d936b6b70cd2",
            x: "c22c962e3830515b246f35aa1d4bc25955dbe46357a46f79ccb425b5dd3013ad",
            u: "fe44ee75d749a34d437876ed1033ec025cdce20b4fad915b160c38753817ca6d",
            digestOfA: "b1d1f9db4188ad610643ada455cc2bd6b9d6bf4959dc76234e2665eedba5a1c0",
            digestOfB: "ae5eb1796705d86bc4e82464772b6ab7fc8f226c5d5523d80b17d52699b85201",
            digestOfVerifier: "2828f708994f4034826163a5a43c8170274406e221fe218ffe6263290b53aedc",
            digestOfPremaster: "8eadf046131f6910f05ca58cedbedc52668b2299151f0bb123114f6cf19e443d",
            proofKey: "ea6d39db179e8efd3be3010c7636d6d2",
            secretBlock: "df183e4b293274e7d9ccd1e841eca64aeca5d3f81d",
            proof: "2fe9bef15468ad38209f84ee6dfc97eedc8cbd7fb05c8164f737b1f6fefb69eb"
        ),
        CognitoSRPVector(
            testDescription: "S a byte shorter than N",
            user: "alice",
            password: "Passw0rd!",
            pool: "aBcD12345",
            salt: "8e4aefbab08d2256a9c3012a171a35f3",
            a: "7a35286b40caaf2d0b53e82a861c31cde3e2bf715c22213a719bb6698ab16bc8",
            b: "17a483be3ae3b7f48468905a1ccc07bedeb065119bc86126c39772db354353db",
            x: "bbbae45f1f55f1ee724122369567d20795562b8b9f915d9f995769ef32101f9a",
            u: "d1a39ba4e823b770d59cfad2843b9d112fd16e6698912f71bca5a17354df522e",
            digestOfA: "dc9da4743a0ae1923b5929436613a1fb99cdc788c44db8ae64b4aeff8ae5f44e",
            digestOfB: "a151bf19078bbd9bccd15ca6b0aa5a36607bdff173e555e9100ab467e48cca55",
            digestOfVerifier: "ca486c2f6d6f49d9d86a6dc9b5ebbab37c0f6ab42ec73bfa015f03e86bc3b570",
            digestOfPremaster: "5deaec7afda220d25b238b6e1366ea53fa98f8839bcc6a025a4a749832ba372e",
            proofKey: "17117fe15529cc498e9f9a14744cfc79",
            secretBlock: "59bd4d3f35c829b3e53c6a70385ef3c69ac28ea864",
            proof: "19fb937043a35e43744572b6dc8810544f627f18f7bd46f1321301807cbe71b7"
        ),
        CognitoSRPVector(
            testDescription: "u a byte shorter than a digest",
            user: "alice",
            password: "Passw0rd!",
            pool: "aBcD12345",
            salt: "c836018ddef87d825ffd4f8958fddc3d",
            a: "364f6d2143ebdcc10e15c6b8f1668071f090170880e7885ae4bdad9bfc7d89f6",
            b: "f4c191f6538b42ad4b9fe512d1935d26a7133d15482eab5cd636a0c620e39d91",
            x: "ae7cafec2a63ecde5fe20e35b23f28581372b278cab08a320436381c0d100ad5",
            u: "136e6f344ab349a14d4c292d0c197ee465353eaf9e295f616efca25bc807d9",
            digestOfA: "be9cce18216d4015aaf1f6394d053f5749acb246583f5c4aae49750a93aae468",
            digestOfB: "e1d07fd37ee7edbdc4dc969a5bb70d799c6121270f0dd4f783890515f8e19204",
            digestOfVerifier: "f7ae5e17feeab50d371c10e61b97fe77a1de2f178989aaf56968109977e8da44",
            digestOfPremaster: "cada8038e185e68231e03cc26edcc690f92e4d6aaadcca7383fd4fe9fff1a29a",
            proofKey: "06c43c2b2e584960d0920da926e775e3",
            secretBlock: "8301dfd0f0c777ca9d3354cad7e11adec1235b3ed7",
            proof: "f90808d60c67ab4e0054275c6175ee2f7549b4ac1d46cbca1c361fdb0633d6b5"
        ),
        CognitoSRPVector(
            testDescription: "x a byte shorter than a digest",
            user: "alice",
            password: "Passw0rd!",
            pool: "aBcD12345",
            salt: "672a588b46fb0a19f63fdebeaeb402a6",
            a: "e6fb1e292ddb4a0578e19a8e91d18d4b9d4eef1ff22dbefaedc62b4a4a3fd930",
            b: "2e3b1bbabf0e3c3f6260ddb0c607a0608334d7779d00e34247c5978692d44e70",
            x: "20f8f7980a6ebeae178dc324f7be35406b0b0106a661fd11cec16e8e26468f",
            u: "796289d52848dc1d07d7a7a35970b3138bcfb98bf598e2836068d209f4aa5d55",
            digestOfA: "56a436f70d12e854a281208d7d1faee1c29918bc0d923921ac63045a22d03497",
            digestOfB: "3d55d2ce872e3f87d1867faaaa32a07a66f879b626feeb7e40cf9051afddc299",
            digestOfVerifier: "5445fb4c2864827f96a68a35283df34b5cb41edd443277d323194b639f0cdbef",
            digestOfPremaster: "997ab771ceaa3cc186ced679d5e996357addee5ac88dd551a716aba842cfd62e",
            proofKey: "29bb79b1ee267adf701e79fe5421ec75",
            secretBlock: "a00a4bd2232d9cf8f3cdb4a4d0894c0b85e5106838",
            proof: "9af8690dec12dc08a64eb234e218d247d1dad2c0e2f3075a9472fef50cd211f5"
        ),
        CognitoSRPVector(
            testDescription: "A, B, S and u all with their high bits set",
            user: "alice",
            password: "Passw0rd!",
            pool: "aBcD12345",
            salt: "e96a2747e9a65cd29ac504ebe965ebbc",
            a: "df05c7247552f1d5f4c76f7901a7457a80275a4065269b7ae0e297b0c921b969",
            b: "fc435fda09f9e0a882f702766e1f5d831c8618b396370f955512e1588914d456",
            x: "a36d0b228b42b77275fc2f62e221076a8218adbae9dd97bb6723060c380ae935",
            u: "e064ecaaccfa9bc9fd27abc53684d1e3ee8cd3115c2689622d9da04452e04d19",
            digestOfA: "190776688e15da45dba391c77fe233f9465558822151fe899e285ef77316b385",
            digestOfB: "3ac47fe7570ec006432b873921f93b48211fd990ba29ca0d01937486a1eb9d46",
            digestOfVerifier: "96a2e2329b1b1355481df6afaca0c6f0961af94dd27571803c0557aa5a0c32c8",
            digestOfPremaster: "c33e85bb4f4e0237d0f7f322b53ab295deb782a5adbe1d151b24739f24cdafe7",
            proofKey: "c9c8594eb518b40178a9fd33c84c2f41",
            secretBlock: "cc3e64dd89fb854ec6618b3eaec74350eecc3c3088",
            proof: "6421c32fd892cb79d6330661451a1a3f9cef1045bb0b4f779b0176241a382d0e"
        ),
        CognitoSRPVector(
            testDescription: "A, B, S and u all with their high bits clear",
            user: "alice",
            password: "",
            pool: "aBcD12345",
            salt: "e03f1774f763fa4de0598a85cc29c3f6",
            a: "c4d3546e9f863482299db1b8351f8e14e27d83314a8a1eea37c816dd5bc072d7",
            b: "c60b919279ddbca318b969aafa08a6f54afe1a802474c8281032c163035a2312",
            x: "30c1ad1ec75ee9d033f4797923b63ea1089c91566aaf2d0d5b4ea25848a4e899",
            u: "504c0ed7848e5679bc0d861637d2ca3bd19e7d99e5161ab85d6fd7df38c7e162",
            digestOfA: "1f82f829bb47b9aff77aadceba5159b099a8e8166b4122fd88370593b4e2d37c",
            digestOfB: "a77fd8737c88d1ca07ba1d5b512fb6f6c6332180c008554fcd353435141ff239",
            digestOfVerifier: "a2bfecac75d7de8034c9ad26406fc78ac882e8f0c14ea51fc62c28866150a1c9",
            digestOfPremaster: "130be896145928cede41bd1597e79f1cd56e3f5d4af4cbc63285e64da271faca",
            proofKey: "0ad4febb0f64cb95aec7d16412c3b9ed",
            secretBlock: "e2a0481c4eda049047d54faaab1a0c8c7128b103ff",
            proof: "1f3ec2c4aa6289d03e8211b5df5b8994434846926adf7f8bc6c6a6f0e622bc69"
        ),
    ]
}
