using System.Text;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>meta</c>.</summary>
internal sealed class MetaWriter : CommandWriter
{
    private static readonly string[] HostileFields = ["NA", "-1", "0", "1e300", "1e-300", "Infinity", "x", "1.5"];

    private static readonly HostileColumn[] Counts = [HostileColumn.Count, HostileColumn.Count, HostileColumn.Binary];

    private static readonly HostileColumn[] Effects =
    [
        HostileColumn.Ordinary, HostileColumn.Ordinary, HostileColumn.Unit, HostileColumn.Constant, HostileColumn.Huge, HostileColumn.Tiny,
        HostileColumn.Largest,
    ];

    private static readonly HostileColumn[] Variances =
    [
        HostileColumn.Unit, HostileColumn.Exponential, HostileColumn.Unit, HostileColumn.Skewed, HostileColumn.Huge, HostileColumn.Tiny,
        HostileColumn.Constant,
    ];

    /// <inheritdoc/>
    public override string Command => "meta";

    /// <inheritdoc/>
    protected override CommandLine Begin(Draws draws)
    {
        var line = new CommandLine(draws, Command, Table(draws));
        line.Add(CommandLine.DataFile);
        AddStudies(line, draws);
        line.Choice(2, "--method", "REML", "ML", "DL", "PM", "EB", "HS", "HE", "SJ", "FE", "exact");
        line.Choice(3, "--ci", "wald", "hartung-knapp", "hartung-knapp-adhoc");
        line.Sometimes(4, "--leave-one-out");
        line.Sometimes(4, "--funnel");
        line.Sometimes(4, "--student-prediction");
        line.Choice(40, "--level", "0.95", "0.5", "0.999999999999", "1e-9", "0", "1", "NaN");
        line.Sometimes(8, "--exponentiate");
        return line;
    }

    private static void AddStudies(CommandLine line, Draws draws)
    {
        if (draws.OneIn(2))
        {
            line.Add("--yi", "y", draws.Pick("--vi", "--sei"), "v");
            return;
        }

        var measure = draws.Pick("OR", "RR", "RD", "IRR", "IRD", "MD", "SMD");
        var (treated, control) = measure is "MD" or "SMD" ? ("a,v,b", "c,v,d")
            : measure is "OR" or "RR" or "RD" && draws.OneIn(3) ? ("a/b", "c/d")
            : ("a,b", "c,d");
        line.Add("--measure", measure, "--treat", treated, "--control", control);
        if (measure is "MD" or "SMD" && !draws.OneIn(20))
        {
            return;
        }

        line.Choice(4, "--zero-cells", "only0", "all", "if0all", "none");
        line.Choice(6, "--add", "0", "1e-300", "1e300", "0.5", "-1", "NaN");
        line.Sometimes(8, "--drop-double-zero");
    }

    private static string Table(Draws draws)
    {
        // Mostly all studies are alike; else each number is of a kind of its own.
        var (wild, good) = (draws.OneIn(4), draws.OneIn(2));
        var effect = draws.Pick(Effects);
        var variance = draws.Pick(Variances);
        string Field(HostileColumn kind) =>
            !good && draws.OneIn(20) ? draws.Pick(HostileFields) : HostileNumber.Text(HostileNumber.Draw(draws, kind));

        var text = new StringBuilder("a,b,c,d,y,v,study\n");
        for (var (study, studies) = (0, draws.OneIn(9) ? 1 : draws.Between(2, 12)); study < studies; study++)
        {
            text.AppendJoin(
                ',',
                Field(draws.Pick(Counts)),
                Field(draws.Pick(Counts)),
                Field(draws.Pick(Counts)),
                Field(draws.Pick(Counts)),
                Field(wild ? draws.Pick(Effects) : effect),
                Field(wild ? draws.Pick(Variances) : variance),
                draws.Pick($"S{study}", "a", "\u001b[31mS", "=1+1")).Append('\n');
        }

        return text.ToString();
    }
}
