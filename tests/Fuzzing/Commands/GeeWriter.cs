namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>gee</c>.</summary>
internal sealed class GeeWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "gee";

    /// <inheritdoc/>
    protected override int RandomParts => 1;

    /// <inheritdoc/>
    protected override bool HasMeans => true;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        switch (draws.Below(9))
        {
            case 0:
                MarginalOptions.Add(line, draws, line.Careful ? "independence" : draws.Pick("independence", "exchangeable"));
                if (!line.Has("--wave"))
                {
                    line.Add("--wave", "t");
                }

                line.Add("--staying", "~ y + x");
                line.Sometimes(2, "--staying-weights", "cluster");
                break;
            case 1 when !line.Careful || line.Has("binomial"):
                line.Add("--cluster", "id", "--wave", "t");
                line.Choice(1, "--association", "exchangeable", "~ lag", "~ same(g)");
                break;
            default:
                MarginalOptions.Add(line, draws, MarginalOptions.Correlation(draws));
                AddVariances(line, draws);
                break;
        }

        line.Sometimes(line.Careful && (line.Has("--se") || line.Has("--staying")) ? 90 : 9, "--score-test");
        line.Sometimes(12, "--predictions", "predictions.csv", "--diagnostics", "diagnostics.csv");
        line.Sometimes(20, "--max-iterations", "1");
    }

    private static void AddVariances(CommandLine line, Draws draws)
    {
        line.Choice(
            2, "--se", "all", "jackknife", "jackknife-full", "model", "morel", "mancl-derouen", "kauermann-carroll", "fay-graubard");
        if (!line.Careful)
        {
            line.Choice(3, "--df", "normal", "k-p", "between-within", "satterthwaite", "pan-wall");
            line.Sometimes(9, "--repair", "nearest");
        }
        else if (!(line.Has("all") || line.Has("jackknife") || line.Has("model")))
        {
            line.Choice(3, "--df", "normal", "k-p", "between-within", "satterthwaite", "pan-wall");
        }
        else if (draws.OneIn(9) && line.Has("unstructured"))
        {
            line.Add("--repair", "nearest");
        }

        line.Choice(9, "--scale-fix", "1", "1e-300", "1e300", "1e-60", "1e60");
    }
}
