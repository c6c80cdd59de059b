using System.Runtime.CompilerServices;
using MarginalConditional.Properties.Laws;

namespace MarginalConditional.Properties.Tests.Laws;

/// <summary>The table of docs/verification.md is that of the laws.</summary>
/// <remarks>With <c>MARGCOND_UPDATE_DOCUMENTS=1</c> in the environment the table is rewritten.</remarks>
public sealed class VerificationPageTests
{
    [Fact]
    public void Every_law_stands_there_as_it_is()
    {
        var path = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..", "docs", "verification.md");
        var lines = File.ReadAllText(path).Split('\n').ToList();
        var heading = lines.FindIndex(line => line == "## The laws");
        var start = lines.FindIndex(heading, line => line.StartsWith("| law |", StringComparison.Ordinal) || line == "LAWS");
        var end = lines.FindIndex(start, line => line.Length == 0);
        string[] table = ["| law | what it says | of whom | source |", "|---|---|---|---|", .. LawBook.All.Select(Row)];
        if (Environment.GetEnvironmentVariable("MARGCOND_UPDATE_DOCUMENTS") == "1")
        {
            lines.RemoveRange(start, end - start);
            lines.InsertRange(start, table);
            File.WriteAllText(path, string.Join('\n', lines));
            end = start + table.Length;
        }

        Assert.Equal(table, lines[start..end]);
    }

    private static string Row(Law law) =>
        string.Join(" | ", $"| `{law.Name}`", Cell(law.Statement), Cell(law.Domain), $"{Cell(law.Source)} |");

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static string ThisFile([CallerFilePath] string path = "") => path;
}
