using System.CommandLine;
using MarginalConditional.Cli.Hosting;

namespace MarginalConditional.Cli.Saving;

/// <summary>A command that makes a kept fit again for somebody else's use.</summary>
internal interface IRefits
{
    /// <summary>Fits as the command line says, and writes nothing.</summary>
    /// <param name="parse">The command line that was kept.</param>
    /// <param name="context">Whose threads are used.</param>
    /// <exception cref="Data.InputException">The data or the model cannot be used.</exception>
    RefittedTrial Refit(ParseResult parse, CommandContext context);
}
