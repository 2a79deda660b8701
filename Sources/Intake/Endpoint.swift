package import EvidenceModel

/// What an endpoint's address says by itself.
package enum Endpoint {
  /// The host of a URL; nil for anything else.
  package static func host(of text: BorrowedText) -> BorrowedText? {
    guard text.count > 8, let start = text.start,
      let scheme = (1..<min(text.count - 2, 12)).first(where: {
        start[$0] == 0x3A && start[$0 + 1] == 0x2F && start[$0 + 2] == 0x2F
      })
    else { return nil }
    let first = scheme + 3
    var end = first
    while end < text.count, ![0x2F, 0x3A, 0x3F, 0x23].contains(start[end]) { end += 1 }
    return end > first ? BorrowedText(start: start + first, count: end - first) : nil
  }

  /// Domains under which providers serve models that they run themselves.
  private static let providers = [
    "openai.com", "anthropic.com", "googleapis.com", "azure.com", "amazonaws.com", "openrouter.ai", "mistral.ai",
    "groq.com", "cohere.com", "cohere.ai", "together.xyz", "together.ai", "fireworks.ai", "deepseek.com", "x.ai",
    "perplexity.ai", "cerebras.ai", "nvidia.com", "cloudflare.com", "vercel.sh", "huggingface.co",
  ]

  /// Managed by a provider, or run by whoever keeps the log; nil where the host does not say.
  package static func hosting(ofHost host: BorrowedText) -> Hosting? {
    let name = host.string.lowercased()
    func isUnder(_ domain: String) -> Bool { name == domain || name.hasSuffix("." + domain) }
    if providers.contains(where: isUnder) { return .managed }
    if !name.contains(".") || ["localhost", "local", "internal", "svc", "lan"].contains(where: isUnder) {
      return .selfHosted
    }
    let numbers = name.split(separator: ".", omittingEmptySubsequences: false).compactMap { UInt8($0) }
    guard numbers.count == 4, name.split(separator: ".").count == 4 else { return nil }
    let isPrivate =
      numbers[0] == 10 || numbers[0] == 127 || (numbers[0] == 192 && numbers[1] == 168)
      || (numbers[0] == 172 && (16...31).contains(numbers[1]))
    return isPrivate ? .selfHosted : nil
  }
}
