internal import Glibc

/// libFuzzer's own `main`, as a function; in the library that `-sanitize=fuzzer` links.
@_silgen_name("LLVMFuzzerRunDriver")
private func runDriver(
  _ count: UnsafeMutablePointer<Int32>,
  _ arguments: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ target: @convention(c) (UnsafePointer<UInt8>?, Int) -> Int32
) -> Int32

/// Which target this process fuzzes: the environment says so, since libFuzzer takes the command line for itself.
private let chosen: FuzzTarget = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    print("FUZZ_TARGET is none of:")
    for target in FuzzTarget.all { print(target.name) }
    exit(2)
  }
  return target
}()

/// Called by libFuzzer with each input. A broken promise ends the process, which is how libFuzzer learns of it.
@_cdecl("LLVMFuzzerTestOneInput")
func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> Int32 {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  do {
    try chosen.take(bytes)
  } catch {
    fatalError("\(chosen.name): \(error)")
  }
  return 0
}

@main
enum Driver {
  static func main() {
    var count = CommandLine.argc
    var arguments = CommandLine.unsafeArgv
    _ = chosen
    exit(runDriver(&count, &arguments, fuzzOneInput))
  }
}
