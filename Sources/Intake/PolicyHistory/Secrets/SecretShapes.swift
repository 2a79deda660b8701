internal import Glibc

/// What a secret looks like: the names under which secrets stand, the shapes of well-known tokens, and references to
/// secrets that lie elsewhere. Bytes, since configs may be anything.
enum SecretShapes {
  /// Beginnings of well-known tokens and how many characters follow at least. Among those, ten letters and digits in a row
  /// hold a digit: `sk-learn-pipeline-2` and `hf_llama_3_70b_instruct` are names.
  private static let tokens: [(start: [UInt8], tail: Int)] = [
    ("sk-", 12), ("sk_live_", 12), ("rk_live_", 12), ("pk-", 24), ("AKIA", 16), ("ASIA", 16), ("ghp_", 20),
    ("gho_", 20), ("ghu_", 20), ("ghs_", 20), ("ghr_", 20), ("github_pat_", 20), ("glpat-", 16), ("xoxb-", 10),
    ("xoxp-", 10), ("xoxa-", 10), ("xoxr-", 10), ("xoxs-", 10), ("xapp-", 10), ("AIza", 30), ("hf_", 20),
    ("gsk_", 20), ("xai-", 20), ("pplx-", 20), ("nvapi-", 20), ("r8_", 20), ("npm_", 20), ("ya29.", 20), ("hvs.", 20),
    ("SG.", 20), ("lin_api_", 16), ("dop_v1_", 20), ("tgp_v1_", 20), ("fw_", 20),
  ].map { (Array($0.0.utf8), $0.1) }

  /// Names whose end says that they hold no secret but something about one.
  private static let harmlessEnds = [
    "ref", "name", "names", "manager", "type", "policy", "enabled", "path", "file", "alias", "header", "env", "var",
    "prefix", "required", "pertoken", "namespace",
  ].map { Array($0.utf8CString) }
  private static let parts = [
    "apikey", "secret", "password", "passwd", "passphrase", "authorization", "privatekey", "accesskey", "masterkey",
    "saltkey", "signingkey", "encryptionkey", "credential", "connectionstring", "cookie", "subscriptionkey",
    "accountkey", "openaikey", "anthropickey", "azurekey", "geminikey", "openrouterkey", "jwtkey", "hmackey", "xauth",
    "pwd", "dbpass", "smtppass", "pgpass", "userpass",
  ].map { Array($0.utf8CString) }
  private static let plurals = ["apikeys", "passwords", "accesstokens", "authtokens", "bearertokens"]
    .map { Array($0.utf8CString) }
  private static let token = Array("token".utf8CString)
  private static let signature = Array("sig".utf8CString)

  /// The letters and digits of a name, in lower case, as the C library searches them.
  private struct PlainName {
    private let letters: [CChar]

    init(_ name: some Sequence<UInt8>) {
      letters =
        name.compactMap { byte in
          switch byte {
          case UInt8(ascii: "A")...UInt8(ascii: "Z"): CChar(byte | 0x20)
          case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): CChar(byte)
          default: nil
          }
        } + [0]
    }

    func holds(_ part: [CChar]) -> Bool { strstr(letters, part) != nil }
    func begins(with start: String) -> Bool { strncmp(letters, start, start.utf8.count) == 0 }

    func ends(with end: [CChar]) -> Bool {
      let before = letters.count - end.count
      return letters.withUnsafeBufferPointer { bytes in
        bytes.baseAddress.map { before >= 0 && strcmp($0 + before, end) == 0 } ?? false
      }
    }

