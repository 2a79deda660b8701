/// One line of a native routing log. As it stands, it is a success that stayed on the model that was asked for.
package struct DecisionLine: Sendable {
  package var ts = "2026-07-15T12:00:00Z"
  package var requestID = "r-1"
  package var agent: String? = "agent-a"
  package var requested = "small"
  package var served = "small"
  package var provider: String?
  package var deployment: String?
  package var credential: String?
  package var ruleID: String?
  package var escalatedFrom: String?
  package var trigger: String?
  package var dataClass: String? = "public"
  package var tools: [String] = []
  package var outcome = "success"
  package var tokensIn = 100
  package var tokensOut = 10
  package var cost = "0.001"

  package init() {}

  package static func with(_ change: (inout DecisionLine) -> Void) -> DecisionLine {
    var line = DecisionLine()
    change(&line)
    return line
  }

  package var json: String {
    let texts: [(String, String?)] = [
      ("ts", ts), ("request_id", requestID), ("agent", agent), ("requested_model", requested),
      ("served_model", served), ("provider", provider), ("deployment", deployment), ("rule_id", ruleID),
      ("api_key_alias", credential),
      ("escalated_from", escalatedFrom), ("trigger", trigger), ("data_class", dataClass), ("outcome", outcome),
    ]
    var members = texts.compactMap { name, value in value.map { "\"\(name)\":\(Self.quoted($0))" } }
    members.append("\"tools\":[\(tools.map(Self.quoted).joined(separator: ","))]")
    members.append("\"tokens_in\":\(tokensIn)")
    members.append("\"tokens_out\":\(tokensOut)")
    members.append("\"cost_usd\":\(cost)")
    return "{\(members.joined(separator: ","))}"
  }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { result += "\\" }
      result.unicodeScalars.append(scalar)
    }
    return result + "\""
  }
}
