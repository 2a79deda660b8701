import Foundation
import Testing

/// A pack that two people seal, checked by `openssl` alone with the commands of `verify.html`, and by the program.
struct SealStoryTests {
  private let scratch: Scratch
  private var pack: String { scratch.path + "/pack" }

  init() throws {
    scratch = try Scratch()
    try FileManager.default.copyItem(atPath: try Quickstart.pack(), toPath: pack)
    for name in ["preparer", "reviewer"] {
      try shell("openssl genpkey -algorithm ed25519 -out \(name).pem && chmod 600 \(name).pem")
      try shell("openssl pkey -in \(name).pem -pubout -out \(name).pub")
    }
  }

  @discardableResult
  private func shell(_ command: String, in folder: String? = nil) throws -> String {
    let outcome = try Program.run("/bin/bash", ["-o", "pipefail", "-c", command], in: folder ?? scratch.path)
    try #require(outcome.status == 0, "\(command): \(outcome.output) \(outcome.errors.suffix(500))")
    return outcome.output
  }

  private func key(_ name: String) -> String { "\(scratch.path)/\(name)" }

  /// The name of the seal that was made.
  private func seal(_ name: String, _ more: String...) throws -> String {
    let outcome = try Program.run(Program.binary, ["seal", pack, "--key", key(name + ".pem")] + more)
    try #require(outcome.status == 0, "\(outcome.errors)")
    return String(outcome.output.dropFirst("seal/".count).prefix { $0 != "." })
  }

  /// The commands of the page's part on seals.
  private func commands(_ seal: String, key: String, authority: String = "") throws -> [String] {
    let page = try String(contentsOfFile: pack + "/verify.html", encoding: .utf8)
    return page.components(separatedBy: "<pre class=\"command\" tabindex=\"0\"><code>").dropFirst().map {
      $0.components(separatedBy: "</code>")[0].replacingOccurrences(of: "&lt;", with: "<")
        .replacingOccurrences(of: "&gt;", with: ">").replacingOccurrences(of: "&amp;", with: "&")
    }.filter { $0.contains("seal/NAME") }.map {
      $0.replacingOccurrences(of: "NAME", with: seal).replacingOccurrences(of: "PUB.pem", with: key)
        .replacingOccurrences(of: "AUTHORITY.pem", with: authority)
        .replacingOccurrences(of: "/tmp/signed", with: scratch.path + "/signed")
    }
  }

  private func digest() throws -> String { String(try shell("sha256sum manifest.xml", in: pack).prefix(64)) }

  @Test func theCommandsOfThePageCheckASeal() throws {
    let first = try seal("preparer", "--signer", "gateway-team")
    let second = try seal("reviewer", "--role", "reviewed-by")
    for (name, owner) in [(first, "preparer"), (second, "reviewer")] {
      let output = try shell(try commands(name, key: key(owner + ".pub"))[0], in: pack)
      #expect(output == "Signature Verified Successfully\n\(try digest())\n")
    }
    let swapped = try Program.run(
      "/bin/bash", ["-e", "-c", try commands(first, key: key("reviewer.pub"))[0]], in: pack)
    #expect(swapped.status != 0)
    #expect(!swapped.output.contains("Verified Successfully"))
  }

  @Test func theProgramTrustsTheKeysThatItIsGiven() throws {
    _ = try seal("preparer")
    let trusted = try Program.tenure("verify", pack, "--trusted-key", key("preparer.pub"))
    #expect(trusted.status == 0)
    #expect(trusted.output.contains("signed by a key that you trust"))
    let other = try Program.tenure("verify", pack, "--trusted-key", key("reviewer.pub"))
    #expect(other.status == 4)
    #expect(other.output.contains("seal-missing"))
    let nobody = try Program.tenure("verify", pack)
    #expect(nobody.status == 0)
    #expect(nobody.output.contains("not checked, as nobody named its key"))
  }

