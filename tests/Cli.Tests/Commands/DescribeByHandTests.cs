using System.Text.Json;
using MarginalConditional.Cli.Tests.Harness;

namespace MarginalConditional.Cli.Tests.Commands;

/// <summary>Four persons at up to three visits, counted by eye.</summary>
public sealed class DescribeByHandTests : IDisposable
{
    private const string Visits = """
        id,visit,arm,y,note
        1,1,a,3,x
        1,2,a,,y
        2,1,b,5,
        2,3,b,2,x
        3,1,a,4,x
        3,2,a,4,y
        3,3,a,1,z
        4,1,b,,x

        """;

    private readonly TemporaryFolder folder = new();
    private readonly string file;

    public DescribeByHandTests() => file = folder.Write("visits.csv", Visits);

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Columns_have_their_kind_and_their_values()
    {
        var answer = Answers.Json($"describe {file}");
        Assert.Equal(8, answer.Number("rows"));
        var columns = answer.GetProperty("columns").EnumerateArray()
            .ToDictionary(one => one.At("name").GetString()!, StringComparer.Ordinal);
        Assert.Equal(["id", "visit", "arm", "y", "note"], columns.Keys);
        Assert.Equal(["number", "number", "category", "number", "category"], columns.Values.Select(one => one.At("type").GetString()));
        Assert.Equal([0, 0, 0, 2, 1], columns.Values.Select(one => one.Number("missing")));
        Assert.Equal([4, 3, 2, 5, 3], columns.Values.Select(one => one.Number("distinct")));
        var y = columns["y"];
        Assert.Equal((1, 5, 19.0 / 6), (y.Number("min"), y.Number("max"), y.Number("mean")));
        Assert.Equal(0, y.At("levels").GetArrayLength());
        Assert.Equal(JsonValueKind.Null, columns["note"].At("mean").ValueKind);
        Assert.Equal(
            [("x", 4), ("y", 2), ("z", 1)],
            columns["note"].At("levels").EnumerateArray().Select(level => (level.At("level").GetString(), level.At("rows").GetInt32())));
        Assert.False(answer.TryGetProperty("clusters", out _));
        Assert.Equal(0, answer.At("patterns").GetArrayLength());
    }

    /// <summary>Eight rows of four clusters of 2, 2, 3 and 1: worth (Σn)² / Σn² = 64 / 18 clusters of equal size.</summary>
    [Fact]
    public void Clusters_are_counted_with_what_their_sizes_are_worth()
    {
        var clusters = Answers.Json($"describe {file} --cluster id").At("clusters");
        Assert.Equal("id", clusters.At("name").GetString());
        Assert.Equal((4, 1, 2, 3), (clusters.Number("count"), clusters.Number("min"), clusters.Number("median"), clusters.Number("max")));
        Assert.Equal(64.0 / 18, clusters.Number("effective"), 1e-12);
        Assert.Equal((1, 0), (clusters.Number("single"), clusters.Number("missing")));
        var joined = Answers.Json($"describe {file} --cluster arm:visit").At("clusters");
        Assert.Equal((5, 2), (joined.Number("count"), joined.Number("max")));
    }

    [Fact]
    public void Visits_are_counted_by_arm_with_and_without_the_outcome()
    {
        var rows = Answers.Json($"describe {file} --cluster id --wave visit --treatment arm");
        Assert.Equal(["a", "b"], rows.At("arms").EnumerateArray().Select(arm => arm.GetString()));
        Assert.Equal(["1", "2", "3"], rows.At("waves").EnumerateArray().Select(wave => wave.At("wave").GetString()));
        Assert.Equal([2.0, 2, 2, 0, 1, 1], rows.At("waves").EnumerateArray().SelectMany(wave => wave.Numbers("rows")));
        Assert.Equal([("xxx", 1, 0), ("xx.", 1, 0), ("x.x", 0, 1), ("x..", 0, 1)], Patterns(rows));
        var outcomes = Answers.Json($"describe {file} --cluster id --wave visit --treatment arm --outcome y");
        Assert.Equal([("xxx", 1, 0), ("x.x", 0, 1), ("x..", 1, 0), ("...", 0, 1)], Patterns(outcomes));
        Assert.Equal(
            [true, false, true, true], outcomes.At("patterns").EnumerateArray().Select(pattern => pattern.At("monotone").GetBoolean()));
    }

    [Fact]
    public void Missing_values_are_counted_in_each_arm_at_each_visit()
    {
        var cells = Answers.Json($"describe {file} --cluster id --wave visit --treatment arm").At("missing").EnumerateArray()
            .Select(cell => (
                Column: cell.At("column").GetString(), Arm: cell.At("arm").GetString(), Wave: cell.At("wave").GetString(),
                Missing: cell.At("missing").GetInt32(), Rows: cell.At("rows").GetInt32()))
            .ToArray();
        Assert.Equal(12, cells.Length);
        Assert.Contains(("y", "a", "2", 1, 2), cells);
        Assert.Contains(("y", "b", "1", 1, 2), cells);
        Assert.Contains(("note", "b", "1", 1, 2), cells);
        Assert.Contains(("y", "b", "2", 0, 0), cells);
        Assert.Equal(3, cells.Sum(cell => cell.Missing));
        Assert.All(cells, cell => Assert.True(cell.Missing <= cell.Rows));
    }

