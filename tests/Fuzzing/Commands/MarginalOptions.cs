namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Options of clusters, waves and working correlations.</summary>
internal static class MarginalOptions
{
    /// <summary>Adds them.</summary>
    public static void Add(CommandLine line, Draws draws, string correlation)
    {
        line.Add("--cluster", draws.OneIn(line.Careful ? 100 : 19) ? draws.Pick("sub", "sub:id") : "id");
        if (line.Careful
            ? correlation is "ar1" or "unstructured" or "m-dependent" or "toeplitz" or "decay" or "block" || draws.OneIn(2)
            : !draws.OneIn(10))
        {
            line.Add("--wave", "t");
        }

        line.Add("--corr", correlation);
        if (correlation is "nested" or "block")
        {
            line.Add("--within", "sub");
        }

        line.Choice(correlation is "m-dependent" ? 2 : line.Careful ? 2_000 : 200, "--m", "1", "2", "50");
        line.Sometimes(9, "--moments", "geepack");
    }

    /// <summary>A working correlation.</summary>
    public static string Correlation(Draws draws) => draws.Pick(
        "exchangeable", "independence", "ar1", "unstructured", "m-dependent", "toeplitz", "decay", "nested", "block");
}
