import FoundationEssentials
import Glibc
import OperatingSystem
import Server

let arguments = Array(CommandLine.arguments.dropFirst())
exit(await MartletCommand.run(arguments, environment: ProcessInfo.processInfo.environment))
