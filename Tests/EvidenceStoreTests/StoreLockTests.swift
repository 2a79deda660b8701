import EvidenceStore
import Foundation
import TestSupport
import Testing

@Suite struct StoreLockTests {
  @Test func aSecondUserIsRefusedAndToldOfTheFirst() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      let first = try EvidenceStore(path: path)
      for _ in 0..<2 {
        let problem = try #require(throws: StoreError.self) { try EvidenceStore(path: path) }
        guard case .held(let held, let holder) = problem else {
          Issue.record("refused for another reason: \(problem)")
          return
        }
        #expect(held == path)
        #expect(holder.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) of "))
        #expect(!holder.contains("\n"))
      }
      withExtendedLifetime(first) {}
    }
  }

  @Test func whoIsRefusedLeavesTheStoreToItsHolder() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      let first = try EvidenceStore(path: path)
      #expect(throws: StoreError.self) { try EvidenceStore(path: path) }
      #expect(try first.scan([DecisionLine()], plan()).count == 1)
    }
  }

  @Test func theStoreIsFreeOnceItsHolderIsGone() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      for _ in 0..<3 {
        let store = try EvidenceStore(path: path)
        #expect(store.path == path)
      }
    }
  }

  @Test func aLockFileThatNobodyHoldsIsNoLock() throws {
    try withTemporaryFolder { folder in
      let path = folder.path("store.sqlite")
      try folder.write("process 999999999 of dana on a machine with a long name\n", to: "store.sqlite.lock")
      let store = try EvidenceStore(path: path)
      let text = String(decoding: try folder.bytes(of: "store.sqlite.lock"), as: UTF8.self)
      #expect(text.hasPrefix("process \(ProcessInfo.processInfo.processIdentifier) of "))
      #expect(!text.contains("dana on"))
      #expect(text.hasSuffix("\n"))
      withExtendedLifetime(store) {}
    }
  }

  @Test func aStoreThatIsRefusedIsNotHeld() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write("no database at all, only words that are long enough\n", to: "store.sqlite")
      for _ in 0..<2 {
        let problem = try #require(throws: StoreError.self) { try EvidenceStore(path: path) }
        if case .held = problem { Issue.record("the first refusal still holds the store") }
      }
    }
  }

  @Test func storesOfTwoPathsOrInMemoryDoNotMeet() throws {
    try withTemporaryFolder { folder in
      let stores = [
        try EvidenceStore(path: folder.path("a.sqlite")), try EvidenceStore(path: folder.path("b.sqlite")),
        try EvidenceStore(path: nil), try EvidenceStore(path: nil),
      ]
      #expect(stores.count == 4)
    }
  }

  @Test func aFolderThatIsNotThereIsSaidSo() throws {
    try withTemporaryFolder { folder in
      _ = #expect { try EvidenceStore(path: folder.path("none/store.sqlite")) } throws: {
        if case .cannotOpen = $0 as? StoreError { true } else { false }
      }
    }
  }

  @Test func aLinkToAStoreIsThatStore() throws {
    try withTemporaryFolder { folder in
      let held = try EvidenceStore(path: folder.path("s.sqlite"))
      try FileManager.default.createSymbolicLink(atPath: folder.path("link.sqlite"), withDestinationPath: held.path)
      let error = try #require(throws: StoreError.self) { try EvidenceStore(path: folder.path("link.sqlite")) }
      guard case .held = error else {
        Issue.record("\(error)")
        return
      }
      withExtendedLifetime(held) {}
    }
  }
}
