/// Takes secrets out of a policy's text before it is kept, since the text goes into the pack. Described in
/// `docs/threat-model.md`. Reads bytes once from front to back and needs no valid YAML or JSON; lines stay lines.
enum SecretRedaction {
  static let mark = "[redacted]"

  static func redact(_ text: String) -> String {
    var scanner = SecretScanner(Array(text.utf8))
    return scanner.run()
  }

  /// One value of a config, known by its key.
  static func value(_ text: String, key: String) -> String {
    if SecretShapes.isSecretName(key.utf8) || SecretShapes.isNameOfMany(key.utf8) {
      return SecretShapes.isReference(ArraySlice(text.utf8)) ? text : mark
    }
    return redact(text)
  }
}
