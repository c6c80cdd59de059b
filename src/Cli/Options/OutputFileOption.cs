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

    /// <summary>Whether it writes CSV always, rather than what <c>--format</c> says.</summary>
    public bool WritesCsv { get; init; }
}
