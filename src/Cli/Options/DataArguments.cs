using MarginalConditional.Data.Tables;

namespace MarginalConditional.Cli.Options;

/// <summary>The file and how to read it.</summary>
internal sealed record DataArguments
{
    /// <summary>The file as the user named it.</summary>
    public required string Path { get; init; }

    /// <summary>Separator, missing tokens, decimal comma.</summary>
    public required DatasetReaderOptions Reading { get; init; }
}
