namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>lmm</c>.</summary>
internal sealed class LmmWriter : FitWriter
{
    /// <inheritdoc/>
    public override string Command => "lmm";

    /// <inheritdoc/>
    protected override int RandomParts => 75;

    /// <inheritdoc/>
    protected override bool HasFamilies => false;

    /// <inheritdoc/>
    protected override void AddOptions(CommandLine line, Draws draws)
    {
        if (draws.OneIn(2))
        {
            line.Choice(
                1, "--residual", "cs", "ar1", "car1", "toep", "diag", "csh", "ar1h", "ante", "toeph", "un", "all", "identity");
            line.Add("--wave", "t", "--cluster", "id");
            line.Sometimes(8, "--by", "g");
            line.Sometimes(9, "--lags");
        }

        if (draws.OneIn(2))
        {
            line.Choice(1, "--df", "satterthwaite", "kenward-roger");
            line.Choice(6, "--information", "observed", "expected");
        }

        line.Choice(4, "--se", "robust", "bias-reduced", "jackknife");
        line.Sometimes(6, "--ci", "profile");
        line.Sometimes(4, "--ml");
        line.Sometimes(8, "--lrt");
        line.Choice(8, "--type", "1", "2", "3");
        line.Choice(8, "--lsmeans", "g", "x", "g:x");
    }
}
