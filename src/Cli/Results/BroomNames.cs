namespace MarginalConditional.Cli.Results;

/// <summary>What R's package broom calls columns of tables of estimates.</summary>
internal static class BroomNames
{
    /// <summary>Broom's names of columns; those of its own that broom has no name for stay.</summary>
    public static IEnumerable<string> Of(IEnumerable<string> columns) => columns.Select(column => column switch
    {
        "se" => "std.error",
        "p" => "p.value",
        "lower" => "conf.low",
        "upper" => "conf.high",
        _ => column,
    });
}
