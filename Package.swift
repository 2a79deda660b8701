// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

/// What every byte of a log passes through. Checking exclusive access while it runs costs a tenth there; the debug
/// build, and so every test, checks it all the same.
let hot: [SwiftSetting] = [.unsafeFlags(["-enforce-exclusivity=unchecked"], .when(configuration: .release))]

/// A room of the house: one Swift module under `Sources/`, named in `docs/architecture.md`.
func room(
  _ name: String, _ dependencies: [Target.Dependency], exclude: [String] = [], settings: [SwiftSetting] = []
) -> Target {
  .target(name: name, dependencies: dependencies, exclude: exclude, swiftSettings: strict + settings)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(name: name, dependencies: dependencies + ["TestSupport"], swiftSettings: strict)
}

/// The readers under random bytes: tests that replay the corpus, or the program that searches for more with libFuzzer. The
/// two share their sources, so there is one of them at a time; see Tests/FuzzTests/fuzz.sh.
func fuzzing(_ dependencies: [Target.Dependency]) -> Target {
  let data = ["corpus", "fuzz.sh"]
  return Context.environment["TENURE_FUZZ"] == nil
    ? .testTarget(
      name: "FuzzTests", dependencies: dependencies + ["TestSupport"], exclude: data + ["Driver"], swiftSettings: strict
    )
    : .executableTarget(
      name: "fuzz", dependencies: dependencies, path: "Tests/FuzzTests", exclude: data + ["Replay"],
      // With one file alone, a target is taken for a script.
      swiftSettings: strict + [.unsafeFlags(["-parse-as-library"])])
}

let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")

let package = Package(
  name: "tenure",
  products: [.executable(name: "tenure", targets: ["tenure"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/apple/swift-asn1", from: "1.3.0"),
    .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // C libraries and nothing else.
    .target(
      name: "CSimdJSON", cxxSettings: [.unsafeFlags(["-O2"])],
      linkerSettings: [.linkedLibrary("simdjson")]),
    .systemLibrary(
      name: "CXSLT", pkgConfig: "libexslt",
      providers: [.apt(["libxml2-dev", "libxslt1-dev"])]),
    .target(name: "CXSLTShim", dependencies: ["CXSLT"]),
    .systemLibrary(name: "CZlib", pkgConfig: "zlib", providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(name: "CZstd", pkgConfig: "libzstd", providers: [.apt(["libzstd-dev"])]),
    .target(name: "CAssets"),
    .target(name: "CFileNames"),

    room("EvidenceModel", [crypto]),
    room("Assets", ["CAssets"]),
    room(
      "Intake",
      [
        "EvidenceModel", "Assets", "XMLDocuments", "CSimdJSON", "CZlib", "CZstd", yams,
        .product(name: "Subprocess", package: "swift-subprocess"),
      ], settings: hot),
    room("Replay", ["EvidenceModel", "Intake"], settings: hot),
    room(
      "EvidenceStore",
      [
        "EvidenceModel", "Intake", "Replay", "Assets", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ],
      exclude: ["Migrations"]),
    room("Assessment", ["EvidenceModel", "Intake", "Replay", "EvidenceStore", "Assets"]),
    room("XMLDocuments", ["EvidenceModel", "CXSLT", "CXSLTShim"]),
    room("Rendering", ["EvidenceModel", "Assets", "XMLDocuments", "CXSLT", "CXSLTShim"]),
    room(
      "EvidencePack",
      [
        "EvidenceModel", "Intake", "Replay", "Assets", "EvidenceStore", "Assessment", "XMLDocuments", "Comparison",
        "Exchange",
      ]),
    room(
      "Seal",
      [
        "EvidenceModel", "CFileNames", crypto, .product(name: "CryptoExtras", package: "swift-crypto"),
        .product(name: "SwiftASN1", package: "swift-asn1"),
      ]),
    room("Verification", ["EvidenceModel", "Assets", "XMLDocuments", "Exchange"]),
    room("PackArchive", ["EvidenceModel", "CZlib"]),
    room("Comparison", ["EvidenceModel", "XMLDocuments"]),
    room("Disclosure", ["EvidenceModel", "Assets", "Exchange", "XMLDocuments", crypto]),
    room(
      "Exchange",
      [
        "EvidenceModel", "XMLDocuments", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "GRDBSQLite", package: "GRDB.swift"),
      ]),
    room(
      "TenureCLI",
      [
        "EvidenceModel", "Intake", "Replay", "EvidenceStore", "Assessment", "EvidencePack",
        "Rendering", "Verification", "Seal", "Comparison", "Disclosure", "Assets", "XMLDocuments",
        "CFileNames", "PackArchive", "Exchange", .product(name: "ArgumentParser", package: "swift-argument-parser"),
        .product(name: "Subprocess", package: "swift-subprocess"),
      ]),
    .executableTarget(name: "tenure", dependencies: ["TenureCLI"], swiftSettings: strict),

    .target(
      name: "TestSupport", dependencies: ["EvidenceModel", "Intake", "Replay"], path: "Tests/TestSupport",
      swiftSettings: strict),
    tests("EvidenceModelTests", ["EvidenceModel"]),
    tests("IntakeTests", ["EvidenceModel", "Intake", "Replay"]),
    tests("ReplayTests", ["EvidenceModel", "Intake", "Replay"]),
    tests("AssessmentTests", ["EvidenceModel", "Intake", "Replay", "EvidenceStore", "Assessment", "Assets"]),
    tests(
      "EvidenceStoreTests",
      ["EvidenceModel", "Intake", "Replay", "EvidenceStore", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(
      "EvidencePackTests",
      ["EvidenceModel", "Replay", "EvidenceStore", "Assessment", "Assets", "XMLDocuments", "EvidencePack"]),
    tests("VerificationTests", ["EvidenceModel", "PackArchive", "Verification"]),
    tests("SealTests", ["EvidenceModel", "Seal", crypto]),
    tests(
      "ExchangeTests",
      ["EvidenceModel", "XMLDocuments", "Assets", "Exchange", .product(name: "GRDB", package: "GRDB.swift")]),
    tests("ComparisonTests", ["EvidenceModel", "XMLDocuments", "Comparison"]),
    tests("DisclosureTests", ["EvidenceModel", "Assets", "XMLDocuments", "Disclosure"]),
    tests("RenderingTests", ["Assets", "XMLDocuments", "Rendering"]),
    tests(
      "HelpTests",
      ["EvidenceModel", "TenureCLI", .product(name: "ArgumentParser", package: "swift-argument-parser")]),
    fuzzing([
      "EvidenceModel", "Intake", "Replay", "Assessment", "Assets", "XMLDocuments", "Verification", "Seal", "Comparison",
      "Disclosure", "Exchange", "PackArchive", "TenureCLI",
    ]),
    .testTarget(name: "EndToEndTests", dependencies: ["tenure"], swiftSettings: strict),
  ]
)
