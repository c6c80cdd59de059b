using System.Runtime.CompilerServices;
using MarginalConditional.Cli;
using MarginalConditional.Cli.Hosting;

try
{
    return Run(args);
}
catch (Exception exception) when (exception is IOException or BadImageFormatException)
{
    // The program itself says what happens to it: what comes here is a library without which it cannot begin.
    Console.Error.WriteLine($"margcond: The installation is broken: {exception.Message.Trim()}");
    Console.Error.WriteLine("          Install margcond again.");
    return ExitCode.Defect;
}

// Apart, so that it is compiled, and its libraries are looked for, within the block above.
[MethodImpl(MethodImplOptions.NoInlining)]
static int Run(string[] args) => new Application(ConsoleStreams.OfProcess()).Run(args);
