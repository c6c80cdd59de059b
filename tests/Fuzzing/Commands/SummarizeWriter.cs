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
        var careful = draws.Below(4) > 0;
        var line = new CommandLine(draws, Command, Csv(draws, careful), careful);
        line.Add(CommandLine.DataFile, "--estimate", Column(draws, "b", careful));
        var limits = draws.OneIn(8);
        line.Add(limits
            ? ["--lower", Column(draws, "lo", careful), "--upper", Column(draws, "hi", careful)]
            : ["--se", Column(draws, "se", careful)]);
        line.Choice(1, "--truth", careful ? ["theta", "1", "0", "-1e-9", "1e300"] : ["theta", "1", "nope", "1e300", "NaN"]);
        if (careful)
        {
            line.Add("--by", draws.Pick("n,law", "n"));
            line.Add("--method", "method");
        }
        else
        {
            line.Choice(2, "--by", "n", "n,law,method", "method", "theta", "law,law", "");
            line.Choice(3, "--method", "method", "method", "law", "r");
        }

        line.Choice(2, "--replicate", careful ? ["r"] : ["r", "n"]);
        if (!careful || !limits)
        {
            line.Choice(3, "--df", careful ? ["df"] : ["df", "p"]);
        }

        line.Choice(5, "--p", careful ? ["p"] : ["p", "b"]);
        line.Choice(3, "--converged", careful ? ["ok"] : ["ok", "law"]);
        line.Choice(6, "--reference", careful ? ["a", "b"] : ["a", "nope"]);
        line.Choice(9, "--null", careful ? ["0", "1", "1e308"] : ["0", "x"]);
        line.Sometimes(!careful ? 5 : line.Has("--replicate") ? 3 : 200, "--complete");
        line.Choice(9, "--measures", careful ? ["all", "bias,coverage"] : ["bias,", "nope"]);
        if (draws.OneIn(4))
        {
            line.Add("--drop-outliers");
            line.Choice(3, "--largest-estimate", careful ? ["0", "1", "1e300"] : ["1", "-1"]);
            line.Choice(3, "--largest-se", "0", "1", "1e-300");
            line.Sometimes(3, "--outliers-by-mean");
        }

        line.Choice(20, "--level", careful ? ["0.5", "0.999999999999"] : ["0.5", "1"]);
        return line;
    }

    private static string Column(Draws draws, string usual, bool careful) => draws.OneIn(careful ? 300 : 25) ? draws.Pick(Columns) : usual;

    private static string Csv(Draws draws, bool careful)
    {
        var (wild, rows) = (careful
            ? draws.Pick(0, 0, 300)
            : draws.Pick(0, 60, 12), draws.OneIn(careful ? 100 : 6) ? draws.Below(3) : draws.Between(3, 40));
        var scale = draws.Pick("", "", "", "e-160", "e100", "e200", "e300", "e-300");
        var text = new StringBuilder(string.Join(',', Columns)).Append('\n');
        for (var row = 0; row < rows; row++)
        {
            string[] fields =
            [
                row < 20 ? "20" : "100", row < 20 ? "t" : "normal", row % 2 == 0 ? "a" : "b", $"{(row / 2) + 1}",
                Number(draws) + scale, $"0.{draws.Between(1, 99):D2}{scale}", $"-{Number(draws)}{scale}", Number(draws) + scale,
                draws.Pick("NA", "4", "30", "Inf", "0.5", "1e-3"), draws.Pick("0.04", ".2", "1", "0", "1e-300", "NA"),
                draws.Pick("yes", "yes", "yes", "warned", "failed", "1", "FALSE"), careful ? "1" : draws.Pick("1", "1", "2"),
            ];
            if (wild > 0)
            {
                fields = [.. fields.Select(field => draws.OneIn(wild) ? Quoted(HostileWords.Label(draws)) : field)];
            }

            text.AppendJoin(',', fields).Append('\n');
        }

        return text.ToString();
    }

    private static string Number(Draws draws) => $"{draws.Below(3)}.{draws.Below(1000):D3}";

    private static string Quoted(string field) => $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
