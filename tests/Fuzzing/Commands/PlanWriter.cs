namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>plan</c>.</summary>
internal sealed class PlanWriter : CommandWriter
{
    /// <inheritdoc/>
    public override string Command => "plan";

    /// <summary>None: a plan that draws no trials refuses threads.</summary>
    protected override string[] Threads => [];

    /// <inheritdoc/>
    protected override CommandLine Begin(Draws draws)
    {
        var line = new CommandLine(draws, Command, string.Empty, careful: !draws.OneIn(4));
        var wedge = draws.OneIn(3);
        AddEffect(line, draws, wedge);
        AddClusters(line, draws, wedge);
        if (wedge)
        {
            AddWedge(line, draws);
        }

        AddTest(line, draws);
        return line;
    }

    private static void AddEffect(CommandLine line, Draws draws, bool wedge)
    {
        switch (draws.Between(0, wedge ? 1 : 3))
        {
            case 0:
                line.Add("--control", Share(line, draws), "--treatment", Share(line, draws));
                break;
            case 1:
                line.Add("--difference", Number(line, draws), "--sd", Number(line, draws));
                break;
            case 2:
                line.Add("--control-rate", Number(line, draws), "--treatment-rate", Number(line, draws));
                line.Sometimes(2, "--time", Number(line, draws));
                break;
            default:
                line.Add("--slope-difference", Number(line, draws), "--sd", Number(line, draws), "--times", Times(draws));
                line.Sometimes(2, "--slope-sd", Number(line, draws));
                break;
        }
    }

    private static void AddClusters(CommandLine line, Draws draws, bool wedge)
    {
        var slopes = line.Has("--slope-difference");
        if (!slopes && draws.OneIn(4))
        {
            line.Add("--sizes", line.Careful
                ? draws.Pick("1,2,10", "3,3,3", wedge ? "4" : "1,200")
                : draws.Pick("1", "0,1", "-1", "x", "1e9,2", "", ",", "NaN,3"));
        }
        else if (!slopes || !line.Careful)
        {
            // A conditional wedge of large clusters of many sizes takes seconds, as it says of itself.
            line.Add("--size", wedge ? draws.Pick("1", "2", "5", "7.5", "12")
                : line.Careful ? draws.Pick("30", "2", "1", "7.5", "400")
                : Wild(draws));
            line.Sometimes(3, "--cv", line.Careful ? draws.Pick("0.4", "1", "0") : Wild(draws));
        }

        line.Add("--rho", line.Careful ? draws.Pick("0.05", "0", "0.3", "0.001", "-0.01") : Wild(draws));
        if (!wedge)
        {
            line.Sometimes(slopes || line.Has("--sizes") ? 40 : 4, "--corr", "ar1");
            line.Sometimes(6, "--share", Share(line, draws));
        }
    }

    private static void AddWedge(CommandLine line, Draws draws)
    {
        if (draws.OneIn(3))
        {
            line.Add("--sequences", line.Careful
                ? draws.Pick("0011,0111", "01,01,11", "0001,0011,0111")
                : draws.Pick("01,011", "02", "", "1"));
        }
        else
        {
            line.Add("--steps", line.Careful ? draws.Pick("2", "3", "4") : Wild(draws));
        }

        line.Sometimes(3, "--rho-between", line.Careful ? draws.Pick("0.02", "0", "0.05") : Wild(draws));
        line.Sometimes(5, "--decay", line.Careful ? draws.Pick("0.9", "0.5", "1") : Wild(draws));
        line.Sometimes(line.Has("--decay") ? 2 : 30, "--cohort");
        line.Sometimes(6, "--rho-person", line.Careful ? draws.Pick("0.3", "0.6") : Wild(draws));
        line.Choice(3, "--periods", "categorical", "linear", "none");
        if (line.Has("--control"))
        {
            // Sums of counts are only of the logit; of other scales several sizes take seconds.
            line.Choice(line.Has("--cv") ? 1000 : 3, "--link", "logit", "probit", "cloglog", "log", "identity");
            line.Sometimes(4, "--control-end", Share(line, draws));
        }
    }

    private static void AddTest(CommandLine line, Draws draws)
    {
        if (draws.OneIn(2))
        {
            line.Add("--clusters", line.Careful ? draws.Pick("12", "30", "4", "1000000000") : draws.Pick("2", "3", "-1", "0", "x"));
        }
        else
        {
            line.Sometimes(3, "--power", Share(line, draws));
        }

        line.Sometimes(6, "--alpha", line.Careful ? draws.Pick("0.05", "0.01", "0.2", "1e-6") : Wild(draws));
        line.Sometimes(4, "--df", "normal");
    }

    private static string Share(CommandLine line, Draws draws) =>
        line.Careful ? draws.Pick("0.2", "0.3", "0.5", "0.31", "0.999", "0.001") : Wild(draws);

    private static string Number(CommandLine line, Draws draws) =>
        line.Careful ? draws.Pick("1", "0.3", "2", "0.01", "30", "1e-5", "1e6") : Wild(draws);

    private static string Times(Draws draws) => draws.Pick("0,6,12", "0,1", "0,1,2,3,4,5", "-1,0.5,7");

    private static string Wild(Draws draws) => draws.Pick(
        "0", "1", "0.3", "0.2", "-1", "1e-300", "1e300", "NaN", "Infinity", "0.5", "30", "2", "1.5", "0.999999999", "x", "");
}
