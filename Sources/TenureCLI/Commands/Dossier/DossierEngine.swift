internal import ArgumentParser
internal import EvidenceModel
internal import Foundation
internal import Glibc
internal import Subprocess

/// A program that prints a page to a PDF, found on the PATH.
struct DossierEngine: Sendable {
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case chromium, weasyprint

    /// Names under which systems install it, the usual one first.
    fileprivate var programs: [String] {
      switch self {
      case .chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"]
      case .weasyprint: ["weasyprint"]
      }
    }
  }

  let kind: Kind
  private let program: String
  /// Where it was found, for people.
  let path: String
  private let noSandbox: Bool

  /// Printing takes seconds; an engine that takes minutes hangs.
  private static let timeLimit = Duration.seconds(180)

  /// The first engine that is there and can run: of the kind that was stated, or of any.
  static func find(_ stated: Kind?, noSandbox: Bool) async throws(Diagnostic) -> DossierEngine {
    let kinds = stated.map { [$0] } ?? Kind.allCases
    var isChromiumBarred = false
    for kind in kinds {
      for program in kind.programs {
        guard let path = try? await Executable.name(program).resolveExecutablePath(in: .inherit) else { continue }
        if kind == .chromium, geteuid() == 0, !noSandbox {
          isChromiumBarred = true
          break
        }
        return DossierEngine(kind: kind, program: program, path: "\(path)", noSandbox: noSandbox)
      }
    }
    if isChromiumBarred {
      throw Diagnostic(
        id: "dossier-root", file: "--pdf", summary: "Chromium does not run as root with its sandbox",
        nextStep:
          "Run as another user, install WeasyPrint, or add --no-sandbox where a container is the sandbox.")
    }
    throw Diagnostic(
      id: "dossier-no-engine", file: "--pdf",
      summary: "no engine is on the PATH; looked for \(kinds.flatMap(\.programs).joined(separator: ", "))",
      nextStep:
        "Install chromium or weasyprint, or run without --pdf and print the page from a browser; it is made for paper.")
  }

  /// Where engines were found, one of each kind; none is run.
  static func installed() async -> [String] {
    var found: [String] = []
    for kind in Kind.allCases {
      for program in kind.programs {
        guard let path = try? await Executable.name(program).resolveExecutablePath(in: .inherit) else { continue }
        found.append("\(path)")
        break
      }
    }
    return found
  }

  /// Runs the engine on a copy, without a shell and without a network. Scripts are shut off by the copy's own policy:
  /// Chromium's switch against them would also stop the script of its own by which it prints.
  func print(_ copy: DossierCopy) async throws(Diagnostic) {
    let executable = Executable.name(program)
    let arguments = Arguments(arguments(for: copy))
    var options = PlatformOptions()
    options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(2))]
    do {
      let ended = try await withThrowingTaskGroup(of: (succeeded: Bool, errors: String)?.self) { group in
        group.addTask { [options] in
          let result = try await Subprocess.run(
            executable, arguments: arguments, environment: .inherit.updating(Self.environment),
            platformOptions: options, output: .discarded, error: .string(limit: 4 << 20))
          return (result.terminationStatus.isSuccess, result.standardError)
        }
        group.addTask {
          try await Task.sleep(for: Self.timeLimit)
          return nil
        }
        defer { group.cancelAll() }
        return try await group.next() ?? nil
      }
      guard let ended else { throw failure("it did not end within \(Self.timeLimit)") }
      guard ended.succeeded else {
        throw failure(ended.errors.split(separator: "\n").last.map(String.init) ?? "no reason given")
      }
    } catch let fault as Diagnostic {
      throw fault
    } catch {
      throw failure("\(error)")
    }
  }

  private func arguments(for copy: DossierCopy) -> [String] {
    switch kind {
    case .chromium:
      [
        "--headless", "--no-first-run", "--no-default-browser-check", "--disable-extensions", "--disable-sync",
        "--disable-background-networking", "--disable-component-update", "--disable-gpu",
        "--host-resolver-rules=MAP * ~NOTFOUND", "--user-data-dir=\(copy.profile)",
        "--no-pdf-header-footer", "--print-to-pdf=\(copy.pdf)",
      ] + (noSandbox ? ["--no-sandbox"] : []) + [URL(fileURLWithPath: copy.page).absoluteString]
    case .weasyprint: ["--quiet", copy.page, copy.pdf]
    }
  }

  /// A proxy where nobody listens: what does not take its flags from us still finds no network.
  private static let environment: [Environment.Key: String?] = [
    "http_proxy": "http://127.0.0.1:9", "https_proxy": "http://127.0.0.1:9", "ftp_proxy": "http://127.0.0.1:9",
    "no_proxy": nil, "NO_PROXY": nil,
  ]

  private func failure(_ reason: String) -> Diagnostic {
    Diagnostic(
      id: "dossier-engine-failed", file: path, summary: "it could not print the page: \(reason)",
      nextStep:
        "In a container Chromium may need --no-sandbox; otherwise try the other engine with --engine, or print the page from a browser."
    )
  }
}
