namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>plan</c>.</summary>
internal sealed class PlanWriter : CommandWriter
{
    /// <inheritdoc/>
    public override string Command => "plan";

    /// <inheritdoc/>
    protected override CommandLine Begin(Draws draws)
    {
        var line = new CommandLine(draws, Command, string.Empty);
        if (draws.OneIn(2))
        {
            line.Add("--control", draws.OneIn(4) ? Number(draws) : "0.3", "--treatment", draws.OneIn(4) ? Number(draws) : "0.2");
        }
        else
        {
            line.Add("--difference", Number(draws), "--sd", draws.OneIn(2) ? Number(draws) : "1");
        }

        if (draws.OneIn(5))
        {
            line.Choice(1, "--sizes", "12,15,40", "1", "0,1", "-1", "x", "1e9,2", "", ",", "NaN,3", "1000000000,2");
        }
        else
        {
            line.Add("--size", draws.OneIn(3) ? Number(draws) : "30");
            line.Sometimes(3, "--cv", Number(draws));
        }

        line.Add("--rho", draws.OneIn(3) ? Number(draws) : "0.05");
        line.Sometimes(4, "--corr", "ar1");
        if (draws.OneIn(2))
        {
            line.Choice(1, "--clusters", "2", "3", "4", "10", "1000000000", "-1", "0", "x");
        }
        else
        {
            line.Sometimes(3, "--power", Number(draws));
        }

        line.Sometimes(6, "--alpha", Number(draws));
        line.Sometimes(6, "--share", Number(draws));
        line.Sometimes(4, "--df", "normal");
        return line;
    }

    private static string Number(Draws draws) => draws.Pick(
        "0", "1", "0.3", "0.2", "-1", "1e-300", "1e300", "NaN", "Infinity", "0.5", "30", "2", "1.5", "0.999999999", "x", "");
}
