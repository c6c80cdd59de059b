using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm.Predictions;
using MarginalConditional.Glmm.Residuals;
using MarginalConditional.Glmm.Tests.Reference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Glmm.Tests.Residuals;

/// <summary>
/// Scaled residuals lie between the shares of draws below and not above the outcome, figures are counts over all data sets, data from
/// the model pass and data from another do not.
/// </summary>
public sealed class SimulatedResidualsTests
{
    [Fact]
    public void Residuals_lie_where_the_outcome_lies_among_the_draws()
    {
        var fit = Fit("number", Family.Poisson, zeros: true);
        var residuals = SimulatedResiduals.Of(fit, 40, 7)!;
        var draws = Enumerable.Range(0, 40).Select(draw => GlmmSimulator.Draw(fit, new RandomStream(7, 0, (ulong)draw))).ToArray();
        for (var row = 0; row < fit.Frame.Rows; row++)
        {
            var (outcome, at) = (fit.Frame.Response[row], residuals.Scaled[row]);
            Assert.InRange(at, draws.Count(draw => draw[row] < outcome) / 41.0, (draws.Count(draw => draw[row] <= outcome) + 1) / 41.0);
        }

        var zeros = draws.Select(draw => (double)draw.Count(value => value == 0)).ToArray();
        Assert.Equal(zeros.Average(), residuals.Zeros!.Expected, 1e-9);
        Assert.Equal(fit.Frame.Response.Count(0), residuals.Zeros.Statistic);
        var outside = Enumerable.Range(0, fit.Frame.Rows)
            .Count(row => draws.All(draw => draw[row] < fit.Frame.Response[row]) || draws.All(draw => draw[row] > fit.Frame.Response[row]));
        Assert.Equal(outside, residuals.Outliers.Statistic);
    }

    [Fact]
    public void Distance_and_dispersion_are_those_of_a_plain_count()
    {
        double[][] outcomes = [.. Enumerable.Range(0, 9).Select(set => Enumerable.Range(0, 30)
            .Select(row => new RandomStream(3, (ulong)set, (ulong)row).NextNormal()).ToArray())];
        var ranks = new OutcomeRanks(outcomes);
        for (var row = 0; row < 30; row++)
        {
            ranks.Add(row, new RandomStream(1, 1, (ulong)row));
        }

        for (var set = 0; set < 9; set++)
        {
            var own = Enumerable.Range(0, 30).Select(row => outcomes.Count(other => other[row] < outcomes[set][row])).ToArray();
            if (set == 0)
            {
                Assert.All(own.Zip(ranks.Scaled), pair => Assert.Equal((pair.First + 0.5) / 9, pair.Second, 1e-12));
            }

            var distance = Enumerable.Range(1, 9).Max(k => Math.Abs((own.Count(rank => rank < k) / 30.0) - (k / 9.0)));
            Assert.Equal(distance, ranks.Distances()[set], 1e-12);
            var square = Enumerable.Range(0, 30).Average(row =>
            {
                var values = outcomes.Select(other => other[row]).ToArray();
                var mean = values.Average();
                return Math.Pow(outcomes[set][row] - mean, 2) / values.Average(value => Math.Pow(value - mean, 2));
            });
            Assert.Equal(square, ranks.MeanSquares()[set], 1e-12);
        }
    }

