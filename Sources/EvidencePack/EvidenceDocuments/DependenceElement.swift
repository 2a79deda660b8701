internal import Assessment

extension DocumentContext {
  /// Routes listed of each kind, the most used first.
  private static let routesShown = 10

  /// What passes through each front-line model and each rule: how far the failure of one of them would reach.
  func dependence(in xml: inout XMLWriter) {
    let all = RouteDependence.all(facts)
    guard !all.isEmpty else { return }
    let models = all.filter { $0.kind == .model }
    let rules = all.filter { $0.kind == .rule }
    let shown = models.prefix(Self.routesShown) + rules.prefix(Self.routesShown)
    xml.element("dependence", ["shown": String(shown.count), "of": String(all.count)]) { xml in
      for route in shown {
        xml.element(
          "route",
          [
            "kind": route.kind.rawValue, "name": FigureText.shortened(route.name),
            "page": route.kind == .rule ? layout.rule(route.name) : nil, "n": String(route.decisions),
            "of": String(route.allDecisions), "data-classes": String(route.dataClasses.names),
            "all-data-classes": String(route.dataClasses.allNames), "agents": String(route.agents.names),
            "all-agents": String(route.agents.allNames), "tools": String(route.tools.names),
            "all-tools": String(route.tools.allNames),
          ])
      }
    }
  }
}
