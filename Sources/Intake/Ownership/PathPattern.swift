/// A pattern over paths, as CODEOWNERS files hold them. `*` and `?` stay inside a folder. Matching takes time in proportion to
/// the product of the lengths, whatever the pattern.
struct PathPattern {
  private enum Token {
    case anyRun
    case anyOne
    case scalar(Unicode.Scalar)
    /// Ranges of scalars; an unclosed set matches nothing.
    case set([ClosedRange<UInt32>], isNegated: Bool)
  }

  private enum Piece {
    case anyFolders
    case name([Token])
  }

  /// What a match of all pieces stands for.
  private enum Reach { case path, tree, pathOrTree }

  private var pieces: [Piece] = []
  private var isAnchored: Bool
  private var reach: Reach

  /// GitHub's reading (formats.md §10.1): like gitignore. A leading or inner `/` anchors, a trailing `/` names the tree below;
  /// `docs/*` names the files in docs and not those of folders below it, and any other pattern also the tree below its match.
  init(github text: String) {
    var body = text[...]
    isAnchored = body.dropLast().contains("/")
    if body.hasPrefix("/") { body = body.dropFirst() }
    reach = .pathOrTree
    if body.hasSuffix("/") {
      reach = .tree
      body = body.dropLast()
    }
    var names = body.split(separator: "/", omittingEmptySubsequences: false)
    if names.last == "**" {
      names.removeLast()
      reach = .tree
    } else if names.last == "*", isAnchored, reach == .pathOrTree {
      reach = .path
    }
    pieces = names.map { $0 == "**" ? .anyFolders : .name(Self.tokens($0, allowsSets: false)) }
  }

  /// GitLab's reading (formats.md §10.2): Ruby's `fnmatch`. A pattern without a leading `/` matches at any depth, a trailing
  /// `/` names the tree below, and any other pattern names files only. Sets such as `[ab]` count; `**` at the end is `*`.
  init(gitlab text: String) {
    isAnchored = true
    reach = .path
    var body = text == "*" ? "/**/*" : text
    if !body.hasPrefix("/") { body = "/**/" + body }
    if body.hasSuffix("/") { body += "**/*" }
    let names = body.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    pieces = names.enumerated().map { index, name in
      name == "**" && index + 1 < names.count ? .anyFolders : .name(Self.tokens(name, allowsSets: true))
    }
  }

  private static func tokens(_ text: Substring, allowsSets: Bool) -> [Token] {
    let scalars = Array(text.unicodeScalars)
    var tokens: [Token] = []
    var index = 0
    while index < scalars.count {
      switch scalars[index] {
      case "*":
        if case .anyRun = tokens.last {} else { tokens.append(.anyRun) }
      case "?": tokens.append(.anyOne)
      case "\\" where index + 1 < scalars.count:
        index += 1
        tokens.append(.scalar(scalars[index]))
      case "[" where allowsSets:
        tokens.append(set(scalars, &index))
      default: tokens.append(.scalar(scalars[index]))
      }
      index += 1
    }
    return tokens
  }

  /// Reads a set whose `[` stands at `index`; leaves `index` at its last scalar.
  private static func set(_ scalars: [Unicode.Scalar], _ index: inout Int) -> Token {
    var place = index + 1
    let isNegated = place < scalars.count && (scalars[place] == "!" || scalars[place] == "^")
    if isNegated { place += 1 }
    var ranges: [ClosedRange<UInt32>] = []
    while place < scalars.count, scalars[place] != "]" {
      if scalars[place] == "\\", place + 1 < scalars.count { place += 1 }
      let low = scalars[place].value
      var high = low
      if place + 2 < scalars.count, scalars[place + 1] == "-", scalars[place + 2] != "]" {
        high = scalars[place + 2].value
        place += 2
      }
      if low <= high { ranges.append(low...high) }
      place += 1
    }
    index = min(place, scalars.count - 1)
    return place < scalars.count ? .set(ranges, isNegated: isNegated) : .set([], isNegated: false)
  }

  func matches(_ path: String) -> Bool {
    let parts = path.split(separator: "/").map { Array($0.unicodeScalars) }
    // How many parts may have been used up.
    var used = [Bool](repeating: !isAnchored, count: parts.count + 1)
    used[0] = true
    for piece in pieces {
      var next = [Bool](repeating: false, count: parts.count + 1)
      switch piece {
      case .anyFolders:
        if let first = used.firstIndex(of: true) { for index in first...parts.count { next[index] = true } }
      case .name(let tokens):
        for index in parts.indices where used[index] && Self.matches(tokens, parts[index]) { next[index + 1] = true }
      }
      used = next
    }
    switch reach {
    case .path: return used[parts.count]
    case .tree: return used.dropLast().contains(true)
    case .pathOrTree: return used.contains(true)
    }
  }

  private static func matches(_ tokens: [Token], _ name: [Unicode.Scalar]) -> Bool {
    var token = 0
    var place = 0
    var lastRun: Int?
    var resume = 0
    while place < name.count {
      if token < tokens.count, case .anyRun = tokens[token] {
        lastRun = token
        token += 1
        resume = place
      } else if token < tokens.count, matches(tokens[token], name[place]) {
        token += 1
        place += 1
      } else if let lastRun {
        token = lastRun + 1
        resume += 1
        place = resume
      } else {
        return false
      }
    }
    return tokens[token...].allSatisfy { if case .anyRun = $0 { true } else { false } }
  }

  private static func matches(_ token: Token, _ scalar: Unicode.Scalar) -> Bool {
    switch token {
    case .anyRun, .anyOne: true
    case .scalar(let expected): expected == scalar
    case .set(let ranges, let isNegated): ranges.contains { $0.contains(scalar.value) } != isNegated
    }
  }
}
