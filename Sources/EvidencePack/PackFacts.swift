package import Assessment
package import Comparison
package import EvidenceModel
package import EvidenceStore
package import Intake
package import Replay

/// Everything that a pack is made of.
package struct PackFacts {
  package struct Parameter: Sendable {
    package var name: String
    package var value: String
    /// Who set it: a file, a flag, the environment, or the default.
    package var origin: String

    package init(name: String, value: String, origin: String) {
      self.name = name
      self.value = value
      self.origin = origin
    }
  }

  package var organisation: String
  package var toolVersion: String
  package var time: TimeText
  package var parameters: [Parameter]
  package var settings: ReplaySettings
  /// Why so many decisions are drawn from all.
  package var samplePlan: SamplePlan
  package var library: MappingLibrary
  package var facts: AssessmentFacts
  package var assessment: Assessment
  package var evidence: RunEvidence
  /// Formats that the configuration names for logs, among them a user's own field maps.
  package var namedFormats: [RoutingLogFormat]
  /// What earlier runs in the store found, for periods that ended before this one began.
  package var history: [PeriodCoverage]
  /// The pack to compare this one with, where one was given.
  package var previous: PackSummary?
  /// Whether nothing was left out that the inputs hold or should hold; a run that is not ends with status 3.
  package var isComplete = true

  package init(
    organisation: String, toolVersion: String, time: TimeText, parameters: [Parameter], settings: ReplaySettings,
    samplePlan: SamplePlan = .standard, library: MappingLibrary, facts: AssessmentFacts, assessment: Assessment,
    evidence: RunEvidence,
    namedFormats: [RoutingLogFormat] = [], history: [PeriodCoverage] = []
  ) {
    self.organisation = organisation
    self.toolVersion = toolVersion
    self.time = time
    self.parameters = parameters
    self.settings = settings
    self.samplePlan = samplePlan
    self.library = library
    self.facts = facts
    self.assessment = assessment
    self.evidence = evidence
    self.namedFormats = namedFormats
    self.history = history
  }

  /// How far people have read the mappings that this pack uses.
  var review: String { library.review(of: assessment.coverage.frameworks.map(\.id)) }
}
