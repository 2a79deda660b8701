import Foundation
import Testing

/// `tenure dossier` on the pack of the quickstart.
@Suite struct DossierTests {
  /// Notes its arguments and the page that it was given, and writes a PDF of one line.
  private static let engine = """
    #!/bin/sh
    for argument; do
      case $argument in
        --print-to-pdf=*) pdf=${argument#--print-to-pdf=} ;;
        file://*) page=${argument#file://} ;;
        */dossier.html) page=$argument ;;
        */dossier.pdf) pdf=$argument ;;
      esac
    done
    printf '%s\\n' "$@" > "$NOTES.arguments"
    cat "$page" > "$NOTES.page"
    cat "${page%/r/print/*}/assets/pack.css" > "$NOTES.style"
    echo "first line" >&2
    echo "last line" >&2
    [ -n "$FAIL" ] && exit 1
    [ -n "$NO_PDF" ] || printf '%%PDF-1.7 made\\n' > "$pdf"
    """

  private struct Bench {
    let scratch: Scratch
    var folder: String { scratch.path }
    func text(_ name: String) throws -> String { try String(contentsOfFile: folder + "/" + name, encoding: .utf8) }
  }

  /// A folder with fake engines on a PATH that holds little else.
  private func bench(_ engines: String...) throws -> Bench {
    let scratch = try Scratch()
    for engine in engines {
      let path = try scratch.write("bin/" + engine, Self.engine)
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
    }
    for tool in ["sh", "cat"] {
      try FileManager.default.createDirectory(atPath: scratch.path + "/bin", withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: scratch.path + "/bin/" + tool, withDestinationPath: "/bin/" + tool)
    }
    return Bench(scratch: scratch)
  }

  private func dossier(
    _ bench: Bench, _ arguments: String..., environment: [String: String] = [:]
  ) throws -> Program.Outcome {
    let own = ["PATH": bench.folder + "/bin", "NOTES": bench.folder + "/notes"].merging(environment) { $1 }
    return try Program.run(
      Program.binary, ["dossier"] + arguments + ["--pack", try Quickstart.pack()], environment: own)
  }

  // MARK: Finding

