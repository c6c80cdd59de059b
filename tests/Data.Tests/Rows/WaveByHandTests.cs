using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Tests.Rows;

/// <summary>Waves of visits written as numbers, words and dates: their order, their distances, and what is wrong with some.</summary>
public sealed class WaveByHandTests
{
    [Fact]
    public void Numbers_are_in_their_order_and_have_their_distances()
    {
        var frame = Build("id,t,y\na,12,1\na,0,2\nb,3,3\nb,0.5,4\nb,12,5\n");
        Assert.Equal(["0", "0.5", "3", "12"], frame.WaveLabels);
        Assert.Equal([0, 3, 1, 2, 3], frame.Waves.ToArray());
        Assert.Equal([0, 12, 0.5, 3, 12], frame.WaveValues.ToArray());
        Assert.Equal([2, 1, 4, 3, 5], frame.Response.ToArray());
    }

    /// <summary>Week 10 comes after week 9, whatever the letters say.</summary>
    [Fact]
    public void Words_with_numbers_are_in_the_order_of_the_numbers()
    {
        var frame = Build("id,t,y\na,Week 10,1\na,Week 2,2\na,Week 9,3\nb,Week 2,4\nb,Week 10,5\n");
        Assert.Equal(["Week 2", "Week 9", "Week 10"], frame.WaveLabels);
        Assert.Equal([2, 3, 1, 4, 5], frame.Response.ToArray());
        Assert.Equal([0, 1, 2, 0, 2], frame.Waves.ToArray());
    }

    [Fact]
    public void An_order_that_was_told_is_kept()
    {
        var frame = Build("id,t,y\na,late,1\na,early,2\na,middle,3\n", request => request with
        {
            Orders = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal) { ["t"] = ["early", "middle", "late"] },
        });
        Assert.Equal(["early", "middle", "late"], frame.WaveLabels);
        Assert.Equal([2, 3, 1], frame.Response.ToArray());
        Assert.True(frame.WaveValues.IsEmpty);
    }

    /// <summary>2024 is a leap year: from 28 February to 1 March are two days.</summary>
    [Fact]
    public void Dates_are_days_since_the_first()
    {
        var frame = Build("id,t,y\na,2024-03-01,1\na,2024-02-28,2\nb,2024-02-28,3\nb,2025-02-28,4\n");
        Assert.Equal([0.0, 2, 0, 366], frame.WaveValues.ToArray());
        Assert.Equal([2, 1, 3, 4], frame.Response.ToArray());
    }

    [Fact]
    public void Two_rows_at_one_visit_are_refused_where_each_has_one()
    {
        const string Text = "id,t,y\na,1,1\na,2,2\nb,1,3\na,2,4\n";
        Assert.Equal([0, 1, 1, 0], Build(Text).Waves.ToArray());
        var refusal = Assert.Throws<InputException>(() => Build(Text, request => request with { RequireDistinctWaves = true }));
        Assert.StartsWith("Cluster a of id has two rows with t 2; the other is line", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(("trial.csv", "t"), (refusal.File, refusal.Column));
        Assert.Contains("at most once in a cluster", refusal.Hint, StringComparison.Ordinal);
        Assert.Contains(refusal.Line!.Value, new[] { 3, 5 });
    }

    [Fact]
    public void Without_a_column_places_are_waves_and_where_they_matter_that_is_said()
    {
        const string Even = "id,y\na,1\nb,2\na,3\nb,4\n";
        Assert.Empty(Build(Even, request => request with { Wave = null }).Notes);
        var even = Build(Even, request => request with { Wave = null, PositionMatters = true });
        Assert.Equal([1, 3, 2, 4], even.Response.ToArray());
        Assert.Equal([0, 1, 0, 1], even.Waves.ToArray());
        Assert.Contains(even.Notes, note => note.EndsWith("--wave names the column of waves.", StringComparison.Ordinal));
        var uneven = Build(Even + "a,5\n", request => request with { Wave = null, PositionMatters = true });
        Assert.Contains(uneven.Notes, note => note.Contains("although clusters have 2 to 3 rows", StringComparison.Ordinal));
    }

    [Fact]
    public void A_row_without_a_wave_is_dropped()
    {
        var frame = Build("id,t,y\na,1,1\na,,2\na,2,3\n");
        Assert.Equal((2, 1), (frame.Rows, frame.Dropped));
        Assert.Equal(["1", "2"], frame.WaveLabels);
    }

    private static ModelFrame Build(string text, Func<FrameRequest, FrameRequest>? change = null)
    {
        var request = new FrameRequest { Formula = FormulaParser.Parse("y ~ 1"), Cluster = "id", Wave = "t" };
        return ModelFrameBuilder.Build(DatasetReader.Read("trial.csv", Encoding.UTF8.GetBytes(text)), change?.Invoke(request) ?? request);
    }
}
