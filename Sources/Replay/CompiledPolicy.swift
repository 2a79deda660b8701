internal import EvidenceModel

/// A version's rules with names as integers, in the order in which they are asked. It lives in its plan's arena.
struct CompiledVersion: BitwiseCopyable {
  struct DecidingRule: BitwiseCopyable {
    var name: Int
    var priority: Int
    /// 0 matches anything, here and below.
    var agent: Int
    var dataClass: Int
    var tool: Int
    var minTokensIn: Int64
    var action: Action
    var target: Int
    /// Nil allows any place.
    var jurisdictions: UnsafeBufferPointer<Int>?
    /// Who owned the rule, over time.
    var owners: Steps<OwnerStep>
  }

  struct PermitRule: BitwiseCopyable {
    var name: Int
    var agent: Int
    var dataClass: Int
    var tool: Int
    var minTokensIn: Int64
    var from: Int
    var targets: UnsafeBufferPointer<Int>
    /// Nil: any trigger.
    var triggers: UnsafeBufferPointer<Int>?
  }

  var name: Int
  var deciding: UnsafeBufferPointer<DecidingRule>
  var permits: UnsafeBufferPointer<PermitRule>
  /// Other names under which a log may claim a rule, rising by that name.
  var claims: UnsafeBufferPointer<Claim>
  /// The version that was in force before it, and the one that came after; nil where there is none, or where its rules or
  /// those of this version could not be read.
  var before, after: Neighbour?

  struct Neighbour: BitwiseCopyable {
    /// Index of the version.
    var version: Int
    var hasSamePermits: Bool
  }

  struct Claim: BitwiseCopyable {
    var name: Int
    var rule: Int
  }

  /// The rule that a log means by a name; the name itself where it is no other name of a rule.
  func rule(claimedAs name: Int) -> Int {
    var (low, high) = (0, claims.count)
    while low < high {
      let middle = (low + high) / 2
      if claims[middle].name < name { low = middle + 1 } else { high = middle }
    }
    return low < claims.count && claims[low].name == name ? claims[low].rule : name
  }
}

/// The version in force from an instant on.
struct VersionStep: BitwiseCopyable {
  /// Index of the version.
  var version: Int
  /// The version was recorded later than this stretch, and another one was in force by what was known then.
  var changedAfterwards: Bool
}

/// The owner of a rule from an instant on.
struct OwnerStep: BitwiseCopyable {
  /// 0: nobody.
  var owner: Int
  var leftAt: Int64
  /// Index among the plan's tenures; -1 without an owner.
  var tenure: Int
  var changedAfterwards: Bool
}

/// What the records say of a name, wherever it stands in a decision.
struct NameFacts: BitwiseCopyable {
  /// As a model: its own name where this one is an alias.
  var canonicalModel: Int
  var tier = 0
  var isListedModel = false
  var isSensitiveClass = false
  /// As a deployment: where it ran, over time.
  var places = Steps<Int>.none
  /// As a deployment: who runs it, where the register says so.
  var hosting: Hosting?
  /// Whether a rule asks for it as an agent or a data class.
  var isAskedFor = false
  /// Place among the plan's standings; -1 where the registers state no instant of it.
  var standing: Int32 = -1
}
