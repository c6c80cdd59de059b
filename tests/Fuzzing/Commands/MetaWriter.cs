using System.Text;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>meta</c>.</summary>
internal sealed class MetaWriter : CommandWriter
{
    private static readonly string[] HostileFields = ["NA", "-1", "0", "1e300", "1e-300", "Infinity", "x", "1.5"];

    private static readonly HostileColumn[] Counts = [HostileColumn.Count, HostileColumn.Count, HostileColumn.Binary];

    private static readonly HostileColumn[] Effects =
        [HostileColumn.Ordinary, HostileColumn.Ordinary, HostileColumn.Unit, HostileColumn.Constant];

    private static readonly HostileColumn[] Variances =
        [HostileColumn.Unit, HostileColumn.Exponential, HostileColumn.Unit, HostileColumn.Skewed, HostileColumn.Constant];

    private static readonly HostileColumn[] Extremes = [HostileColumn.Huge, HostileColumn.Tiny, HostileColumn.Largest];

    /// <inheritdoc/>
    public override string Command => "meta";

    /// <inheritdoc/>
    protected override CommandLine Begin(Draws draws)
    {
        var line = new CommandLine(draws, Command, Table(draws), careful: !draws.OneIn(4));
        line.Add(CommandLine.DataFile);
        var hasTwoArms = AddStudies(line, draws);
        if (draws.OneIn(4))
        {
            AddRegression(line, draws);
        }
        else
        {
            AddCombination(line, draws, hasTwoArms);
        }

        line.Choice(line.Careful ? 6 : 3, "--ci", "wald", "hartung-knapp", "hartung-knapp-adhoc");
        line.Choice(20, "--level", line.Careful ? ["0.95", "0.5", "0.999"] : ["0.999999999999", "1e-9", "0", "1", "NaN"]);
        line.Sometimes(8, "--exponentiate");
        return line;
    }

    private static void AddCombination(CommandLine line, Draws draws, bool hasTwoArms)
    {
        line.Choice(2, "--method", "REML", "ML", "DL", "PM", "EB", "HS", "HE", "SJ", "FE");
        line.Sometimes(!line.Careful || hasTwoArms ? 8 : 1000, "--method", draws.Pick("exact", "MH", "Peto"));
        line.Sometimes(4, "--leave-one-out");
        line.Sometimes(4, "--funnel");
        line.Sometimes(line.Has("--method") ? 30 : 4, "--student-prediction");
    }

    /// <summary>A regression on columns of the studies, now and then with several effects a study.</summary>
    private static void AddRegression(CommandLine line, Draws draws)
    {
        line.Add("--moderators", draws.Pick("g", "~ m", "~ m + g", "~ m * g", "~ poly(m, 2)", "~ m + I(m)", "~ nothing"));
        line.Sometimes(3, "--random", draws.Pick("(1 | g)", "(1 | g/study)", "(1 | study)"));
        line.Sometimes(line.Has("--random") ? 3 : 40, "--profile");
        line.Sometimes(4, "--cluster", draws.Pick("g", "study", "y"));
        line.Sometimes(4, "--at", draws.Pick("m=1", "m=0,2", "g=A", "m=x", "m="));
        line.Choice(4, "--method", "REML", "ML", "DL", "PM", "FE");
    }

    /// <returns>Whether studies have two arms of counts.</returns>
    private static bool AddStudies(CommandLine line, Draws draws)
    {
        line.Sometimes(3, "--label", "study");
        if (draws.OneIn(2))
        {
            line.Add("--yi", "y", draws.Pick("--vi", "--sei"), "v");
            return false;
        }

        var measure = draws.Pick("OR", "RR", "RD", "IRR", "IRD", "MD", "SMD", "PLO", "PR", "IRLN");
        if (measure is "PLO" or "PR" or "IRLN")
        {
            line.Add("--measure", measure, "--arm", draws.Pick("a,n", "a,b"));
            return false;
        }

        var (treated, control) = measure is "MD" or "SMD" ? ("y,v,n", "m,v,n")
            : measure is "IRR" or "IRD" ? ("a,n", "c,n")
            : draws.OneIn(3) ? ("a/n", "c/n")
            : ("a,b", "c,d");
        line.Add("--measure", measure, "--treat", treated, "--control", control);
        if (measure is "MD" or "SMD" && (line.Careful || !draws.OneIn(20)))
        {
            return false;
        }

        line.Choice(4, "--zero-cells", "only0", "all", "if0all", "none");
        line.Choice(6, "--add", line.Careful ? ["0", "0.5", "1"] : ["1e-300", "1e300", "-1", "NaN"]);
        line.Sometimes(8, "--drop-double-zero");
        return true;
    }

    private static string Table(Draws draws)
    {
        // Mostly all studies are alike; else each number is of a kind of its own.
        var (wild, good) = (draws.OneIn(8), !draws.OneIn(4));
        var effect = draws.Pick(draws.OneIn(12) ? Extremes : Effects);
        var variance = draws.Pick(draws.OneIn(12) ? Extremes : Variances);
        string Field(HostileColumn kind) =>
            !good && draws.OneIn(20) ? draws.Pick(HostileFields) : HostileNumber.Text(HostileNumber.Draw(draws, kind));

        var text = new StringBuilder("a,b,c,d,n,y,v,m,g,study\n");
        for (var (study, studies) = (0, draws.OneIn(25) ? 1 : draws.Between(3, 12)); study < studies; study++)
        {
            text.AppendJoin(
                ',',
                Field(draws.Pick(Counts)),
                Field(draws.Pick(Counts)),
                Field(draws.Pick(Counts)),
                Field(draws.Pick(Counts)),
                draws.Pick("20", "40", "33"),
                Field(wild ? draws.Pick(Effects) : effect),
                Field(wild ? draws.Pick(Variances) : variance),
                draws.Pick("0", "1", "2.5", "-3"),
                draws.Pick("A", "B", "C"),
                draws.OneIn(8) ? draws.Pick("a", "\u001b[31mS", "=1+1") : $"S{study}").Append('\n');
        }

        return text.ToString();
    }
}
