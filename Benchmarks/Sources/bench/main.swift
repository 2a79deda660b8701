internal import Foundation

do throws(BenchError) {
  let options = try Options(Array(CommandLine.arguments.dropFirst()))
  if options.isHelp {
    print(Options.usage)
    exit(0)
  }
  exit(try Bench(options).run() ? 0 : 1)
} catch {
  Progress.say(error.text)
  exit(error.exitStatus)
}
