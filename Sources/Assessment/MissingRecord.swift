/// A kind of record without which a check cannot tell, in the words that findings, pages and lists of gaps show.
///
/// The same kind always has the same words: what one more kind of record would settle is counted by them.
package enum MissingRecord: String, Sendable, CaseIterable {
  case reviews = "the register of reviews"
  case triggers = "the register of review triggers"
  case incidents = "the register of incidents"
  case changes = "the register of changes (reason, impact, test, approved digest)"
  case writers = "the register of who may change the policy"
  case credentials = "the register of credentials"
  case terms = "the register of provider terms"
  case switchOffs = "the register of switch-offs"
  case escalations = "the queue of human escalations"
  case retention = "the register of log retention"
  case logDigests = "the digests of the logs from when they were put away"
  case agents = "an inventory of agents with owners"
  case tools = "an inventory of tools with owners"
  case exceptions = "the register of accepted exceptions"
  case ownership = "an ownership register"
  case people = "a people register with leaving dates"

  package var words: String { rawValue }
}
