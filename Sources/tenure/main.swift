import TenureCLI

await TenureCLI.runCommandLine()
