internal import EvidenceModel
internal import Foundation
internal import XMLDocuments

/// Holds documents against the schema, makes their pages and writes both, on several threads. The thread that makes the
/// documents helps when more wait than threads can take, so memory stays flat however many there are.
final class PageCrew: @unchecked Sendable {
  // All mutable state is guarded by `monitor`; a worker's renderer is used by one thread alone.

  struct Job: Sendable {
    var document: EvidenceDocument
    var pages: [(path: String, stylesheet: String)]
    var exchange: [ExchangeOutput] = []
  }

  /// A file of `exchange/` that a stylesheet makes.
  struct ExchangeOutput: Sendable {
    var path: String
    /// Its name among `templates/exchange/`.
    var stylesheet: String
    /// The parameter of that name.
    var framework: String?
  }

  private let directory: String
  private let schema: [UInt8]
  private let makeRenderer: PackWriter.RendererFactory
  private let threads: Int
  private let monitor = NSCondition()
  private var waiting: [(number: Int, job: Job)] = []
  private var added = 0
  private var finished = 0
  private var isClosed = false
  private var files: [(number: Int, files: [PackFile])] = []
  private var failure: (number: Int, error: any Error)?
  private lazy var own = Result { try Worker(self) }
  private let group = DispatchGroup()

  /// - Parameter threads: all that work, the caller's own among them.
  init(
    directory: String, schema: [UInt8], threads: Int, makeRenderer: @escaping PackWriter.RendererFactory
  ) {
    self.directory = directory
    self.schema = schema
    self.threads = threads
    self.makeRenderer = makeRenderer
    for _ in 1..<max(1, threads) {
      DispatchQueue.global().async(group: group) { self.work() }
    }
  }

  /// Takes one document; only the thread that made the crew calls this.
  func add(_ job: Job) throws {
    let isFull = monitor.withLock {
      waiting.append((added, job))
      added += 1
      monitor.signal()
      return waiting.count > 4 * threads || threads <= 1
    }
    if isFull, let next = takeWithoutWaiting() { try own.get().make(next) }
    try stopIfFailed()
  }

  /// Waits until every page stands; then gives what was written since the last time, in the order of the documents.
  func finish() throws -> [PackFile] {
    while let next = takeWithoutWaiting() { try own.get().make(next) }
    monitor.withLock {
      while finished < added, failure == nil { monitor.wait() }
    }
    try stopIfFailed()
    return monitor.withLock {
      defer { files = [] }
      return files.sorted { $0.number < $1.number }.flatMap(\.files)
    }
  }

  /// Sends the threads home. A crew that failed is closed too.
  func close() {
    monitor.withLock {
      isClosed = true
      monitor.broadcast()
    }
    group.wait()
  }

  private func stopIfFailed() throws {
    guard monitor.withLock({ failure != nil }) else { return }
    // What the others have in hand may fail too, and the first document is the one to tell of.
    close()
    if let failure = monitor.withLock({ failure }) { throw failure.error }
  }

  private func takeWithoutWaiting() -> (number: Int, job: Job)? {
    monitor.withLock { waiting.isEmpty || failure != nil ? nil : waiting.removeFirst() }
  }

  private func take() -> (number: Int, job: Job)? {
    monitor.withLock {
      while waiting.isEmpty, !isClosed, failure == nil { monitor.wait() }
      return waiting.isEmpty || failure != nil ? nil : waiting.removeFirst()
    }
  }

  private func work() {
    LibXML.silenceThread()
    do {
      let worker = try Worker(self)
      while let next = take() { worker.make(next) }
    } catch {
      fail(0, error)
    }
  }

  private func done(_ number: Int, _ written: [PackFile]) {
    monitor.withLock {
      files.append((number, written))
      finished += 1
      monitor.broadcast()
    }
  }

  /// The first document that failed is the one that is told, whichever thread was quicker.
  private func fail(_ number: Int, _ error: any Error) {
    monitor.withLock {
      if failure.map({ number < $0.number }) ?? true { failure = (number, error) }
      monitor.broadcast()
    }
  }

  /// What one thread needs for itself.
  private final class Worker {
    /// Unowned: the crew keeps a worker of its own.
    private unowned let crew: PageCrew
    private let schema: EvidenceSchema
    private let render: PackWriter.Renderer

    init(_ crew: PageCrew) throws {
      self.crew = crew
      do throws(XMLProblem) {
        schema = try EvidenceSchema(crew.schema)
      } catch {
        throw PackError.notValid(error)
      }
      render = crew.makeRenderer()
    }

    /// What goes wrong is told by the crew, so that the document counts and not the thread.
    func make(_ next: (number: Int, job: Job)) {
      do {
        crew.done(next.number, try files(of: next.job))
      } catch {
        crew.fail(next.number, error)
      }
    }

    private func files(of job: Job) throws -> [PackFile] {
      let document = job.document
      let parsed: XMLDocument
      do throws(XMLProblem) {
        parsed = try XMLDocument(document.bytes, name: document.path)
        try schema.validate(parsed)
      } catch {
        throw PackError.notValid(error)
      }
      var files = [try PackFile.write(document.bytes, at: document.path, in: crew.directory, role: "evidence")]
      for page in job.pages {
        let stylesheet = "templates/pages/\(page.stylesheet).xsl"
        files.append(
          try PackFile.write(
            try render(parsed, stylesheet, nil), at: page.path, in: crew.directory, role: "page",
            document: document.path,
            stylesheet: stylesheet))
      }
      for output in job.exchange {
        let stylesheet = "templates/exchange/\(output.stylesheet).xsl"
        var file = try PackFile.write(
          try render(parsed, stylesheet, output.framework), at: output.path, in: crew.directory, role: "exchange",
          document: document.path, stylesheet: stylesheet)
        file.framework = output.framework
        files.append(file)
      }
      return files
    }
  }
}

extension NSCondition {
  fileprivate func withLock<Value>(_ body: () throws -> Value) rethrows -> Value {
    lock()
    defer { unlock() }
    return try body()
  }
}
