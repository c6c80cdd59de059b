using MarginalConditional.Compare.Summaries;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Summaries;

/// <summary>
/// How often tests at 5 % reject what is true, in small trials drawn from keyed streams: clusters of 10 or 40 rows, no effect.
/// </summary>
/// <remarks>
/// Limits are three Monte Carlo errors. Weighted by size t is conservative with Satterthwaite's degrees of freedom; with K − 2 it rejects
/// 8 % at 8 clusters, 7 % at 12 and 6 % at 20.
/// </remarks>
public sealed class SummaryLevelProperties
{
    [Theory]
    [InlineData(8, true)]
    [InlineData(12, true)]
    [InlineData(20, true)]
    [InlineData(8, false)]
    [InlineData(12, false)]
    [InlineData(20, false)]
    public void The_t_tests_keep_their_level(int clusters, bool binary)
    {
        const int Trials = 2000;
        var rejected = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var number = 0; number < Trials; number++)
        {
            var (frame, trial) = Draw(clusters, (ulong)number, binary);
            var options = Options(binary);
            foreach (var row in new SummaryRows(trial, ClusterOutcomes.Of(frame, options.Gee.EffectiveLink), options).Plain(1))
            {
                var key = $"{row.Weighting.Name} {row.Estimand} {row.Scale}";
                rejected[key] = rejected.GetValueOrDefault(key) + (row.Inference.PValue < 0.05 ? 1 : 0);
            }
        }

        Assert.Equal(binary ? 8 : 2, rejected.Count);
        Assert.All(rejected, row => Assert.InRange(
            (double)row.Value / Trials,
            row.Key.StartsWith("cluster ", StringComparison.Ordinal) ? 0.05 - Margin(Trials) : 0.015,
            0.05 + Margin(Trials)));
    }

    [Theory]
    [InlineData(12, true)]
    [InlineData(20, true)]
    [InlineData(12, false)]
    [InlineData(20, false)]
    public void Tests_by_assignments_and_of_size_reject_no_more_often_than_they_may(int clusters, bool binary)
    {
        const int Trials = 400;
        var rejected = new int[5];
        for (var number = 0; number < Trials; number++)
        {
            var (frame, trial) = Draw(clusters, (ulong)number, binary);
            var options = Options(binary);
            var outcomes = ClusterOutcomes.Of(frame, options.Gee.EffectiveLink);
            double[] p =
            [
                .. PermutationTests.Run(trial, 1, outcomes, options).Select(test => test.PValue),
                SizeReassignmentTest.Run(trial, 1, outcomes, options).PValue,
                .. SizeInteractionTests.Run(frame, trial, outcomes, options, out _).Select(test => test.PValue),
            ];
            for (var k = 0; k < p.Length; k++)
            {
                rejected[k] += p[k] < 0.05 ? 1 : 0;
            }
        }

        Assert.All(rejected, count => Assert.InRange((double)count / Trials, 0, 0.05 + Margin(Trials)));
    }

    private static double Margin(int trials) => 3 * Math.Sqrt(0.05 * 0.95 / trials);

    private static SummaryOptions Options(bool binary) => new()
    {
        Treatment = "arm",
        Gee = new GeeOptions { Family = binary ? Family.Binomial : Family.Gaussian, Threads = 1 },
        Permutations = 199,
        Tolerances = new() { Enumerated = 300 },
    };

    private static (ModelFrame Frame, TrialArms Trial) Draw(int clusters, ulong number, bool binary)
    {
        var random = new RandomStream(11, (ulong)clusters, number);
        List<int> offsets = [0];
        List<double> response = [], treated = [];
        var arms = new int[clusters];
        for (var c = 0; c < clusters; c++)
        {
            arms[c] = c % 2;
            var effect = 0.5 * random.NextNormal();
            var size = random.NextUniform() < 0.5 ? 10 : 40;
            for (var i = 0; i < size; i++)
            {
                treated.Add(arms[c]);
                response.Add(binary ? random.NextBernoulli(1 / (1 + Math.Exp(0.8 - effect))) : effect + random.NextNormal());
            }

            offsets.Add(response.Count);
        }

        var design = TableFile.Design(("(Intercept)", [.. Enumerable.Repeat(1.0, response.Count)]), ("arm", [.. treated]));
        var frame = new ModelFrame(design, [.. response], new Clusters("id", [.. offsets], c => $"{c}"));
        return (frame, new TrialArms(["0", "1"], arms, new int[clusters]));
    }
}
