internal import EvidenceModel
internal import Foundation

/// Pull requests as a hosting service exports them: who approved what was merged. Described in
/// `docs/formats/pull-requests.md`.
///
/// GitHub's `gh pr view --json …` and GitLab's merge-request API; an object, an array, or JSON Lines of either.
struct PullRequestExport {
  struct Request {
    var number: Int?
    /// Commits that the service says it became, in full.
    var mergeCommits: [String]
    /// In the order of their times, those of the author left out.
    var approvals: [(by: String, at: Instant?)]
    var hasSelfApproval: Bool
  }

  let name: String
  private(set) var requests: [Request] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(_ file: WholeFile) throws(Diagnostic) {
    name = file.name
    let text = try file.text()
    guard text.utf8.count <= Self.largest else {
      throw Diagnostic(
        id: "file-too-large", file: name, summary: "larger than 64 MiB",
        nextStep: "Export fewer fields, or only the pull requests that touch the policy.")
    }
    let decoder = JSONDecoder()
    if let many = try? decoder.decode([Entry].self, from: Data(text.utf8)) {
      for (index, entry) in many.enumerated() { add(entry, words: "entry \(index + 1)", line: nil) }
    } else if let one = try? decoder.decode(HostedRequest.self, from: Data(text.utf8)) {
      add(Entry(request: one), words: "", line: 1)
    } else {
      readLines(of: text, decoder)
    }
    guard !requests.isEmpty else {
      throw diagnostics.first
        ?? Diagnostic(
          id: "pull-request-none", file: name, summary: "no merged pull request stands in it",
          nextStep: "Export merged pull requests with their reviews.")
    }
  }

  private static let largest = 64 << 20
  private static let mostMalformed = 100

  private mutating func readLines(of text: String, _ decoder: JSONDecoder) {
    for (index, line) in text.utf8.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
      if line.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { continue }
      let request = try? decoder.decode(HostedRequest.self, from: Data(line))
      add(Entry(request: request), words: "the line", line: index + 1)
      guard diagnostics.count >= Self.mostMalformed else { continue }
      diagnostics.append(
        Diagnostic(
          id: "pull-request-malformed", file: name, line: index + 1,
          summary: "\(Self.mostMalformed) lines are malformed; what follows was not read",
          nextStep: "Check that this is an export of pull requests, as one JSON value or one a line."))
      return
    }
  }

  /// An open or closed request is left out; it became no commit.
  private mutating func add(_ entry: Entry, words: String, line: Int?) {
    guard let hosted = entry.request, hosted.isRequest else {
      diagnostics.append(
        Diagnostic(
          id: "pull-request-malformed", file: name, line: line,
          summary: "\(words) is no JSON object of a pull request; it was left out",
          nextStep: "Export with gh pr view NUMBER --json number,author,mergeCommit,mergedAt,state,reviews."))
      return
    }
    if hosted.isMerged { requests.append(hosted.request) }
  }

  /// `Merge pull request #12 from …`, or `… (#12)` at the end.
  static func number(in subject: String) -> Int? {
    if let match = subject.prefixMatch(of: /Merge pull request #([0-9]{1,9})(?![0-9])/) { return Int(match.1) }
    guard subject.hasSuffix(")"), let open = subject.range(of: "(#", options: .backwards) else { return nil }
    return Int(subject[open.upperBound...].dropLast())
  }
}

extension PullRequestExport {
  /// Gives the versions their approvals.
  ///
  /// - Parameter changes: the commits of the versions, in the same order.
  func apply(to reading: inout PolicyReading, changes: [GitRepository.Change]) {
    reading.diagnostics += diagnostics
    var byCommit: [String: Int] = [:]
    for (index, request) in requests.enumerated() {
      for commit in request.mergeCommits { byCommit[commit] = index }
    }
    let placed = Set(changes.compactMap { byCommit[$0.commit] })
    let byNumber = numbered(among: changes, placed: placed)
    var without = 0
    var selfApproved: [String] = []
    for (index, change) in changes.enumerated() where index < reading.versions.count {
      let number = Self.number(in: change.subject)
      guard let place = byCommit[change.commit] ?? number.flatMap({ byNumber[$0] }) else {
        without += 1
        continue
      }
      let request = requests[place]
      reading.versions[index].approvedBy = request.approvals.map(\.by)
      reading.versions[index].approvedAt = request.approvals.compactMap(\.at).max()
      reading.versions[index].statesApprovals = true
      if request.hasSelfApproval { selfApproved.append(change.shortID) }
    }
    report(without: without, of: changes.count, selfApproved: selfApproved, in: &reading)
  }

