namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>lmm</c>.</summary>
internal sealed class LmmWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "lmm";

    /// <inheritdoc/>
    protected override int RandomParts => 75;

    /// <inheritdoc/>
    protected override bool HasMeans => true;

    /// <inheritdoc/>
    protected override bool HasFamilies => false;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        var careful = line.Careful;
        if (careful ? draws.OneIn(3) || !line.Words[2].Contains('|', StringComparison.Ordinal) : draws.OneIn(2))
        {
            line.Choice(
                1, "--residual", "cs", "ar1", "car1", "toep", "diag", "csh", "ar1h", "ante", "toeph", "un", careful ? "ar1" : "identity");
            line.Add("--wave", "t", "--cluster", "id");
            line.Sometimes(careful ? 24 : 8, "--residual-by", "g");
            line.Sometimes(9, "--lags");
        }

        var otherErrors = careful && draws.OneIn(4);
        if (!otherErrors && draws.OneIn(2))
        {
            line.Choice(1, "--df", "satterthwaite", "kenward-roger");
            if (!careful || line.Has("kenward"))
            {
                line.Choice(6, "--information", "observed", "expected");
            }
        }

        line.Choice(careful ? otherErrors ? 1 : 4_000 : 4, "--se", "robust", "bias-reduced", "jackknife");
        line.Sometimes(otherErrors ? 600 : 6, "--ci", "profile");
        line.Sometimes(careful && line.Has("kenward") ? 400 : 4, "--ml");
        line.Sometimes(8, "--lrt");
        line.Choice(8, "--type", "1", "2", "3");
        if (!careful || line.Words[2].Contains(" g", StringComparison.Ordinal))
        {
            line.Choice(8, "--lsmeans", careful ? ["g"] : ["g", "x", "g:x"]);
        }
    }
}
