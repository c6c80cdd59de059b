using System.CommandLine;

namespace MarginalConditional.Cli.Options;

/// <summary>A command with what its help shows beside the options.</summary>
internal sealed class DocumentedCommand : Command
{
    /// <summary>Creates a command without options.</summary>
    public DocumentedCommand(string name, string description)
        : base(name, description) => this.Check(OutputPlaces.Check);

    /// <summary>A command line that works as it stands in a clone of the repository; several are separated by line feeds.</summary>
    public required string Example { get; init; }

    /// <summary>Options under headings of their own, after the command's own options.</summary>
    public List<(string Heading, IReadOnlyList<Option> Options)> Groups { get; } = [];

    /// <summary>Adds options under a heading of their own.</summary>
    public void AddGroup(string heading, params Option[] options)
    {
        foreach (var option in options)
        {
            Options.Add(option);
        }

        Groups.Add((heading, options));
    }
}