  /// Requests that only a commit's subject can name. A subject is the committer's own word, so it counts only where the
  /// service's commit is not in this history and no second commit claims the same number.
  private func numbered(among changes: [GitRepository.Change], placed: Set<Int>) -> [Int: Int] {
    var byNumber: [Int: Int] = [:]
    var ambiguous = Set<Int>()
    for (index, request) in requests.enumerated() {
      guard let number = request.number else { continue }
      if placed.contains(index) || byNumber[number] != nil { ambiguous.insert(number) }
      byNumber[number] = index
    }
    var claimed = Set<Int>()
    for number in changes.compactMap({ Self.number(in: $0.subject) }) where !claimed.insert(number).inserted {
      ambiguous.insert(number)
    }
    for number in ambiguous { byNumber[number] = nil }
    return byNumber
  }

  private func report(without: Int, of count: Int, selfApproved: [String], in reading: inout PolicyReading) {
    if without > 0 {
      reading.diagnostics.append(
        Diagnostic(
          id: "pull-request-missing", severity: .warning, file: name,
          summary:
            "\(without) of \(count) versions \(without == 1 ? "belongs" : "belong") to no pull request of this export, so who approved is not known",
          nextStep: "Export the pull requests that are missing; a change that was pushed without one has none."))
    }
    if !selfApproved.isEmpty {
      reading.diagnostics.append(
        Diagnostic(
          id: "pull-request-self-approval", severity: .warning, file: name,
          summary:
            "authors approved their own change, which does not count, in \(selfApproved.count) \(selfApproved.count == 1 ? "version" : "versions"): \(shortened(selfApproved))",
          nextStep: "Have somebody else approve."))
    }
  }
}

/// The first of many ids.
func shortened(_ ids: [String], to count: Int = 10) -> String {
  ids.prefix(count).joined(separator: ", ") + (ids.count > count ? ", …" : "")
}

/// One element of a list, which may be none.
private struct Entry: Decodable {
  var request: HostedRequest?

  init(request: HostedRequest?) { self.request = request }

  init(from decoder: any Decoder) throws { request = try? HostedRequest(from: decoder) }
}

/// What GitHub and GitLab have in common, and what only one of them writes.
private struct HostedRequest: Decodable {
  struct Person: Decodable {
    var login: String?
    var username: String?
    var name: String? { (login ?? username)?.nilIfEmpty }
  }
  struct Commit: Decodable { var oid: String? }
  struct Review: Decodable {
    var author: Person?
    var state: String?
    var submittedAt: String?
  }
  struct Approval: Decodable {
    var user: Person?
    var approved_at: String?
  }

  var number: Int?
  var iid: Int?
  var state: String?
  var author: Person?
  var mergedAt: String?
  var mergeCommit: Commit?
  var reviews: [Review]?
  var approved_by: [Approval]?
  var merged_at: String?
  var merge_commit_sha: String?
  var squash_commit_sha: String?

  var isRequest: Bool { number != nil || iid != nil || mergeCommit != nil || merge_commit_sha != nil }
  var isMerged: Bool { state.map { $0.lowercased() == "merged" } ?? true }

  var request: PullRequestExport.Request {
    let merged = (mergedAt ?? merged_at).flatMap { Instant(rfc3339: $0) }
    var given =
      standingReviews
      + (approved_by ?? []).compactMap { approval in
        approval.user?.name.map { ($0, approval.approved_at.flatMap { Instant(rfc3339: $0) }) }
      }
    let own = author?.name
    let all = given.count
    given.removeAll { approval in own.map { $0.utf8.elementsEqual(approval.by.utf8) } ?? false }
    // An approval after the merge does not make an earlier one late; alone it stands, late as it is.
    let inTime = given.filter { approval in
      guard let merged, let at = approval.at else { return true }
      return at <= merged
    }
    return PullRequestExport.Request(
      number: number, mergeCommits: [mergeCommit?.oid, merge_commit_sha, squash_commit_sha].compactMap { $0 },
      approvals: (inTime.isEmpty ? given : inTime).sorted {
        ($0.at?.microseconds ?? .min) < ($1.at?.microseconds ?? .min)
      }, hasSelfApproval: given.count < all)
  }

  /// Of each person the last review that decides counts; a later comment takes nothing back.
  private var standingReviews: [(by: String, at: Instant?)] {
    var last: ByName<(state: String, at: Instant?)> = [:]
    var order: [String] = []
    let dated = (reviews ?? []).map { ($0, $0.submittedAt.flatMap { Instant(rfc3339: $0) }) }
    for (review, at) in dated.sorted(by: { ($0.1?.microseconds ?? .min) < ($1.1?.microseconds ?? .min) }) {
      guard let person = review.author?.name, let state = review.state,
        ["APPROVED", "CHANGES_REQUESTED", "DISMISSED"].contains(state)
      else { continue }
      if last[person] == nil { order.append(person) }
      last[person] = (state, at)
    }
    return order.compactMap { person in
      last[person].flatMap { $0.state == "APPROVED" ? (person, $0.at) : nil }
    }
  }
}
