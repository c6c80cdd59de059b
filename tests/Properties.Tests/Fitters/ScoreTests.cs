using FsCheck;
using FsCheck.Fluent;
using MarginalConditional.Properties.Fitters;
using MarginalConditional.Properties.Generators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Tests.Fitters;

/// <summary>The scores of mixed models are the derivatives of what was maximized: they sum to zero.</summary>
public sealed class ScoreTests
{
    private static readonly Dictionary<string, TrialModel> Models = new(StringComparer.Ordinal)
    {
        ["logit"] = new(),
        ["probit"] = new() { Link = Link.Probit },
        ["counts"] = new() { Family = Family.Poisson },
        ["adjusted"] = new() { Covariates = [new("age", IsOfCluster: false), new("region", IsOfCluster: true)] },
    };

    public static TheoryData<string> Names => [.. Models.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void They_sum_to_zero_on_hard_trials_too(string name)
    {
        var estimator = new GlmmTrialEstimator { Model = Models[name] };
        var answered = 0;
        foreach (var trial in TrialGenerators.Trials(Models[name]).Sample(120, new Rnd(17, 1), 60))
        {
            if (estimator.ClusterScores(trial) is not { } scores)
            {
                continue;
            }

            answered++;
            for (var j = 0; j < scores[0].Length; j++)
            {
                var root = Math.Sqrt(scores.Sum(score => score[j] * score[j]));
                Assert.True(Math.Abs(scores.Sum(score => score[j])) <= (1e-6 * root) + 1e-6, trial.Csv);
            }
        }

        Assert.True(answered > 40, $"{answered}");
    }

    /// <summary>With 60 nodes more a fit does not move, and its scores are those of the integral: differences of Simpson's rule.</summary>
    [Fact]
    public void They_are_differences_of_the_integral()
    {
        var trial = TrialDraw.Of(Models["logit"], new TrialShape(), TrialKind.Plain, 12, 4);
        var estimator = new GlmmTrialEstimator { Model = Models["logit"], Nodes = 80 };
        var (at, scores) = (estimator.Parameters(trial)!, estimator.ClusterScores(trial)!);
        var labels = trial.ClusterLabels;
        for (var c = 0; c < labels.Count; c++)
        {
            for (var j = 0; j < at.Length; j++)
            {
                var difference = (Integral(trial, labels[c], at, j, 1e-5) - Integral(trial, labels[c], at, j, -1e-5)) / 2e-5;
                Assert.Equal(difference, scores[c][j], 1e-6);
            }
        }
    }

    private static double Integral(TrialData trial, string cluster, double[] at, int moved, double by)
    {
        double[] x = [.. at];
        x[moved] += by;
        var (sum, steps) = (0.0, 4000);
        for (var k = 0; k <= steps; k++)
        {
            var z = -9 + (18.0 * k / steps);
            var term = Math.Exp(-0.5 * z * z) * (k == 0 || k == steps ? 1 : k % 2 == 1 ? 4 : 2);
            for (var row = 0; row < trial.Rows; row++)
            {
                if (trial.Clusters[row] == cluster)
                {
                    var p = 1 / (1 + Math.Exp(-(x[0] + (x[1] * trial.Treatment[row]) + (x[2] * z))));
                    term *= trial.Outcome[row] == 1 ? p : 1 - p;
                }
            }

            sum += term;
        }

        return Math.Log(sum);
    }
}
