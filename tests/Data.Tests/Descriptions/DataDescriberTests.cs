using System.Globalization;
using System.Text;
using MarginalConditional.Data.Descriptions;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Descriptions;

/// <summary>Descriptions of a made table with gaps against counts over its lines.</summary>
public sealed class DataDescriberTests
{
    private static readonly string[][] Lines = [.. Enumerable.Range(0, 60).Where(k => k % 7 != 3).Select(k => new[]
    {
        $"p{k / 4}", $"{1 + (k % 4)}", $"{"AB"[k / 4 % 2]}", k % 5 == 0 ? string.Empty : $"{k * k % 23}",
        k % 11 == 0 ? "NA" : $"site {k % 3}",
    })];

    private static readonly Dataset Data = DatasetReader.Read(
        "made.csv", Encoding.UTF8.GetBytes("id,visit,arm,y,site\n" + string.Concat(Lines.Select(line => string.Join(',', line) + "\n"))));

    [Fact]
    public void Columns_are_counted()
    {
        var description = DataDescriber.Describe(Data, new DescriptionRequest());
        Assert.Equal(("made.csv", Lines.Length), (description.Source, description.Rows));
        Assert.Equal(["id", "visit", "arm", "y", "site"], description.Columns.Select(column => column.Name));
        for (var c = 0; c < 5; c++)
        {
            string[] values = [.. Lines.Select(line => line[c]).Where(value => value is not ("" or "NA"))];
            var column = description.Columns[c];
            Assert.Equal(Lines.Length - values.Length, column.Missing);
            Assert.Equal(values.Distinct(StringComparer.Ordinal).Count(), column.Distinct);
            if (column.Type == "number")
            {
                double[] numbers = [.. values.Select(value => double.Parse(value, CultureInfo.InvariantCulture))];
                Assert.Equal((numbers.Min(), numbers.Max()), (column.Minimum, column.Maximum));
                Assert.Equal(numbers.Average(), column.Mean!.Value, 1e-12);
                Assert.Empty(column.Levels);
            }
            else
            {
                Assert.Equal(
                    values.GroupBy(value => value, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
                        .Select(group => new LevelCount(group.Key, group.Count())),
                    column.Levels.OrderBy(level => level.Level, StringComparer.Ordinal));
                Assert.Null(column.Mean);
            }
        }

        Assert.Null(description.Clusters);
        Assert.Empty(description.Waves);
        Assert.Empty(description.Patterns);
    }

    [Fact]
    public void Clusters_are_counted_by_their_sizes()
    {
        var clusters = DataDescriber.Describe(Data, new DescriptionRequest { Cluster = "id" }).Clusters!;
        int[] sizes = [.. Lines.GroupBy(line => line[0], StringComparer.Ordinal).Select(group => group.Count()).Order()];
        Assert.Equal((sizes.Length, sizes[0], sizes[^1]), (clusters.Count, clusters.Minimum, clusters.Maximum));
        Assert.Equal((sizes[(sizes.Length - 1) / 2] + sizes[sizes.Length / 2]) / 2.0, clusters.Median);
        Assert.Equal(sizes.Count(size => size == 1), clusters.Single);
        Assert.Equal(Math.Pow(sizes.Sum(), 2) / sizes.Sum(size => size * size), clusters.Effective, 1e-12);
        Assert.Equal((0, "id"), (clusters.Missing, clusters.Name));
    }

    [Fact]
    public void Visits_patterns_and_missing_values_are_counted_by_arm()
    {
        var description = DataDescriber.Describe(
            Data, new DescriptionRequest { Cluster = "id", Wave = "visit", Arm = "arm", Outcome = "y" });
        Assert.Equal(["A", "B"], description.Arms);
        Assert.Equal(["1", "2", "3", "4"], description.Waves);
        string[] arms = ["A", "B"];
        Assert.Equal(
            from wave in description.Waves from arm in arms select Lines.Count(line => line[1] == wave && line[2] == arm),
            description.RowsOfWaves);
        foreach (var cell in description.Missing.Where(cell => cell.Column == "y"))
        {
            string[][] rows = [.. Lines.Where(line => line[1] == cell.Wave && line[2] == cell.Arm)];
            Assert.Equal((rows.Length, rows.Count(line => line[3].Length == 0)), (cell.Rows, cell.Missing));
        }

        Assert.Equal(8, description.Missing.Count(cell => cell.Column == "y"));
        var patterns = Lines.GroupBy(line => line[0], StringComparer.Ordinal).Select(person => (
            Arm: person.First()[2],
            Seen: string.Concat(description.Waves.Select(wave => person.Any(line => line[1] == wave && line[3].Length > 0) ? 'x' : '.'))));
        var expected = patterns.GroupBy(person => person.Seen, StringComparer.Ordinal).ToDictionary(
            group => group.Key, group => arms.Select(arm => group.Count(person => person.Arm == arm)).ToArray(), StringComparer.Ordinal);
        Assert.Equal(expected.Count, description.Patterns.Count);
        foreach (var pattern in description.Patterns)
        {
            Assert.Equal(expected[pattern.Pattern], pattern.Clusters);
            Assert.Equal(!pattern.Pattern.Contains(".x", StringComparison.Ordinal), pattern.IsMonotone);
        }

        // The most frequent come first.
        var counts = description.Patterns.Select(pattern => pattern.Clusters.Sum()).ToArray();
        Assert.Equal(counts.OrderDescending(), counts);
    }

    /// <summary>Without an arm there is one cell a visit, without visits one an arm.</summary>
    [Fact]
    public void Cells_are_as_fine_as_what_was_named()
    {
        var visits = DataDescriber.Describe(Data, new DescriptionRequest { Cluster = "id", Wave = "visit" });
        Assert.Equal(4, visits.Missing.Count(cell => cell.Column == "site"));
        Assert.All(visits.Missing, cell => Assert.Null(cell.Arm));
        Assert.Equal(Lines.Count(line => line[4] == "NA"), visits.Missing.Where(cell => cell.Column == "site").Sum(cell => cell.Missing));
        var arms = DataDescriber.Describe(Data, new DescriptionRequest { Arm = "arm" });
        Assert.Equal(2, arms.Missing.Count(cell => cell.Column == "site"));
        Assert.All(arms.Missing, cell => Assert.Null(cell.Wave));
    }

    [Theory]
    [InlineData("when", null)]
    [InlineData(null, "group")]
    public void Columns_that_are_not_there_are_refused(string? wave, string? arm) => Assert.StartsWith(
        $"There is no column \"{wave ?? arm}\" in made.csv.",
        Assert.Throws<InputException>(() => DataDescriber.Describe(Data, new DescriptionRequest { Wave = wave, Arm = arm })).Message,
        StringComparison.Ordinal);
}
