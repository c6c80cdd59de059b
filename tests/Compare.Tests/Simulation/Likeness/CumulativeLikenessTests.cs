using MarginalConditional.Compare.Simulation.Likeness;
using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Compare.Simulation.Truths;
using MarginalConditional.Data;
using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Glmm.Ordinal;
using MarginalConditional.Statistics.Distributions;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Tests.Simulation.Likeness;

/// <summary>
/// <see cref="CumulativeLikeness"/>, <see cref="OrderedScores"/> and <see cref="RowOutcomes"/>: a large trial like an ordinal fit, fitted
/// again, gives the fit back.
/// </summary>
public sealed class CumulativeLikenessTests
{
    public static TheoryData<string, int[]> Fits => new()
    {
        { "exchangeable", [] }, { "ar1", [] }, { "unstructured", [] }, { "independence", [] }, { "exchangeable", [2] }, { "ar1", [1] },
    };

    [Theory]
    [MemberData(nameof(Fits))]
    public void Thresholds_coefficients_and_correlations_come_back(string structure, int[] nominal)
    {
        var options = new OrdinalGeeOptions
        {
            Correlation = new[]
            {
                WorkingCorrelation.Exchangeable, WorkingCorrelation.Independence, WorkingCorrelation.Ar1, WorkingCorrelation.Unstructured,
            }
                .First(known => known.Name == structure),
            Nominal = nominal,
            Threads = 1,
        };
        var data = Ordered(0.4);
        if (structure == "unstructured")
        {
            // The last waves stand in few clusters, whose correlations may be beyond what outcomes can have.
            data = FrameSubset.OfRows(data, Array.ConvertAll(data.Waves.ToArray(), wave => wave < 3));
        }

        var fit = OrdinalGeeFitter.Fit(data, options);
        var source = new LikeSource(TrialLikeness.Of(fit), treatment: "arm", clusters: 9_000);
        var again = OrdinalGeeFitter.Fit(source.Open().Draw(new RandomStream(2, 3, 4), 0), options);
        var errors = GeeInference.Of(again.Indicators).StandardErrors();
        for (var j = 0; j < errors.Length; j++)
        {
            Assert.InRange(Math.Abs(again.Indicators.Coefficients[j] - fit.Indicators.Coefficients[j]), 0, 4 * errors[j]);
        }

        for (var k = 0; k < fit.Indicators.Correlation.Alpha.Length; k++)
        {
            Assert.Equal(fit.Indicators.Correlation.Alpha[k], again.Indicators.Correlation.Alpha[k], 0.035);
        }
    }

    [Fact]
    public void The_effect_is_what_it_is_to_be_and_its_truths_are_of_the_population()
    {
        var fit = OrdinalGeeFitter.Fit(Ordered(0.4), new OrdinalGeeOptions { Threads = 1 });
        var source = new LikeSource(TrialLikeness.Of(fit), treatment: "arm", effect: 1.1, clusters: 6_000);
        Assert.Equal((1.1, "T3"), source.TruthOf(StudyTarget.Marginal));
        Assert.Null(source.TruthOf(StudyTarget.Conditional));
        var again = OrdinalGeeFitter.Fit(source.Open().Draw(new RandomStream(2, 3, 4), 0), new OrdinalGeeOptions { Threads = 1 });
        var error = GeeInference.Of(again.Indicators).StandardErrors()[again.Thresholds.Length];
        Assert.InRange(Math.Abs(again.Slopes[0] - 1.1), 0, 4 * error);

        // The win probability by its definition, over all pairs of probabilities of the two arms.
        double[][] arms = [.. new[] { 0.0, 1.0 }.Select(arm => Mean(fit, arm, 1.1))];
        var win = Enumerable.Range(0, 4).Sum(low => Enumerable.Range(0, 4).Sum(high =>
            arms[0][low] * arms[1][high] * (high > low ? 1 : high == low ? 0.5 : 0)));
        Assert.Equal(win, source.TruthOf(StudyTarget.WinProbability)!.Value.Value, 2e-3);
    }

    [Fact]
    public void Residuals_correlate_as_those_that_a_factor_of_their_covariance_whitens()
    {
        double[][] probabilities = [[0.1, 0.3, 0.4, 0.2], [0.4, 0.3, 0.2, 0.1]];
        var weights = probabilities.Select(one => new ResidualWeights(one)).ToArray();
        foreach (var r in new[] { -0.6, 0.0, 0.35, 0.9 })
        {
            Assert.Equal(Brute(probabilities[0], probabilities[1], r), weights[0].Correlation(weights[1], r), 1e-10);
            Assert.Equal(Brute(probabilities[0], probabilities[0], r), weights[0].Correlation(weights[0], r), 1e-10);
        }
    }