    func isWhole(_ word: [CChar]) -> Bool { letters == word }
  }

  /// Whether a value under this name is a secret.
  static func isSecretName(_ name: some Collection<UInt8>) -> Bool {
    guard name.count <= 200 else { return false }
    let plain = PlainName(name)
    if harmlessEnds.contains(where: { plain.ends(with: $0) }) { return false }
    if parts.contains(where: { plain.holds($0) }) || plain.isWhole(signature) { return true }
    if isVariableOfSecret(name) { return true }
    return plain.ends(with: token) && !plain.begins(with: "max") && !plain.begins(with: "min")
  }

  /// Whether a name is one of an environment variable, in capitals, whose last part says that it holds a secret: `FOO_KEY`.
  private static func isVariableOfSecret(_ name: some Collection<UInt8>) -> Bool {
    let isVariable = name.allSatisfy { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }
    guard isVariable, let last = name.split(separator: 0x5F).last, last.count < name.count else { return false }
    return variableEnds.contains { last.elementsEqual($0) }
  }

  private static let variableEnds = ["KEY", "KEYS", "PW", "PASS", "AUTH", "HMAC", "SALT", "CREDS"].map {
    Array($0.utf8)
  }

  /// Whether everything below this name is a secret, by whatever names of its own.
  static func isNameOfMany(_ name: some Collection<UInt8>) -> Bool {
    guard name.count <= 200 else { return false }
    let plain = PlainName(name)
    return plurals.contains { plain.ends(with: $0) }
  }

  /// Shorter words are no token of any known shape.
  static let shortestToken = 13
  private static let webToken = Array("eyJ".utf8)

  /// Whether a word is a token by its shape.
  static func isToken(_ word: some Collection<UInt8>) -> Bool {
    guard word.count >= shortestToken else { return false }
    if word.starts(with: webToken) {
      return word.count >= 20 && word.contains(UInt8(ascii: "."))
    }
    for (start, tail) in tokens where word.first == start.first && word.count >= start.count + tail {
      guard word.starts(with: start) else { continue }
      return isRandom(word.dropFirst(start.count))
    }
    return false
  }

  /// Whether ten letters and digits in a row hold a digit.
  private static func isRandom(_ tail: some Collection<UInt8>) -> Bool {
    var (count, hasDigit) = (0, false)
    for byte in tail {
      guard isLetterOrDigit(byte) else {
        (count, hasDigit) = (0, false)
        continue
      }
      count += 1
      if (0x30...0x39).contains(byte) { hasDigit = true }
      if count >= 10, hasDigit { return true }
    }
    return false
  }

  /// Whether a value only says where the secret lies, or is none: `os.environ/NAME`, `${NAME}`, `vault:…`, `true`.
  static func isReference(_ value: ArraySlice<UInt8>) -> Bool {
    var value = value
    for scheme in ["Bearer ", "Basic ", "bearer "] where value.starts(with: Array(scheme.utf8)) {
      value = value.dropFirst(scheme.utf8.count)
    }
    guard value.count <= 300, value.allSatisfy({ $0 > 0x20 && $0 != 0x22 && $0 != 0x27 && $0 != 0x40 }) else {
      return isPlaceholder(value)
    }
    let text = String(decoding: value, as: UTF8.self)
    if ["", "true", "false", "null", "none", "None", "~", "{}", "[]"].contains(text) { return true }
    if let inner = between(text, "${", "}") ?? between(text, "$(", ")") { return isVariable(inner) }
    if text.hasPrefix("$") { return isVariable(text.dropFirst()) }
    if text.hasPrefix("{{"), text.hasSuffix("}}") { return true }
    for start in ["os.environ/", "vault:", "env:", "env/", "file:/", "arn:aws:secretsmanager:", "op://", "secretref:"]
    where text.hasPrefix(start) { return text.utf8.count > start.utf8.count }
    return text.hasPrefix("*") || isPlaceholder(value)
  }

  private static func isPlaceholder(_ value: ArraySlice<UInt8>) -> Bool {
    value.count <= 60 && value.first == UInt8(ascii: "<") && value.last == UInt8(ascii: ">")
      && !value.contains { (0x30...0x39).contains($0) }
  }

  private static func between(_ text: String, _ start: String, _ end: String) -> Substring? {
    text.hasPrefix(start) && text.hasSuffix(end) ? text.dropFirst(start.count).dropLast(end.count) : nil
  }

  private static func isVariable(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { $0 == 0x5F || $0 == 0x2E || isLetterOrDigit($0) }
      && !(0x30...0x39).contains(text.utf8.first ?? 0x30)
  }

  static func isLetterOrDigit(_ byte: UInt8) -> Bool {
    (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
  }
}
