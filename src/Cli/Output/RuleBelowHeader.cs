using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarginalConditional.Cli.Output;

/// <summary>A table border that is one line under the header.</summary>
internal sealed class RuleBelowHeader : TableBorder
{
    /// <summary>The only instance.</summary>
    public static RuleBelowHeader Instance { get; } = new();

    private RuleBelowHeader()
    {
    }

    /// <inheritdoc/>
    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderBottomLeft => string.Empty,
        TableBorderPart.HeaderBottom or TableBorderPart.HeaderBottomSeparator => "\u2500",
        _ => string.Empty,
    };
}
