using System.CommandLine;

namespace MarginalConditional.Cli.Options;

/// <summary>How a run is invoked when its tables come with the request and not as files: names of data are looked up here first.</summary>
/// <param name="tables">The tables by name, each as the bytes that a file would hold.</param>
internal sealed class GivenTables(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> tables) : InvocationConfiguration
{
    /// <summary>The tables that came with the request of a parsed line; null where the line was typed.</summary>
    public static GivenTables? Of(ParseResult parse) => parse.InvocationConfiguration as GivenTables;

    /// <summary>The table of that name; null where there is none, so that the name is a file's.</summary>
    public ReadOnlyMemory<byte>? Find(string name) => tables.TryGetValue(name, out var table) ? table : default(ReadOnlyMemory<byte>?);
}
