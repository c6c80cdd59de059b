using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Random;
using MathNet.Numerics.Integration;

namespace MarginalConditional.Compare.Tests.Simulation.Marginal;

/// <summary>The joint law of tiny clusters in full, and means and correlations of large samples.</summary>
public sealed class LatentLawTests
{
    private static readonly int[] Periods = [0, 0, 1];

    public static TheoryData<string, double[]> Cases => new()
    {
        { "exchangeable", [0.3, 0.3, 0.3] },
        { "exchangeable", [0.3, 0.5, 0.2] },
        { "negative", [0.4, 0.4, 0.4] },
        { "ar1", [0.2, 0.25, 0.6] },
        { "nested", [0.5, 0.5, 0.4] },
        { "unstructured", [0.5, 0.3, 0.4] },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_joint_law_has_the_means_and_correlations_asked_for(string name, double[] means)
    {
        var structure = Structure(name);
        var law = Prepare(structure, means);

        // All eight cells: the first two scores by rule over their intervals, the third by its conditional probability.
        var cells = new double[8];
        for (var cell = 0; cell < 8; cell++)
        {
            cells[cell] = Cell(law, means, [cell & 1, (cell >> 1) & 1, (cell >> 2) & 1]);
        }

        Assert.Equal(1, cells.Sum(), 1e-12);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(means[i], Expect(cells, y => y[i]), 1e-10);
            for (var j = 0; j < i; j++)
            {
                var scale = Math.Sqrt(means[i] * (1 - means[i]) * means[j] * (1 - means[j]));
                var correlation = Expect(cells, y => (y[i] - means[i]) * (y[j] - means[j])) / scale;
                Assert.Equal(structure.Between(i, j, Periods[i], Periods[j]), correlation, 1e-10);
            }
        }
    }

    [Fact]
    public void A_shared_correlation_factors_like_any_other()
    {
        // Margins of one mean that are different objects take the way of a full matrix.
        var shared = Prepare(CorrelationStructure.Exchangeable(0.15), [0.3, 0.3, 0.3, 0.3, 0.3], oneMargin: true);
        var full = Prepare(CorrelationStructure.Exchangeable(0.15), [0.3, 0.3, 0.3, 0.3, 0.3], oneMargin: false);
        for (var i = 0; i < 5; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                Assert.Equal(full.Loading(i, j), shared.Loading(i, j), 1e-13);
            }
        }

        var (first, second) = (new double[5], new double[5]);
        for (ulong replicate = 0; replicate < 50; replicate++)
        {
            shared.Draw(new RandomStream(1, 2, replicate), new double[5], first);
            full.Draw(new RandomStream(1, 2, replicate), new double[5], second);
            Assert.Equal(second, first);
        }
    }

    [Fact]
    public void Equal_outcomes_are_a_correlation_of_one()
    {
        var law = Prepare(CorrelationStructure.Exchangeable(1), [0.3, 0.3, 0.3], oneMargin: true);
        var outcomes = new double[3];
        for (ulong replicate = 0; replicate < 50; replicate++)
        {
            law.Draw(new RandomStream(1, 2, replicate), new double[3], outcomes);
            Assert.All(outcomes, outcome => Assert.Equal(outcomes[0], outcome));
        }
    }

    [Fact]
    public void Counts_categories_and_normal_outcomes_have_their_moments_in_a_large_sample()
    {
        AssertSample(
            CorrelationStructure.Exchangeable(0.2), [OutcomeMargin.Poisson(1.5), OutcomeMargin.Poisson(4), OutcomeMargin.Poisson(0.3)]);
        AssertSample(
            CorrelationStructure.Nested(0.4, 0.1),
            [.. Enumerable.Repeat(OutcomeMargin.Categories([0.2, 0.5, 0.3]), 2), OutcomeMargin.Categories([0.1, 0.2, 0.7])]);
        AssertSample(CorrelationStructure.Autoregressive(-0.4), [.. Enumerable.Repeat(OutcomeMargin.Normal(2, 3), 3)]);
        AssertSample(CorrelationStructure.Autoregressive(0.6), [.. Enumerable.Repeat(OutcomeMargin.Bernoulli(0.1), 3)]);
    }

    private static void AssertSample(CorrelationStructure structure, OutcomeMargin[] margins)
    {
        const int Draws = 200_000;
        int[] periods = [0, 0, 1];
        var law = LatentLaw.Prepare(structure, margins, periods, out _)!;
        var stream = new RandomStream(20, 3, 0);
        var (y, scratch, mean, product) = (new double[3], new double[3], new double[3], new double[9]);
        for (var draw = 0; draw < Draws; draw++)
        {
            law.Draw(stream, scratch, y);
            for (var i = 0; i < 3; i++)
            {
                y[i] = (y[i] - margins[i].Mean) / margins[i].Deviation;
                mean[i] += y[i] / Draws;
                for (var j = 0; j < i; j++)
                {
                    product[(3 * i) + j] += y[i] * y[j] / Draws;
                }
            }
        }

        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(0, mean[i], 4 / Math.Sqrt(Draws));
            for (var j = 0; j < i; j++)
            {
                Assert.Equal(structure.Between(i, j, periods[i], periods[j]), product[(3 * i) + j], 12 / Math.Sqrt(Draws));
            }
        }
    }

    private static CorrelationStructure Structure(string name) => name switch
    {
        "exchangeable" => CorrelationStructure.Exchangeable(0.25),
        "negative" => CorrelationStructure.Exchangeable(-0.2),
        "ar1" => CorrelationStructure.Autoregressive(0.3),
        "nested" => CorrelationStructure.Nested(0.3, 0.1),
        _ => CorrelationStructure.Unstructured(0.3, -0.1, 0.2),
    };

    private static LatentLaw Prepare(CorrelationStructure structure, double[] means, bool oneMargin = false)
    {
        var margins = means.Select(OutcomeMargin.Bernoulli).ToArray();
        var law = LatentLaw.Prepare(
            structure, oneMargin ? [.. margins.Select(_ => margins[0])] : margins, [.. means.Select((_, i) => i / 2)], out var problem);
        Assert.Null(problem);
        return law!;
    }

    private static double Expect(double[] cells, Func<int[], double> function) =>
        cells.Select((probability, cell) => probability * function([cell & 1, (cell >> 1) & 1, (cell >> 2) & 1])).Sum();

    private static double Cell(LatentLaw law, double[] means, int[] y)
    {
        var cuts = means.Select(mean => -StandardNormal.Quantile(mean)).ToArray();
        return Integral(Interval(cuts[0], 1, 0, y[0]), z0 => Integral(
            Interval(cuts[1], law.Loading(1, 1), law.Loading(1, 0) * z0, y[1]),
            z1 =>
            {
                var limit = (cuts[2] - (law.Loading(2, 0) * z0) - (law.Loading(2, 1) * z1)) / law.Loading(2, 2);
                return y[2] == 1 ? StandardNormal.UpperTail(limit) : StandardNormal.Cumulative(limit);
            }));
    }

    private static (double From, double To) Interval(double cut, double scale, double shift, int y)
    {
        var limit = Math.Clamp((cut - shift) / scale, -9, 9);
        return y == 1 ? (limit, 9) : (-9, limit);
    }

    private static double Integral((double From, double To) interval, Func<double, double> function) =>
        interval.To <= interval.From ? 0
            : GaussLegendreRule.Integrate(z => StandardNormal.Density(z) * function(z), interval.From, interval.To, 64);
}