    [Fact]
    public void Scores_give_the_residuals_of_all_pairs_the_working_correlation_in_the_mean()
    {
        var fit = OrdinalGeeFitter.Fit(Ordered(0.4), new OrdinalGeeOptions { Threads = 1 });
        var frame = fit.Frame;
        var predictions = CategoryPrediction.For(fit, GeeInference.Of(fit.Indicators));
        var probabilities = predictions.Select(row => row.Probabilities.ToArray()).ToArray();
        ResidualWeights[] residuals = [.. probabilities.Select(one => new ResidualWeights(one))];
        var scores = new OrderedScores(frame.Clusters, new FittedCorrelation(frame, fit.Indicators.Correlation), residuals);
        var law = (LatentLaw)scores.LawOf(0);
        var r = law.Loading(1, 0) * law.Loading(0, 0);
        var (sum, count) = (0.0, 0);
        for (var c = 0; c < frame.Clusters.Count; c++)
        {
            for (var i = frame.Clusters.Start(c); i < frame.Clusters.Start(c + 1); i++)
            {
                for (var j = frame.Clusters.Start(c); j < i; j++, count++)
                {
                    sum += Brute(probabilities[j], probabilities[i], r);
                }
            }
        }

        Assert.Equal(fit.Indicators.Correlation.Alpha[0], sum / count, 1e-8);
    }

    [Fact]
    public void What_has_no_joint_law_is_refused()
    {
        var options = new OrdinalGeeOptions { Correlation = WorkingCorrelation.LocalOddsUniform, Threads = 1 };
        var local = Assert.Throws<InputException>(() => TrialLikeness.Of(OrdinalGeeFitter.Fit(Ordered(0.4), options)));
        Assert.Contains("no law of all of them", local.Message, StringComparison.Ordinal);
        var nominal = OrdinalGeeFitter.Fit(Ordered(0.4), new OrdinalGeeOptions { Nominal = [1], Threads = 1 });
        Assert.Contains(
            "no one effect",
            Assert.Throws<InputException>(() => new LikeSource(TrialLikeness.Of(nominal), treatment: "arm", effect: 1)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Mixed_models_with_a_coefficient_a_threshold_come_back_as_well()
    {
        var options = new OrdinalGlmmOptions { NominalColumns = [2], Nodes = 9, CheckNodes = false, Threads = 1 };
        var fit = OrdinalGlmmFitter.Fit(Ordered(0.4, withTerm: true), options);
        var source = new LikeSource(TrialLikeness.Of(fit), treatment: "arm", clusters: 3_000);
        var again = OrdinalGlmmFitter.Fit(source.Open().Draw(new RandomStream(5, 6, 7), 0), options);
        var errors = OrdinalGlmmInference.Of(again).Table().Select(row => row.StandardError).ToArray();
        for (var j = 0; j < again.Layout.Count; j++)
        {
            Assert.InRange(Math.Abs(again.Parameters[j] - fit.Parameters[j]), 0, 4 * errors[j]);
        }

        Assert.Equal(fit.Parameters[3], source.TruthOf(StudyTarget.Conditional)!.Value.Value);
    }

    /// <summary>Σ_k E e_k e′_k over J, the residuals whitened by the factor of the indicators' covariance.</summary>
    private static double Brute(double[] first, double[] second, double r)
    {
        var (f, g) = (Cumulative(first), Cumulative(second));
        var (lower, other, sum) = (Factor(f), Factor(g), 0.0);
        for (var l = 0; l < g.Length; l++)
        {
            double[] column = [.. f.Select(own => BivariateNormal.Cumulative(StandardNormal.Quantile(own), StandardNormal.Quantile(g[l]), r)
                - (own * g[l]))];
            Cholesky.SolveLower(lower, f.Length, column);
            var unit = new double[g.Length];
            unit[l] = 1;
            Cholesky.SolveLower(other, g.Length, unit);
            sum += Dense.Dot(column, unit);
        }

        return sum / f.Length;
    }

    private static double[] Cumulative(double[] probabilities) =>
        [.. Enumerable.Range(1, probabilities.Length - 1).Select(k => probabilities.Take(k).Sum())];

    private static double[] Factor(double[] f)
    {
        double[] covariance =
        [
            .. Enumerable.Range(0, f.Length * f.Length).Select(at =>
                Math.Min(f[at / f.Length], f[at % f.Length]) - (f[at / f.Length] * f[at % f.Length])),
        ];
        Assert.True(Cholesky.TryFactor(covariance, f.Length, out _));
        return covariance;
    }

    private static double[] Mean(OrdinalGeeFit fit, double arm, double effect)
    {
        var (thresholds, design) = (fit.Thresholds.ToArray(), fit.Frame.Design);
        var means = new double[thresholds.Length + 1];
        for (var row = 0; row < fit.Frame.Rows; row++)
        {
            double[] below = [.. thresholds.Select(cut =>
                Link.Logit.Mean(cut - (effect * arm) - (fit.Slopes[1] * design.Column(2)[row]))), 1];
            for (var k = 0; k < means.Length; k++)
            {
                means[k] += (below[k] - (k == 0 ? 0 : below[k - 1])) / fit.Frame.Rows;
            }
        }

        return means;
    }

    /// <summary>The small trial with four ordered categories cut from its continuous outcome.</summary>
    private static ModelFrame Ordered(double spread, bool withTerm = false)
    {
        var frame = FittedTrials.Draw(Family.Gaussian, spread, withTerm);
        double[] cut = [.. frame.Response.ToArray().Select(y => y < -1.2 ? 0.0 : y < -0.3 ? 1 : y < 0.6 ? 2 : 3)];
        return new ModelFrame(frame.Design, cut, frame.Clusters)
        {
            Waves = frame.Waves.ToArray(),
            Categories = ["1", "2", "3", "4"],
            RandomTerms = frame.RandomTerms,
        };
    }
}
