using MarginalConditional.Compare.Simulation.Estimators;
using MarginalConditional.Compare.Simulation.Performance;
using MarginalConditional.Compare.Simulation.Summaries;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Compare.Tests.Simulation.Summaries;

/// <summary>Rules of summaries, by hand.</summary>
public sealed class EstimateSummarizerTests
{
    [Fact]
    public void What_is_not_usable_is_counted_and_enters_no_measure()
    {
        var rows = Rows([1, 2, double.NaN, 4, 100], [1, 1, 1, 0, 1]) with
        {
            Outcomes =
            [
                EstimateOutcome.Converged, EstimateOutcome.Warned, EstimateOutcome.Converged, EstimateOutcome.Converged,
                EstimateOutcome.Failed,
            ],
        };
        var row = Assert.Single(EstimateSummarizer.Summarize(rows).Table.Cells).Performance;
        Assert.Equal((5, 2, 1, 3), (row.Attempted, row.Converged, row.Warned, row.Failed));
        Assert.Equal(1.5, row.Mean.Value);
        Assert.Equal(double.NaN, row.Bias.Value);
        Assert.Equal(double.NaN, row.Coverage.Value);
        Assert.Equal(1, row.BiasEliminatedCoverage.Value);
        Assert.Equal(0.5, row.Rejection.Value);
    }

    [Fact]
    public void Truths_of_their_own_give_the_mean_error_and_its_error()
    {
        var rows = Rows([1.0, 2.5, 2.0, 4.5], [1, 1, 1, 1]) with { Truths = [1, 2, 3, 4] };
        var row = EstimateSummarizer.Summarize(rows).Table.Cells[0].Performance;

        // Errors 0, 0.5, −1, 0.5: mean 0, sum of squares 1.5.
        Assert.True(row.TruthVaries);
        Assert.Equal(2.5, row.Truth);
        Assert.Equal(0, row.Bias.Value, 1e-15);
        Assert.Equal(Math.Sqrt(1.5 / 3 / 4), row.Bias.MonteCarloError, 1e-15);
        Assert.Equal((0 + 0.25 - (1 / 3.0) + 0.125) / 4, row.RelativeBias.Value, 1e-15);
        Assert.Equal(1.5 / 4, row.MeanSquaredError.Value, 1e-15);
        Assert.Equal(1, row.BiasEliminatedCoverage.Value);
    }

    [Fact]
    public void Given_limits_and_p_values_decide()
    {
        var rows = Rows([1, 2, 3], null) with
        {
            Truths = [2, 2, 2],
            Lower = [0.5, 1.5, 2.5],
            Upper = [1.5, 2.5, 3.5],
            Probabilities = [0.2, 0.04, 0.01],
        };
        var row = EstimateSummarizer.Summarize(rows).Table.Cells[0].Performance;
        Assert.Equal(1 / 3.0, row.Coverage.Value);
        Assert.Equal(2 / 3.0, row.Rejection.Value);
        Assert.Equal(double.NaN, row.ModelError.Value);
        var without = EstimateSummarizer.Summarize(rows with { Probabilities = null }, new SummaryOptions { Null = 1 });
        Assert.Equal(2 / 3.0, without.Table.Cells[0].Performance.Rejection.Value);
        Assert.Equal([2.0, 0, 2], without.Intervals(without.Table.Cells[0]).Select(interval => interval.Distance));
    }

    [Fact]
    public void Complete_replicates_are_those_of_every_method()
    {
        var rows = Rows([1, 5, 2, double.NaN, 3, 7, 4], [1, 1, 1, 1, 1, 1, 1]) with
        {
            Method = Column("method", "a", "b", "a", "b", "a", "b", "a"),
            Replicate = Column("r", "1", "1", "2", "2", "3", "3", "4"),
        };
        var all = EstimateSummarizer.Summarize(rows);
        Assert.Equal([4, 2], all.Table.Cells.Select(cell => cell.Performance.Converged));
        Assert.Equal([0, 1], all.Cells.Select(cell => cell.Absent));
        Assert.Equal([0, 1], all.Table.Cells.Select(cell => cell.Performance.Failed));
        var complete = EstimateSummarizer.Summarize(rows, new SummaryOptions { CompleteOnly = true });
        Assert.Equal([2.0, 6], complete.Table.Cells.Select(cell => cell.Performance.Mean.Value));
        Assert.Equal([2, 0], complete.Cells.Select(cell => cell.Incomplete));
        Assert.Throws<ArgumentException>(
            () => EstimateSummarizer.Summarize(rows with { Replicate = null }, new SummaryOptions { CompleteOnly = true }));
    }

    [Fact]
    public void Without_replicates_precision_takes_methods_as_independent()
    {
        var rows = Rows([1, 2, 3, 10, 14, 18], null) with { Method = Column("method", "a", "a", "a", "b", "b", "b") };
        var precision = EstimateSummarizer.Summarize(rows).Table.Cells[1].Performance.RelativePrecision;
        Assert.Equal(100 * ((1 / 16.0) - 1), precision.Value, 1e-12);
        Assert.Equal(100 / 16.0 * Math.Sqrt(2), precision.MonteCarloError, 1e-12);
        Assert.Throws<ArgumentException>(() => EstimateSummarizer.Summarize(rows, new SummaryOptions { Reference = "c" }));
    }

    [Fact]
    public void Scenarios_are_nested_with_numbers_by_size_and_words_as_they_come()
    {
        var rows = Rows([1, 2, 3, 4, 5], null) with
        {
            Factors = [Column("n", "100", "20", "100", "20", "20"), Column("law", "t", "normal", "normal", null, "t")],
        };
        var summary = EstimateSummarizer.Summarize(rows);
        Assert.Equal(
            ["n = 20, law = t", "n = 20, law = normal", "n = 20, law = (missing)", "n = 100, law = t", "n = 100, law = normal"],
            summary.Table.Cells.Select(cell => cell.Label));
        Assert.Equal([5.0, 2, 4, 1, 3], summary.Table.Cells.Select(cell => cell.Performance.Mean.Value));
        Assert.Equal([0, 1, 2, 3, 4], summary.Table.Cells.Select(cell => cell.Scenario));
    }

    [Theory]
    [InlineData(10.0, false)]
    [InlineData(1.0, true)]
    public void Far_is_in_units_of_the_distance_between_hinges(double largest, bool isFar)
    {
        // Median 3, hinges 2 and 4: the last number lies 9.5 units out.
        double[] numbers = [1, 2, 3, 4, 22];
        Assert.Equal(isFar, new OutlierRule().Far(numbers, largest)[4]);
        Assert.Equal([false, false, false, false], new OutlierRule().Far(numbers, largest)[..4]);
    }

    private static EstimateRows Rows(double[] values, double[]? errors) => new() { Name = "made", Values = values, Errors = errors };

    private static FactorColumn Column(string name, params string?[] texts)
    {
        string[] levels = [.. texts.OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new FactorColumn(name, [.. texts.Select(text => text is null ? -1 : Array.IndexOf(levels, text))], levels);
    }
}
