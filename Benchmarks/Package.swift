// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
]

// A package of its own: it starts finished programs and shares no code with what it measures.
let package = Package(
  name: "Benchmarks",
  targets: [
    // The harness. It finds the other two beside itself, so build the whole package.
    .executableTarget(name: "bench", swiftSettings: strict),
    .executableTarget(name: "measure"),
    .executableTarget(
      name: "parse-only", cxxSettings: [.unsafeFlags(["-O2"])], linkerSettings: [.linkedLibrary("simdjson")]),
  ],
  cxxLanguageStandard: .cxx17
)
