using System.Text;
using MarginalConditional.Fuzzing.Texts;

namespace MarginalConditional.Fuzzing.Commands;

/// <summary>Command lines of <c>summarize</c>, with tables of estimates that were made anywhere.</summary>
internal sealed class SummarizeWriter : CommandWriter
{
    private static readonly string[] Columns = ["n", "law", "method", "r", "b", "se", "lo", "hi", "df", "p", "ok", "theta"];

    /// <inheritdoc/>
    public override string Command => "summarize";

    /// <inheritdoc/>
    protected override CommandLine Begin(Draws draws)
    {
        var line = new CommandLine(draws, Command, Csv(draws));
        line.Add(CommandLine.DataFile, "--estimate", Column(draws, "b"));
        if (draws.OneIn(8))
        {
            line.Add("--lower", Column(draws, "lo"), "--upper", Column(draws, "hi"));
        }
        else
        {
            line.Add("--se", Column(draws, "se"));
        }

        line.Choice(1, "--truth", "theta", "1", "0", "-1e-9", "nope", "1e300", "NaN");
        line.Choice(2, "--by", "n", "n,law,method", "method", "theta", "law,law", "");
        line.Choice(3, "--method", "method", "method", "law", "r");
        line.Choice(2, "--replicate", "r", "r", "r", "n");
        line.Choice(3, "--df", "df", "df", "p");
        line.Choice(5, "--p", "p", "p", "b");
        line.Choice(3, "--converged", "ok", "ok", "law");
        line.Choice(6, "--reference", "a", "b", "nope");
        line.Choice(9, "--null", "0", "1", "1e308", "x");
        line.Sometimes(5, "--complete");
        line.Choice(9, "--measures", "all", "bias,coverage", "bias,", "nope");
        if (draws.OneIn(4))
        {
            line.Add("--drop-outliers");
            line.Choice(3, "--largest-estimate", "0", "1", "1e300", "-1");
            line.Choice(3, "--largest-se", "0", "1", "1e-300");
            line.Sometimes(3, "--outliers-by-mean");
        }

        line.Choice(20, "--level", "0.5", "0.999999999999", "1");
        return line;
    }

    private static string Column(Draws draws, string usual) => draws.OneIn(25) ? draws.Pick(Columns) : usual;

    private static string Csv(Draws draws)
    {
        var (wild, rows) = (draws.Pick(0, 0, 60, 12), draws.OneIn(6) ? draws.Below(3) : draws.Between(3, 40));
        var scale = draws.Pick("", "", "", "e-160", "e100", "e200", "e300", "e-300");
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        for (var row = 0; row < rows; row++)
        {
            string[] fields =
            [
                draws.Pick("20", "20", "100"), draws.Pick("t", "normal"), row % 2 == 0 ? "a" : "b", $"{(row / 2) + 1}",
                Number(draws) + scale, $"0.{draws.Between(1, 99):D2}{scale}", $"-{Number(draws)}{scale}", Number(draws) + scale,
                draws.Pick("NA", "4", "30", "Inf", "0.5", "1e-3"), draws.Pick("0.04", ".2", "1", "0", "1e-300", "NA"),
                draws.Pick("yes", "yes", "yes", "warned", "failed", "1", "FALSE"), draws.Pick("1", "1", "2"),
            ];
            if (wild > 0)
            {
                fields = [.. fields.Select(field => draws.OneIn(wild) ? Quoted(draws.Pick(HostileWords.Fields)) : field)];
            }

            text.AppendJoin(',', fields).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(Draws draws) => $"{draws.Below(3)}.{draws.Below(1000):D3}";

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
