using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Frames;

/// <summary><see cref="WavePattern"/> against a table of who was seen when, kept by hand.</summary>
public sealed class WavePatternTests
{
    [Fact]
    public void Patterns_are_counted_the_most_frequent_first()
    {
        // a, b: complete; c, d: left after the second; e: came back; f: came late; g: complete.
        var frame = Frame("a1 a2 a3 b1 b2 b3 c1 c2 d1 d2 e1 e3 f2 f3 g1 g2 g3");
        var patterns = WavePattern.Of(frame);
        Assert.Equal(["111 3", "110 2", "101 1", "011 1"], patterns.Select(Text));
        Assert.Equal([true, true, false, false], patterns.Select(pattern => pattern.IsMonotone));
        Assert.All(patterns, pattern => Assert.Equal(!pattern.Seen.Contains(false), pattern.IsComplete));
    }

    [Theory]
    [InlineData(1, 7)]
    [InlineData(2, 12)]
    [InlineData(3, 40)]
    public void Patterns_are_those_that_listing_every_cluster_gives(int seed, int clusters)
    {
        // A keyed sequence of rows: cluster c has a row at wave w unless a fixed arithmetic says no.
        var rows = Enumerable.Range(0, clusters).SelectMany(c => Enumerable.Range(1, 5).Where(w =>
            w == 1 + (c % 5) || ((c * 31) + (w * 17) + (seed * 13)) % 7 > 2)
            .Select(w => $"{(char)('A' + (c / 20))}{(char)('a' + (c % 20))}{w}"));
        var text = string.Join(' ', rows);
        var frame = Frame(text);
        var byCluster = text.Split(' ').GroupBy(row => row[..^1]).Select(cluster => string.Concat(
            Enumerable.Range(1, 5).Select(w => cluster.Any(row => row[^1] == '0' + w) ? '1' : '0')));
        var expected = byCluster.GroupBy(pattern => pattern)
            .OrderByDescending(group => group.Count())
            .ThenByDescending(group => group.Key.Count(mark => mark == '1'))
            .ThenByDescending(group => group.Key, StringComparer.Ordinal)
            .Select(group => $"{group.Key} {group.Count()}");
        Assert.Equal(expected, WavePattern.Of(frame).Select(Text));
        Assert.All(WavePattern.Of(frame), pattern => Assert.Equal(
            !Text(pattern).Split(' ')[0].TrimEnd('0').Contains('0', StringComparison.Ordinal), pattern.IsMonotone));
    }

    private static string Text(WavePattern pattern) =>
        $"{string.Concat(pattern.Seen.Select(seen => seen ? '1' : '0'))} {pattern.Clusters}";

    private static ModelFrame Frame(string rows)
    {
        var csv = "id,t,y\n" + string.Concat(rows.Split(' ').Select((row, i) => $"{row[..^1]},{row[^1]},{i % 2}\n"));
        return ModelFrameBuilder.Build(
            DatasetReader.Read("rows.csv", System.Text.Encoding.UTF8.GetBytes(csv)),
            new FrameRequest { Formula = FormulaParser.Parse("y ~ 1"), Cluster = "id", Wave = "t" });
    }
}
