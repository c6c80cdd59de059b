namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Writes command lines of a command that fits a formula to a table.</summary>
internal abstract class FitWriter : CommandWriter
{
    private static readonly string[] Families =
    [
        "binomial", "gaussian", "poisson", "gamma", "inverse-gaussian", "negative-binomial", "negative-binomial(1e-5)",
        "negative-binomial(1e9)",
    ];

    private static readonly string[] Fixed =
    [
        "y ~ 1", "y ~ x", "y ~ x + t", "y ~ g * x", "y ~ x + z", "y ~ poly(x, 3)", "y / n ~ x", "cbind(y, n) ~ x", "y ~ 0 + g",
        "y ~ x + offset(o)", "log(y) ~ x", "y ~ exp(x)", "y ~ I(x * 1e200) + t", "y ~ x + z + t + g", "y ~ ns(x, 3)", "y ~ bs(x, df = 4)",
        "y ~ scale(x) + pmax(t - 2, 0)", "y ~ I(x >= 0.5) + factor(t)",
    ];

    private static readonly string[] Random =
    [
        " + (1 | id)", " + (1 | id)", " + (1 | id)", " + (x | id)", " + (1 | id) + (1 | sub)", " + (1 | id/sub)", " + (x || id)",
        " + (0 + x | id)", " + (x + t | id)", " + (1 | sub:id)",
    ];

    /// <summary>How many of a hundred formulas have a random part.</summary>
    protected abstract int RandomParts { get; }

    /// <summary>Whether the command has families, trials and events.</summary>
    protected virtual bool HasFamilies => true;

    /// <inheritdoc/>
    protected sealed override CommandLine Begin(Draws draws)
    {
        var table = new TrialTable(draws);
        var line = new CommandLine(draws, Command, table.Csv);
        line.Add(CommandLine.DataFile, draws.Pick(Fixed) + (draws.Below(100) < RandomParts ? draws.Pick(Random) : string.Empty));
        if (HasFamilies)
        {
            AddFamily(line, table, draws);
        }

        AddColumns(line);
        AddOptions(line, draws);
        line.Choice(40, "--level", "0.95", "0.5", "0.999999999999", "1e-9", "0", "1", "NaN", "-1", "x");
        line.Sometimes(8, "--exponentiate");
        line.Sometimes(20, "--verbose");
        line.Sometimes(20, "--raw-csv");
        return line;
    }

    /// <summary>Adds the options of the command itself.</summary>
    protected abstract void AddOptions(CommandLine line, Draws draws);

    private static void AddFamily(CommandLine line, TrialTable table, Draws draws)
    {
        line.Add("--family", draws.OneIn(3) ? draws.Pick(Families) : Likely(table.Outcome, draws));
        line.Choice(4, "--link", "logit", "probit", "cloglog", "log", "identity", "inverse", "sqrt");
        line.Sometimes(40, "--trials", "n");
        if (table.HasWords || draws.OneIn(40))
        {
            line.Choice(1, "--event", "Yes", "No", "1", "yes");
        }
    }

    private static string Likely(HostileColumn outcome, Draws draws) => outcome switch
    {
        HostileColumn.Binary => "binomial",
        HostileColumn.Count => draws.Pick("poisson", "negative-binomial"),
        HostileColumn.Exponential => draws.Pick("gamma", "inverse-gaussian", "gaussian"),
        _ => "gaussian",
    };

    private static void AddColumns(CommandLine line)
    {
        line.Sometimes(6, "--weights", "w");
        line.Choice(6, "--offset", "o", "o", "o", "log(n)");
        line.Choice(8, "--contrast", "x", "2*x - t", "gb", "x - x", "(Intercept) - x");
        line.Choice(10, "--factor", "t", "x");
        line.Choice(40, "--reference", "g=b", "g=b", "g=nope");
        line.Choice(40, "--order", "g=c,a,b,d", "g=a", "t=1,2");
        line.Sometimes(25, "--strict");
    }
}