  @Test(arguments: [
    ("pii-to-trusted", "r/print/pii-to-trusted.html"), ("ASI02", "c/print/owasp-asi-2026-asi02.html"),
    ("GOVERN 1.2", "c/print/nist-ai-rmf-1.0-govern-1.2.html"),
    ("OWASP Agentic AI Top 10 | A2", "c/print/owasp-asi-2026-asi02.html"),
    ("c/print/owasp-asi-2026-asi02.html", "c/print/owasp-asi-2026-asi02.html"),
  ])
  func anyNameOfARuleOrAControlFindsItsDossier(name: String, page: String) throws {
    let outcome = try dossier(bench(), name)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == "\(try Quickstart.pack())/\(page)\n")
    #expect(FileManager.default.fileExists(atPath: outcome.lastLine))
  }

  @Test func everyRuleAndControlHasADossier() throws {
    let pack = try Quickstart.pack()
    for (folder, page) in [("r", "index"), ("c", "index owasp-asi-2026 nist-ai-rmf-1.0 nist-sp-800-207")] {
      let lists = Set(page.split(separator: " ").map { String($0) + ".html" })
      let pages = try FileManager.default.contentsOfDirectory(atPath: pack + "/" + folder).filter {
        $0.hasSuffix(".html") && !lists.contains($0)
      }
      #expect(try Set(FileManager.default.contentsOfDirectory(atPath: pack + "/\(folder)/print")) == Set(pages))
    }
  }

  @Test func anUnknownNameOffersThoseNearIt() throws {
    let outcome = try dossier(bench(), "pii-trusted")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("no rule and no control of this pack has that name. Near it: pii-to-trusted."))
    #expect(try dossier(bench(), "something else altogether").errors.contains("c/index.html, have all names"))
  }

  @Test func aControlOfAFrameworkThatWasNotChosenIsSaid() throws {
    let outcome = try dossier(bench(), "AC-1")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("this control's framework is not in the pack"), "\(outcome.errors)")
  }

  @Test func aFolderThatIsNoPackIsSaid() throws {
    let scratch = try Scratch()
    let outcome = try Program.tenure("dossier", "r", "--pack", scratch.path)
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("this is no pack"))
    try scratch.write("manifest.xml", "<manifest xmlns=\"urn:tenure:evidence:1\"/>")
    #expect(try Program.tenure("dossier", "r", "--pack", scratch.path).errors.contains("this pack has no dossiers"))
    try scratch.write("manifest.xml", "no XML")
    #expect(try Program.tenure("dossier", "r", "--pack", scratch.path).status == 1)
  }

  @Test func aDossierThatWasAlteredIsNotPrinted() throws {
    let scratch = try Scratch()
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: scratch.path + "/pack")
    let page = scratch.path + "/pack/r/print/pii-to-trusted.html"
    try (try String(contentsOfFile: page, encoding: .utf8) + "<p>more").write(
      toFile: page, atomically: true, encoding: .utf8)
    let outcome = try Program.tenure("dossier", "pii-to-trusted", "--pack", scratch.path + "/pack")
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("not the ones that the manifest names"))
  }

  // MARK: Printing

  @Test func weasyPrintGetsACopyWithoutLinks() throws {
    let bench = try bench("weasyprint")
    let pdf = bench.folder + "/out.pdf"
    let outcome = try dossier(bench, "pii-to-trusted", "--pdf", pdf)
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output == pdf + "\n")
    #expect(try bench.text("out.pdf") == "%PDF-1.7 made\n")
    let page = try bench.text("notes.page")
    #expect(
      page.contains("<a data-place=\"r/pii-to-trusted.html\">") && page.contains("href=\"../../assets/pack.css\""))
    #expect(!page.contains("<a href=\"../"))
    #expect(page.contains("default-src 'none'"))
    let style = try bench.text("notes.style")
    #expect(style.hasSuffix("\n@page { size: A4; }\nsvg, .drawing, #timeline { display: none; }\n"))
    #expect(outcome.errors.contains("tables say the same"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder).count { $0.hasPrefix("out.pdf") } == 1)
  }

  @Test func chromiumKeepsItsSandboxUnlessToldOtherwise() throws {
    let bench = try bench("chromium-browser")
    let pdf = bench.folder + "/out.pdf"
    let outcome = try dossier(bench, "pii-to-trusted", "--pdf", pdf, "--no-sandbox", "--paper", "letter")
    #expect(outcome.status == 0, "\(outcome.errors)")
    let arguments = try bench.text("notes.arguments")
    #expect(arguments.contains("--no-sandbox\n") && arguments.contains("--no-pdf-header-footer\n"))
    #expect(arguments.contains("--host-resolver-rules=MAP * ~NOTFOUND\n"))
    #expect(try bench.text("notes.style").hasSuffix("\n@page { size: letter; }\n"))
    let without = try dossier(bench, "pii-to-trusted", "--pdf", pdf, "--engine", "chromium")
    if getuid() == 0 {
      #expect(without.status == 1)
      #expect(without.errors.contains("Chromium does not run as root with its sandbox"))
    } else {
      #expect(try without.status == 0 && !bench.text("notes.arguments").contains("--no-sandbox"))
    }
  }

  /// Whoever made the pack made its manifest too, so a digest that holds says nothing about the page.
  @Test(arguments: ["<!-- <head> <body> -->", "<HTML><HEAD >", "<script>1</script><head><body>"])
  func aPageOfAnotherHandGetsNoMoreThanItsStyle(start: String) throws {
    let bench = try bench("weasyprint")
    let pack = bench.folder + "/pack"
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: pack)
    func digest(_ path: String) throws -> String { String(try Program.tool("sha256sum", path).output.prefix(64)) }
    let page = pack + "/r/print/pii-to-trusted.html"
    let manifest = pack + "/manifest.xml"
    let before = try digest(page)
    try ("<!DOCTYPE html>\n" + start + "<script>1</script>").write(toFile: page, atomically: true, encoding: .utf8)
    try String(contentsOfFile: manifest, encoding: .utf8).replacingOccurrences(of: before, with: try digest(page))
      .write(toFile: manifest, atomically: true, encoding: .utf8)
    let outcome = try Program.run(
      Program.binary,
      ["dossier", "r/print/pii-to-trusted.html", "--pack", pack, "--pdf", bench.folder + "/out.pdf"],
      environment: ["PATH": bench.folder + "/bin", "NOTES": bench.folder + "/notes"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try bench.text("notes.page").hasPrefix("<!DOCTYPE html><meta http-equiv=\"Content-Security-Policy\""))
  }

  @Test func theNameOfAFileIsNeverAnOption() throws {
    let bench = try bench("weasyprint")
    let outcome = try Program.run(
      Program.binary, ["dossier", "pii-to-trusted", "--pack", try Quickstart.pack(), "--pdf=--quiet"], in: bench.folder,
      environment: ["PATH": bench.folder + "/bin", "NOTES": bench.folder + "/notes"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(try bench.text("--quiet") == "%PDF-1.7 made\n")
    #expect(try bench.text("notes.arguments").split(separator: "\n").dropFirst().allSatisfy { $0.hasPrefix("/") })
  }

  @Test func noEngineIsSaidWithWhatWasLookedFor() throws {
    let bench = try bench()
    let outcome = try dossier(bench, "pii-to-trusted", "--pdf", bench.folder + "/out.pdf")
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("no engine is on the PATH; looked for chromium, "))
    #expect(outcome.errors.contains("Install chromium or weasyprint"))
  }

  @Test func anEngineThatFailsLeavesAnEarlierPDFAlone() throws {
    let bench = try bench("weasyprint")
    try bench.scratch.write("out.pdf", "earlier")
    let pdf = bench.folder + "/out.pdf"
    let failed = try dossier(bench, "pii-to-trusted", "--pdf", pdf, environment: ["FAIL": "1"])
    #expect(failed.status == 1)
    #expect(failed.errors.contains("it could not print the page: last line"))
    let empty = try dossier(bench, "pii-to-trusted", "--pdf", pdf, environment: ["NO_PDF": "1"])
    #expect(empty.status == 1)
    #expect(empty.errors.contains("ended without a PDF"))
    #expect(try bench.text("out.pdf") == "earlier")
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder).count { $0.hasPrefix("out.pdf") } == 1)
  }

  @Test func aPlaceThatCannotBeWrittenIsSaid() throws {
    let bench = try bench("weasyprint")
    for place in ["/no/such/folder/out.pdf", bench.folder] {
      let outcome = try dossier(bench, "pii-to-trusted", "--pdf", place)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("cannot be written"), "\(outcome.errors)")
    }
  }

  @Test(arguments: [["--engine", "weasyprint"], ["--no-sandbox"], ["--pdf", "x", "--paper", "a3"]])
  func optionsThatMakeNoSenseAreUsage(options: [String]) throws {
    #expect(try Program.run(Program.binary, ["dossier", "r"] + options).status == 64)
  }

  /// Only where the engine is installed, as a stranger's machine may have neither.
  @Test(arguments: ["chromium", "weasyprint"])
  func aRealEngineMakesAPDF(engine: String) throws {
    guard try Program.tool("which", engine).status == 0 else {
      print("\(engine) is not installed; not tried")
      return
    }
    let scratch = try Scratch()
    let pdf = scratch.path + "/out.pdf"
    let outcome = try Program.run(
      Program.binary,
      ["dossier", "pii-to-trusted", "--pack", try Quickstart.pack(), "--pdf", pdf, "--engine", engine]
        + (engine == "chromium" ? ["--no-sandbox"] : []))
    #expect(outcome.status == 0, "\(outcome.errors)")
    let bytes = try Data(contentsOf: URL(fileURLWithPath: pdf))
    #expect(bytes.starts(with: Data("%PDF-".utf8)) && bytes.count > 20_000)
    // The machine's own folders must not reach a document that is handed on.
    #expect(bytes.range(of: Data("file://".utf8)) == nil)
  }
}
