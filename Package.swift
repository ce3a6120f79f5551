// swift-tools-version: 6.2
import PackageDescription

/// Layers point down only: `scripts/check-layers` holds every import against this list.
let package = Package(
    name: "martlet",
    targets: [
        // Layer 0: C libraries of Debian as modules, and what we need of the operating system itself.
        .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
        .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
        .systemLibrary(name: "CPostgreSQL", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CArgon2", pkgConfig: "libargon2", providers: [.apt(["libargon2-dev"])]),
        .systemLibrary(name: "CCrypt", pkgConfig: "libxcrypt", providers: [.apt(["libcrypt-dev"])]),
        .systemLibrary(name: "CUTF8Proc", pkgConfig: "libutf8proc", providers: [.apt(["libutf8proc-dev"])]),
        .systemLibrary(name: "CMicroHTTPD", pkgConfig: "libmicrohttpd", providers: [.apt(["libmicrohttpd-dev"])]),
        .systemLibrary(
            name: "CFIDO2",
            pkgConfig: "libfido2",
            providers: [.apt(["libfido2-dev", "libcbor-dev"])]
        ),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .systemLibrary(name: "CQREncode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .target(name: "CMicroHTTPDErrors"),
        .target(name: "CSimdJSON", linkerSettings: [.linkedLibrary("simdjson")]),
        // Two folders that `scripts/fetch-lanes` fills, or doesn't: the C file looks, and lld hears it from the object. So
        // nothing here depends on what is there, which SwiftPM would remember after it has changed.
        .target(
            name: "CCryptoMB",
            cSettings: [.headerSearchPath("../../.build/crypto_mb/include")],
            linkerSettings: [.unsafeFlags(["-use-ld=lld", "-L\(Context.packageDirectory)/.build/crypto_mb/lib"])]
        ),
        .target(name: "OperatingSystem"),
        .target(name: "URISyntax"),

        // Layer 1: Swift over one C library each. The only targets with unsafe code, beside OperatingSystem.
        .target(name: "Cryptography", dependencies: ["CCryptoMB", "COpenSSL", "OperatingSystem"]),
        .target(name: "Database", dependencies: ["CSQLite", "CPostgreSQL", "OperatingSystem"]),
        .target(name: "FIDO2", dependencies: ["CFIDO2"]),
        .target(name: "HTTPTransport", dependencies: ["CMicroHTTPD", "CMicroHTTPDErrors", "OperatingSystem"]),
        .target(name: "JSON", dependencies: ["CSimdJSON"]),
        .target(name: "NetworkClient", dependencies: ["CCurl", "OperatingSystem", "URISyntax"]),
        .target(name: "PasswordHashes", dependencies: ["CArgon2", "CCrypt", "COpenSSL"]),
        .target(name: "QRCode", dependencies: ["CQREncode"]),
        .target(name: "TextNormalization", dependencies: ["CUTF8Proc"]),

        // Layer 2: the service model, and protocols as pure values.
        .target(name: "AWSSignature", dependencies: ["Cryptography", "URISyntax"]),
        .target(name: "CognitoModel", dependencies: ["JSON"]),
        .target(name: "EncryptionSDK", dependencies: ["Cryptography"]),
        .target(name: "HTML", dependencies: ["URISyntax"]),
        .target(name: "JOSE", dependencies: ["Cryptography"]),
        .target(name: "SRP", dependencies: ["Cryptography"]),

        // Layer 3: rules without I/O, and repositories with their SQL.
        .target(
            name: "Domain",
            dependencies: [
                "CognitoModel", "Cryptography", "FIDO2", "HTML", "JOSE", "OperatingSystem", "PasswordHashes", "SRP",
                "TextNormalization", "URISyntax",
            ]
        ),
        .target(
            name: "Storage",
            dependencies: ["CognitoModel", "Cryptography", "Database", "Domain", "FIDO2", "JOSE"]
        ),

        // Layer 3.6: the functions that pools call.
        .target(
            name: "Triggers",
            dependencies: [
                "AWSSignature", "CognitoModel", "Cryptography", "Domain", "EncryptionSDK", "JSON", "NetworkClient",
                "OperatingSystem", "URISyntax",
            ]
        ),

        // Layer 3.8: messages to users.
        .target(
            name: "Messaging",
            dependencies: ["CognitoModel", "Cryptography", "Domain", "OperatingSystem", "Storage", "Triggers"]
        ),

        // Layer 3.9: what takes messages.
        .target(
            name: "Delivery",
            dependencies: [
                "AWSSignature", "CognitoModel", "Cryptography", "Domain", "Messaging", "NetworkClient", "URISyntax",
            ]
        ),

        // Layer 4: the machinery of calls, and what operations and pages act through.
        .target(
            name: "Operations",
            dependencies: [
                "AWSSignature", "CognitoModel", "Cryptography", "Database", "Domain", "HTTPTransport",
                "OperatingSystem", "Storage", "URISyntax",
            ]
        ),
        .target(
            name: "Accounts",
            dependencies: ["CognitoModel", "Cryptography", "Domain", "Messaging", "Storage", "Triggers"]
        ),
        .target(
            name: "SignIn",
            dependencies: [
                "Accounts", "CognitoModel", "Cryptography", "Domain", "OperatingSystem", "Messaging", "SRP", "Storage",
                "Triggers",
            ]
        ),

        // Layer 4½: the operations, one file each.
        .target(
            name: "UserPools",
            dependencies: [
                "Accounts", "CognitoModel", "Cryptography", "Database", "Domain", "HTTPTransport", "JOSE",
                "Messaging", "Operations", "SignIn", "Storage", "Triggers",
            ]
        ),

        // Layers 4.6 and 4.7: the endpoints of OAuth, and the pages where people sign in.
        .target(
            name: "OAuth",
            dependencies: [
                "Accounts", "CognitoModel", "Cryptography", "Domain", "HTTPTransport", "Operations", "SignIn",
                "Storage", "URISyntax", "UserPools",
            ]
        ),
        .target(
            name: "ManagedLogin",
            dependencies: [
                "Accounts", "CognitoModel", "Cryptography", "Domain", "HTML", "HTTPTransport", "OAuth", "Operations",
                "QRCode", "SignIn", "Storage", "URISyntax", "UserPools",
            ],
            resources: [
                .embedInCode("Assets/base.css"), .embedInCode("Assets/forms.css"), .embedInCode("Assets/parts.css"),
                .embedInCode("Assets/passkeys.js"), .embedInCode("Assets/martlet.svg"),
            ]
        ),

        // Layers 5 and 6: the server, and the command line.
        .target(
            name: "Server",
            dependencies: [
                "Accounts", "AWSSignature", "CognitoModel", "Cryptography", "Database", "Delivery", "Domain",
                "EncryptionSDK", "HTML", "HTTPTransport", "JOSE", "ManagedLogin", "Messaging", "NetworkClient", "OAuth",
                "OperatingSystem", "Operations", "SignIn", "Storage", "Triggers", "URISyntax", "UserPools",
            ],
            resources: [
                .embedInCode("Development/Assets/inbox.css"), .embedInCode("Development/Assets/inbox.js"),
            ]
        ),
        // Swift's metadata are 58,000 addresses to relocate at every start, which lld packs into bits: 1.4 MB less to ship
        // and to read. Needs glibc 2.36.
        .executableTarget(
            name: "martlet",
            dependencies: ["OperatingSystem", "Server"],
            linkerSettings: [
                .unsafeFlags([
                    "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "pack-relative-relocs", "-Xlinker", "--icf=all",
                ])
            ]
        ),

        .executableTarget(name: "martlet-bounds", dependencies: ["Cryptography", "SRP"], path: "Benchmarks/Bounds"),

        // The engines that contract tests run on: SQLite, and a PostgreSQL of the test process's own.
        .target(name: "DatabaseTestSupport", dependencies: ["Database"], path: "Tests/DatabaseTestSupport"),
        .testTarget(name: "PasswordHashesTests", dependencies: ["PasswordHashes"]),
        .testTarget(name: "CryptographyTests", dependencies: ["Cryptography", "OperatingSystem"]),
        .testTarget(name: "FIDO2Tests", dependencies: ["Cryptography", "FIDO2"]),
        .testTarget(name: "DatabaseTests", dependencies: ["Database", "DatabaseTestSupport", "OperatingSystem"]),
        .testTarget(name: "HTTPTransportTests", dependencies: ["HTTPTransport", "OperatingSystem"]),
        .testTarget(name: "NetworkClientTests", dependencies: ["HTTPTransport", "NetworkClient", "OperatingSystem"]),
        .testTarget(name: "URISyntaxTests", dependencies: ["URISyntax"]),
        .testTarget(name: "HTMLTests", dependencies: ["HTML"]),
        .testTarget(name: "JSONTests", dependencies: ["JSON"]),
        .testTarget(name: "QRCodeTests", dependencies: ["QRCode"]),
        .testTarget(name: "CognitoModelTests", dependencies: ["CognitoModel"]),
        .testTarget(name: "JOSETests", dependencies: ["JOSE", "Cryptography"]),
        .testTarget(name: "SRPTests", dependencies: ["SRP", "Cryptography", "OperatingSystem"]),
        .testTarget(name: "DomainTests", dependencies: ["Domain", "CognitoModel", "Cryptography", "JOSE", "SRP"]),
        .testTarget(
            name: "StorageTests",
            dependencies: [
                "Storage", "Database", "DatabaseTestSupport", "Domain", "CognitoModel", "Cryptography", "JOSE",
            ]
        ),
        .testTarget(name: "AWSSignatureTests", dependencies: ["AWSSignature", "Cryptography"]),
        .testTarget(name: "EncryptionSDKTests", dependencies: ["Cryptography", "EncryptionSDK"]),
        .testTarget(
            name: "TriggersTests",
            dependencies: [
                "AWSSignature", "CognitoModel", "Cryptography", "Domain", "EncryptionSDK", "NetworkClient",
                "OperatingSystem", "Triggers",
            ]
        ),
        .testTarget(
            name: "OperationsTests",
            dependencies: [
                "Operations", "AWSSignature", "CognitoModel", "Cryptography", "Database", "Domain", "HTTPTransport",
                "Storage",
            ]
        ),
        .testTarget(
            name: "AccountsTests",
            dependencies: [
                "Accounts", "CognitoModel", "Cryptography", "Database", "Domain", "JOSE", "Messaging", "Storage",
                "Triggers",
            ]
        ),
        .testTarget(
            name: "MessagingTests",
            dependencies: [
                "CognitoModel", "Cryptography", "Database", "DatabaseTestSupport", "Domain", "JOSE", "Messaging",
                "Storage", "Triggers",
            ]
        ),
        .testTarget(
            name: "UserPoolsTests",
            dependencies: [
                "Accounts", "CognitoModel", "Cryptography", "Database", "DatabaseTestSupport", "Domain",
                "HTTPTransport", "JOSE", "Messaging", "OAuth", "Operations", "Server", "SignIn", "SRP", "Storage",
                "Triggers", "URISyntax", "UserPools",
            ]
        ),
        .testTarget(
            name: "ManagedLoginTests",
            dependencies: ["CognitoModel", "Cryptography", "Domain", "HTML", "ManagedLogin", "QRCode"]
        ),
        .testTarget(
            name: "DeliveryTests",
            dependencies: ["CognitoModel", "Delivery", "Domain", "NetworkClient"]
        ),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "Server", "UserPools", "AWSSignature", "CognitoModel", "Database", "Delivery", "Domain",
                "HTTPTransport", "Cryptography", "Messaging", "NetworkClient", "OperatingSystem", "Operations",
                "SignIn", "Storage", "Triggers",
            ]
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)

let inC = ["CCryptoMB", "CMicroHTTPDErrors", "CSimdJSON"]
for target in package.targets where target.type != .system && !inC.contains(target.name) {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .enableUpcomingFeature("InternalImportsByDefault"),
        .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
        .strictMemorySafety(),
        .treatAllWarnings(as: .error),
    ]
    // What is large and takes little of a request's time is compiled for its size: the binary stays under 25 MB.
    let large = [
        "Accounts", "Delivery", "Domain", "ManagedLogin", "Messaging", "NetworkClient", "OAuth", "Server", "Triggers",
        "UserPools",
    ]
    if large.contains(target.name) {
        target.swiftSettings?.append(.unsafeFlags(["-Osize"], .when(configuration: .release)))
    }
}
