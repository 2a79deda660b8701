/// Who a pack is for, below the one that everything stands in.
package enum DisclosureLevel: String, CaseIterable, Sendable {
  case auditor
  case `public`
}
