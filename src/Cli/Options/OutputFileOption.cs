using System.CommandLine;

namespace MarginalConditional.Cli.Options;

/// <summary>An option that names a file to write.</summary>
internal sealed class OutputFileOption : Option<string?>
{
    /// <summary>Creates the option.</summary>
    /// <param name="name">Such as <c>--predictions</c>.</param>
    public OutputFileOption(string name)
        : base(name)
    {
    }

    /// <summary>Whether it writes rows always, as the ending of the name says, rather than what <c>--format</c> says.</summary>
    public bool WritesRows { get; init; }
}