    [Fact]
    public void The_table_says_the_same_in_words()
    {
        var text = Answers.Text($"describe {file} --cluster id --wave visit --treatment arm --outcome y");
        Assert.StartsWith(
            "visits.csv: 8 rows, 5 columns\n4 clusters (id) of 1 to 3 rows, median 2, worth 3.6 of equal size; 1 of one row\n", text,
            StringComparison.Ordinal);
        var lines = text.Split('\n').Select(Answers.Flat).ToArray();
        Assert.Contains("y number 2 5 1 to 5, mean 3.1667", lines);
        Assert.Contains("arm category 0 2 a 5, b 3", lines);
        Assert.Contains("2 2 0", lines);
        Assert.Contains("y a 0/2 1/2 0/1", lines);
        Assert.Contains("x.x 1 0 1", lines);
        Assert.Contains("1 cluster came back after a visit missed.", lines);
        Assert.Contains(
            "No cluster comes back after a visit missed.",
            Answers.Text($"describe {folder.Write("even.csv", "id,t,y\n1,1,2\n1,2,3\n2,1,2\n")} --cluster id --wave t"),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Clusters_of_one_size_and_rows_without_one_are_said()
    {
        var even = Answers.Text($"describe {folder.Write("even.csv", "id,y\na,1\na,2\nb,3\nb,4\n,5\n")} --cluster id");
        Assert.Contains("2 clusters (id) of 2 rows each; 1 row without\n", even, StringComparison.Ordinal);
        var single = Answers.Text($"describe {folder.Write("single.csv", "id,y\na,1\nb,2\nc,3\n")} --cluster id");
        Assert.Contains("3 clusters (id) of 1 row each\n", single, StringComparison.Ordinal);
    }

    /// <summary>Of more than four levels the first three stand there, and of a long one its beginning; all are in JSON.</summary>
    [Fact]
    public void Long_lists_of_levels_are_cut_in_the_table_alone()
    {
        var path = folder.Write("levels.csv", "town\nAberystwyth-upon-Sea\nBath\nCork\nDerry\nElgin\n");
        var lines = Answers.Text($"describe {path}").Split('\n').Select(Answers.Flat);
        var line = lines.First(one => one.StartsWith("town", StringComparison.Ordinal));
        Assert.Equal("town category 0 5 Aberystwyth-upo…, Bath, Cork, …", line);
        Assert.Equal(5, Answers.Json($"describe {path}").At("columns", 0, "levels").GetArrayLength());
    }

    /// <summary>Of 14 patterns of clusters twelve are shown, and two are counted together.</summary>
    [Fact]
    public void Patterns_beyond_twelve_are_counted_together()
    {
        var rows = string.Concat(Enumerable.Range(1, 14).SelectMany(set => Enumerable.Range(0, 4).Where(visit => (set >> visit & 1) == 1)
            .Select(visit => $"{set},{visit}\n")));
        var text = Answers.Text($"describe {folder.Write("patterns.csv", "id,visit\n" + rows)} --cluster id --wave visit");
        Assert.Contains("2 other patterns", text, StringComparison.Ordinal);
        var lines = text.Split('\n').Select(Answers.Flat).ToArray();
        var heading = Array.IndexOf(lines, "Visits Clusters");
        Assert.Equal("2 other patterns 2", lines[heading + 14]);
    }

    [Fact]
    public void Numbers_that_are_to_be_categories_have_levels()
    {
        var visit = Answers.Json($"describe {file} --factor visit").At("columns", 1);
        Assert.Equal("category", visit.At("type").GetString());
        Assert.Equal(["1", "2", "3"], visit.At("levels").EnumerateArray().Select(level => level.At("level").GetString()));
        var refusal = Answers.Refusal($"describe {file} --factor vist");
        Assert.Contains("There is no column \"vist\"", refusal, StringComparison.Ordinal);
        Assert.Contains("Did you mean \"visit\"? Columns: id, visit, arm, y, note.", refusal, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cluster person")]
    [InlineData("--cluster id --wave when")]
    [InlineData("--treatment group")]
    [InlineData("--outcome z")]
    public void A_column_that_is_not_there_is_refused_with_those_that_are(string options)
    {
        var refusal = Answers.Refusal($"describe {file} {options}");
        Assert.Contains($"There is no column \"{options.Split(' ')[^1]}\"", refusal, StringComparison.Ordinal);
        Assert.Contains("id, visit, arm, y, note", refusal, StringComparison.Ordinal);
    }

    private static IEnumerable<(string?, int, int)> Patterns(JsonElement answer) => answer.At("patterns").EnumerateArray().Select(pattern =>
        (pattern.At("pattern").GetString(), pattern.At("clusters", 0).GetInt32(), pattern.At("clusters", 1).GetInt32()));
}
