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

    /// <summary>Whether the command is about one random intercept and no other effect.</summary>
    protected virtual bool IsOneIntercept => false;

    /// <summary>Whether the command is about a covariate that the formula names.</summary>
    protected virtual bool NeedsTreatment => false;

    /// <summary>Whether the command has families, trials and events.</summary>
    protected virtual bool HasFamilies => true;

    /// <inheritdoc/>
    protected sealed override CommandLine Begin(Draws draws)
    {
        var careful = draws.Below(4) > 0;
        var table = new TrialTable(draws, careful);
        var line = new CommandLine(draws, Command, table.Csv, careful);
        var family = !HasFamilies ? "gaussian" : !careful && draws.OneIn(3) ? draws.Pick(Families) : Likely(table.Outcome, draws);
        var formula = draws.Pick(Fixed);
        while (careful && (!Suits(formula, family, table) || (NeedsTreatment && formula is "y ~ 1")))
        {
            formula = draws.Pick(Fixed);
        }

        var random = careful && IsOneIntercept ? " + (1 | id)" : draws.Below(100) < RandomParts ? draws.Pick(Random) : string.Empty;
        line.Add(CommandLine.DataFile, formula + random);
        var ratios = false;
        if (HasFamilies)
        {
            ratios = AddFamily(line, table, family, draws);
        }

        AddColumns(line, formula, random, table);
        AddOptions(line, draws);
        if (!careful)
        {
            AddMeans(line, draws);
        }

        line.Choice(40, "--level", careful ? ["0.95", "0.5", "0.99999"] : ["0.5", "0.999999999999", "1e-9", "0", "1", "NaN", "-1", "x"]);
        if (!careful || ratios)
        {
            line.Sometimes(8, "--exponentiate");
        }

        line.Sometimes(20, "--verbose");
        line.Sometimes(20, "--raw-csv");
        return line;
    }

    /// <summary>Whether the command has estimated means.</summary>
    protected virtual bool HasMeans => false;

    /// <summary>Adds the options of the command itself.</summary>
    protected abstract void AddOptions(CommandLine line, Draws draws);

    private void AddMeans(CommandLine line, Draws draws)
    {
        if (!HasMeans || !draws.OneIn(3))
        {
            return;
        }

        line.Choice(1, "--lsmeans", "g", "g", "t", "x", "g:t", "nope");
        line.Choice(3, "--pairs", "reverse", "all", "interaction", "vs a", "vs b");
        line.Choice(6, "--adjust", "none", "holm", "bonferroni", "tukey", "mvt", "sidak", "scheffe", "hochberg", "bh");
        line.Choice(6, "--at", "x=1", "x=0.25,0.75", "offset=0", "t=1e300", "x=", "g=a");
        line.Choice(6, "--by", "t", "g", "z");
        line.Choice(4, "--scale", "response", "median", "link");
        line.Choice(6, "--average", "responses", "predictors");
        line.Choice(6, "--mean-weights", "proportional", "cells", "outer");
        line.Choice(6, "--slopes", "x", "t", "z");
        line.Choice(8, "--mean-contrast", "a - b", "(a + b)/2 - c", "a");
        line.Sometimes(5, "--joint");
    }

    /// <summary>Whether a formula can be fitted to a table with a family.</summary>
    private static bool Suits(string formula, string family, TrialTable table) =>
        !formula.Contains("1e200", StringComparison.Ordinal)
            && (!formula.StartsWith("cbind", StringComparison.Ordinal) || family == "binomial")
            && (!formula.StartsWith("y /", StringComparison.Ordinal) || family is "binomial" or "poisson")
            && (!formula.StartsWith("log", StringComparison.Ordinal)
                || (family == "gaussian" && table.Outcome is HostileColumn.Exponential or HostileColumn.FarOff or HostileColumn.Skewed))
            && (!formula.Contains("exp(", StringComparison.Ordinal) || table.Covariate is HostileColumn.Unit or HostileColumn.Ordinary)
            && (!(formula.Contains("poly", StringComparison.Ordinal) || formula.Contains("s(x", StringComparison.Ordinal))
                || table.Covariate != HostileColumn.Binary);

    /// <summary>Adds family, link and what belongs to them; tells whether exponentials of coefficients are ratios.</summary>
    private static bool AddFamily(CommandLine line, TrialTable table, string family, Draws draws)
    {
        line.Add("--family", family);
        var canonical = family is "binomial" or "poisson" or "negative-binomial";
        var others = draws.OneIn(4);
        if (others)
        {
            line.Add("--link", !line.Careful ? draws.Pick("logit", "probit", "cloglog", "log", "identity", "inverse", "sqrt")
                : family == "binomial" ? draws.Pick("logit", "probit", "cloglog") : family == "gaussian" ? "identity" : "log");
        }

        line.Sometimes(40, "--trials", "n");
        if (table.HasWords || draws.OneIn(line.Careful ? 400 : 40))
        {
            line.Choice(1, "--event", line.Careful ? ["Yes", "No"] : ["Yes", "No", "1", "yes"]);
        }

        return !others ? canonical : line.Words[^1] is "log" or "logit" or "cloglog";
    }

    private static string Likely(HostileColumn outcome, Draws draws) => outcome switch
    {
        HostileColumn.Binary => "binomial",
        HostileColumn.Count => draws.Pick("poisson", "negative-binomial"),
        HostileColumn.Exponential => draws.Pick("gamma", "inverse-gaussian", "gaussian"),
        _ => "gaussian",
    };

    private static void AddColumns(CommandLine line, string formula, string random, TrialTable table)
    {
        bool Holds(string part) => !line.Careful || formula.Contains(part, StringComparison.Ordinal);
        var (x, g, t) = (Holds("x +") || formula.EndsWith("~ x", StringComparison.Ordinal), Holds("g"), Holds("+ t"));
        line.Sometimes(6, "--weights", "w");
        line.Choice(6, "--offset", "o", "o", "o", "log(n)");
        if (x)
        {
            line.Choice(
                8, "--contrast", line.Careful ? ["x", "2*x", "(Intercept) - x"] : ["x", "2*x - t", "gb", "x - x", "(Intercept) - x"]);
        }

        if (t)
        {
            // Slopes of a factor of up to sixty values are more than people ask for, and seconds of profiles.
            var slopes = random.Contains("x |", StringComparison.Ordinal) || random.Contains("x + t |", StringComparison.Ordinal);
            line.Choice(10, "--factor", line.Careful ? ["t"] : slopes && table.Covariate != HostileColumn.Binary ? ["t", "t"] : ["t", "x"]);
        }

        if (g)
        {
            line.Choice(40, "--reference", "g=b", "g=b", "g=nope");
            line.Choice(40, "--order", "g=c,a,b,d", "g=a", "t=1,2");
        }

        line.Sometimes(25, "--strict");
    }
}