  @Test func aPackThatIsNotSoundIsNotSealed() throws {
    try Data("x".utf8).write(to: URL(fileURLWithPath: pack + "/index.html"))
    let outcome = try Program.tenure("seal", pack, "--key", key("preparer.pem"))
    #expect(outcome.status == 4)
    #expect(outcome.errors.contains("its bytes are not the ones"))
    #expect(!FileManager.default.fileExists(atPath: pack + "/seal"))
  }

  @Test func aTimeStampOverTheSignatureIsKept() throws {
    let name = try seal("preparer")
    try shell(
      "openssl req -x509 -newkey rsa:2048 -nodes -keyout authority.key -out authority.pem -subj /CN=authority -days 2 -addext extendedKeyUsage=critical,timeStamping 2>&1"
    )
    try scratch.write(
      "authority.cnf",
      "[tsa]\ndefault_tsa = t\n[t]\nserial = serial\nsigner_cert = authority.pem\nsigner_key = authority.key\nsigner_digest = sha256\ndefault_policy = 1.2.3.4.1\ndigests = sha256\ness_cert_id_alg = sha256\n"
    )
    try scratch.write("serial", "01\n")
    try shell("openssl ts -query -data pack/seal/\(name).sig -sha256 -cert -out query.tsq 2>&1")
    try shell("openssl ts -reply -config authority.cnf -queryfile query.tsq -out answer.tsr 2>&1")
    #expect(try Program.tenure("seal", pack, "--timestamp", key("answer.tsr")).output == "seal/\(name).tsr\n")
    let checked = try Program.tenure("verify", pack, "--trusted-key", key("preparer.pub"))
    #expect(checked.status == 0)
    #expect(checked.output.contains("; stamped 20"))
    try shell(
      try commands(name, key: key("preparer.pub"), authority: key("authority.pem"))[1] + " 2>&1", in: pack)
    // A stamp of other bytes is refused.
    _ = try seal("reviewer", "--role", "reviewed-by")
    try shell("openssl ts -query -data pack/index.html -sha256 -cert -out query.tsq 2>&1")
    try shell("openssl ts -reply -config authority.cnf -queryfile query.tsq -out other.tsr 2>&1")
    let refused = try Program.tenure("seal", pack, "--timestamp", key("other.tsr"))
    #expect(refused.status == 1)
    #expect(refused.errors.contains("names none of the pack's signatures"))
  }

  @Test func aKeyThatOthersMayReadIsRefused() throws {
    try shell("chmod 644 preparer.pem")
    let outcome = try Program.tenure("seal", pack, "--key", key("preparer.pem"))
    #expect(outcome.status == 1)
    #expect(outcome.errors.contains("chmod 600"))
  }

  @Test func aRunThatMakesTheSamePackKeepsItsSealsAndAnotherIsRefused() throws {
    let inputs = scratch.path + "/inputs"
    try FileManager.default.copyItem(
      atPath: (Quickstart.config as NSString).deletingLastPathComponent, toPath: inputs)
    func run() throws -> Program.Outcome {
      try Program.tenure(
        "run", "--config", inputs + "/tenure.yaml", "--out", scratch.path + "/out", "--store",
        scratch.path + "/store.sqlite")
    }
    let made = try run().output.split(separator: "\n").last.map(String.init) ?? ""
    let sealed = try Program.tenure("seal", made, "--key", key("preparer.pem"))
    try #require(sealed.status == 0)
    #expect(try [0, 3].contains(run().status))
    #expect(try Program.tenure("verify", made, "--trusted-key", key("preparer.pub")).status == 0)
    let configuration = try String(contentsOfFile: inputs + "/tenure.yaml", encoding: .utf8)
    try scratch.write(
      "inputs/tenure.yaml", configuration.replacing("organisation: Example Mutual", with: "organisation: Another"))
    let other = try run()
    #expect(other.status == 1)
    #expect(other.errors.contains("is sealed"))
    #expect(try Program.tenure("verify", made, "--trusted-key", key("preparer.pub")).status == 0)
  }
}
