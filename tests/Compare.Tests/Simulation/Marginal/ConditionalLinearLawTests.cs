using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Marginal;

/// <summary>The conditional linear family: every history of a small cluster, its probability, and what follows.</summary>
public sealed class ConditionalLinearLawTests
{
    private static readonly double[] Means = [0.3, 0.4, 0.25, 0.5, 0.35];
    private static readonly double[] Equal = [0.2, 0.2, 0.2, 0.2, 0.2];

    public static TheoryData<string, double[]> Cases => new()
    {
        { "exchangeable(0.2)", Equal },
        { "exchangeable(-0.05)", Equal },
        { "exchangeable(0.1)", Means },
        { "ar1(0.4)", Means },
        { "nested(0.15, 0.05)", Means },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void The_joint_law_has_the_means_and_correlations_asked_for(string name, double[] means)
    {
        var structure = new[]
        {
            CorrelationStructure.Exchangeable(0.2), CorrelationStructure.Exchangeable(-0.05), CorrelationStructure.Exchangeable(0.1),
            CorrelationStructure.Autoregressive(0.4), CorrelationStructure.Nested(0.15, 0.05),
        }.Single(candidate => candidate.Name == name);
        int[] periods = [0, 0, 1, 1, 2];
        var shared = OutcomeMargin.Bernoulli(means[0]);
        var margins = ReferenceEquals(means, Equal) ? [.. means.Select(_ => shared)] : means.Select(OutcomeMargin.Bernoulli).ToArray();
        var law = ConditionalLinearLaw.Prepare(structure, margins, periods, out var problem);
        Assert.Null(problem);

        var (total, first, second) = (0.0, new double[5], new double[25]);
        foreach (var y in Histories())
        {
            var probability = 1.0;
            for (var i = 0; i < 5; i++)
            {
                var one = law!.Probability(i, y);
                Assert.InRange(one, 0, 1);
                probability *= y[i] == 1 ? one : 1 - one;
            }

            total += probability;
            for (var i = 0; i < 5; i++)
            {
                first[i] += probability * y[i];
                for (var j = 0; j < i; j++)
                {
                    second[(5 * i) + j] += probability * (y[i] - means[i]) * (y[j] - means[j]);
                }
            }
        }

        Assert.Equal(1, total, 1e-12);
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal(means[i], first[i], 1e-12);
            for (var j = 0; j < i; j++)
            {
                var scale = Math.Sqrt(means[i] * (1 - means[i]) * means[j] * (1 - means[j]));
                Assert.Equal(structure.Between(i, j, periods[i], periods[j]), second[(5 * i) + j] / scale, 1e-12);
            }
        }
    }

    [Fact]
    public void One_mean_and_one_correlation_is_the_closed_form_of_the_regression()
    {
        var margin = OutcomeMargin.Bernoulli(0.2);
        OutcomeMargin[] others = [.. Enumerable.Range(0, 4).Select(_ => OutcomeMargin.Bernoulli(0.2))];
        var structure = CorrelationStructure.Exchangeable(0.2);
        var shared = ConditionalLinearLaw.Prepare(structure, [margin, margin, margin, margin], new int[4], out _)!;
        var full = ConditionalLinearLaw.Prepare(structure, others, new int[4], out _)!;
        foreach (var y in Histories())
        {
            for (var i = 0; i < 4; i++)
            {
                Assert.Equal(full.Probability(i, y), shared.Probability(i, y), 1e-14);
            }
        }

        var (a, b) = (new double[4], new double[4]);
        for (ulong replicate = 0; replicate < 50; replicate++)
        {
            shared.Draw(new RandomStream(1, 2, replicate), new double[4], a);
            full.Draw(new RandomStream(1, 2, replicate), new double[4], b);
            Assert.Equal(b, a);
        }
    }

    [Fact]
    public void Draws_follow_the_conditional_probabilities()
    {
        const int Draws = 200_000;
        OutcomeMargin[] margins = [OutcomeMargin.Bernoulli(0.3), OutcomeMargin.Bernoulli(0.4), OutcomeMargin.Bernoulli(0.2)];
        var law = ConditionalLinearLaw.Prepare(CorrelationStructure.Autoregressive(0.4), margins, [0, 1, 2], out _)!;
        var counts = new int[8];
        var stream = new RandomStream(5, 6, 0);
        var (y, scratch) = (new double[3], new double[3]);
        for (var draw = 0; draw < Draws; draw++)
        {
            law.Draw(stream, scratch, y);
            counts[(int)(y[0] + (2 * y[1]) + (4 * y[2]))]++;
        }

        for (var cell = 0; cell < 8; cell++)
        {
            double[] history = [cell & 1, (cell >> 1) & 1, (cell >> 2) & 1];
            var probability = 1.0;
            for (var i = 0; i < 3; i++)
            {
                var one = law.Probability(i, history);
                probability *= history[i] == 1 ? one : 1 - one;
            }

            Assert.Equal(probability, counts[cell] / (double)Draws, 4 * Math.Sqrt(probability * (1 - probability) / Draws));
        }
    }

    private static IEnumerable<double[]> Histories() =>
        Enumerable.Range(0, 32).Select(code => Enumerable.Range(0, 5).Select(i => (double)((code >> i) & 1)).ToArray());
}