    /// <summary>Of 3, 1, 2, 0 the first is the largest of four, of 0, 5, 0, 2 it shares the lowest place with the third.</summary>
    [Fact]
    public void Rows_are_counted_by_hand_and_one_without_numbers_is_not()
    {
        double[][] outcomes = [[3, 0, 7, 1], [1, 5, double.NaN, 1], [2, 0, 8, 1], [0, 2, 9, 1]];
        var ranks = new OutcomeRanks(outcomes);
        var lowest = 0;
        for (var seed = 0; seed < 100; seed++)
        {
            var tied = new OutcomeRanks(outcomes);
            tied.Add(1, new RandomStream((ulong)seed, 0, 0));
            lowest += tied.Scaled[1] == 0.125 ? 1 : tied.Scaled[1] == 0.375 ? 0 : 1000;
        }

        // Binomial(100, 0.5).
        Assert.InRange(lowest, 30, 70);
        for (var row = 0; row < 4; row++)
        {
            ranks.Add(row, new RandomStream(4, 0, (ulong)row));
        }

        Assert.Equal(0.875, ranks.Scaled[0]);
        Assert.True(double.IsNaN(ranks.Scaled[2]));
        Assert.Equal([1, 1, 0, 1], ranks.Outliers);
        Assert.Equal([1, 0, 1, 1], ranks.Zeros);

        // Squares about the means 1.5 and 1.75, over the variances 1.25 and 4.1875; of equal outcomes there are none.
        double[] squares = [2.25 / 1.25, 0.25 / 1.25, 0.25 / 1.25, 2.25 / 1.25];
        double[] second = [3.0625 / 4.1875, 10.5625 / 4.1875, 3.0625 / 4.1875, 0.0625 / 4.1875];
        Assert.All(ranks.MeanSquares().Zip(squares.Zip(second)), pair =>
            Assert.Equal((pair.Second.First + pair.Second.Second) / 3, pair.First, 1e-12));
    }

    [Fact]
    public void Without_a_row_no_figure_is_divided_by_zero()
    {
        var ranks = new OutcomeRanks([[double.NaN], [1]]);
        ranks.Add(0, new RandomStream(4, 0, 0));
        Assert.Equal([0.0, 0], ranks.MeanSquares());
        Assert.Equal([1.0, 1], ranks.Distances());
    }

    [Fact]
    public void Tests_of_data_from_the_model_hold_their_level()
    {
        var fit = Fit("number", Family.Poisson, zeros: true);
        var small = 0;
        for (var trial = 0; trial < 40; trial++)
        {
            var outcomes = Enumerable.Range(0, 100)
                .Select(draw => GlmmSimulator.Draw(fit, new RandomStream(11, (ulong)trial, (ulong)draw))).ToArray();
            var ranks = new OutcomeRanks(outcomes);
            for (var row = 0; row < fit.Frame.Rows; row++)
            {
                ranks.Add(row, new RandomStream(12, (ulong)trial, (ulong)row));
            }

            small += ResidualTest.Upper(ranks.Distances()).PValue <= 0.1 ? 1 : 0;
        }

        // Binomial(40, 0.1): more than 12 has a probability below 1e-4.
        Assert.InRange(small, 0, 12);
    }

    [Fact]
    public void A_model_without_the_zeros_is_found_out_and_the_one_with_them_is_not()
    {
        var poisson = SimulatedResiduals.Of(Fit("number", Family.Poisson, zeros: false))!;
        Assert.True(poisson.Zeros!.PValue < 0.01);
        Assert.True(poisson.Zeros.Statistic > 1.3 * poisson.Zeros.Expected);
        var inflated = SimulatedResiduals.Of(Fit("number", Family.Poisson, zeros: true))!;
        Assert.True(inflated.Zeros!.PValue > 0.05);
        Assert.True(inflated.Uniformity.PValue > 0.05);
    }

    [Fact]
    public void Numbers_depend_on_the_seed_alone()
    {
        var fit = Fit("count", Family.NegativeBinomial(1), zeros: false);
        var (one, again) = (SimulatedResiduals.Of(fit, 30, 5)!, SimulatedResiduals.Of(fit, 30, 5)!);
        Assert.Equal(one.Scaled.ToArray(), again.Scaled.ToArray());
        Assert.Equal(one.Uniformity, again.Uniformity);
        Assert.NotEqual(one.Scaled.ToArray(), SimulatedResiduals.Of(fit, 30, 6)!.Scaled.ToArray());
    }

    private static GlmmFit Fit(string outcome, Family family, bool zeros) => GlmmFitter.Fit(
        ModelFrameBuilder.Build(
            DatasetReader.Read(Path.Combine(ReferenceCase.Root, "..", "Glmm.Tests", "Reference", "mixtures.csv")),
            new FrameRequest { Formula = FormulaParser.Parse($"{outcome} ~ arm + x + (1 | g)") }),
        new GlmmOptions { Family = family, ZeroInflation = zeros });
}
