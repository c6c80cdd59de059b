using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Longitudinal;
using MarginalConditional.Data;
using MarginalConditional.Gee;

namespace MarginalConditional.Compare.Tests.Longitudinal;

/// <summary>The effects by exposure time against their definition, and their errors against refits.</summary>
public sealed class ExposureComparerTests
{
    private const string Formula = "y ~ factor(exposure) + factor(period) + x + (1 | id)";

    [Fact]
    public void The_effects_are_those_of_their_definition()
    {
        var rows = WedgeTrial.Rows(9, 3, 21, binary: true);
        var comparison = ModelComparer.Compare(WedgeTrial.Frame(rows, Formula), Options(binary: true));
        var analysis = comparison.Exposures!;

        Assert.Equal("0", analysis.None);
        Assert.Equal([("1", 9), ("2", 6), ("3", 3)], analysis.Exposures);
        foreach (var weighting in (ClusterWeighting[])[ClusterWeighting.Participant, ClusterWeighting.Cluster])
        {
            foreach (var measure in EffectMeasure.All)
            {
                double[] effects =
                    [.. Enumerable.Range(1, 3).Select(e => Effect(comparison.Gee, rows, e, weighting, measure, binary: true))];
                for (var e = 0; e < 3; e++)
                {
                    Assert.Equal(effects[e], Row(analysis, $"{e + 1}", weighting, measure.ScaleOf(true)).Inference.Estimate, 1e-10);
                }

                Assert.Equal(effects.Average(), Row(analysis, null, weighting, measure.ScaleOf(true)).Inference.Estimate, 1e-10);
            }
        }
    }

    [Fact]
    public void Errors_are_those_of_fits_without_each_cluster()
    {
        // With an identity link the effect is the coefficient, and a linear model under independence loses a cluster in one step.
        var rows = WedgeTrial.Rows(9, 3, 22, binary: false);
        var options = Options(binary: false);
        var analysis = ModelComparer.Compare(WedgeTrial.Frame(rows, Formula), options).Exposures!;
        double[][] without = [.. Enumerable.Range(0, 9).Select(c =>
        {
            var fit = GeeFitter.Fit(WedgeTrial.Frame([.. rows.Where(row => row.Cluster != c)], Formula), options.Gee);
            var names = fit.Frame.Design.Names.ToList();
            var coefficients = fit.Coefficients.ToArray();
            return Enumerable.Range(1, 3).Select(e => coefficients[names.IndexOf($"factor(exposure){e}")]).ToArray();
        })];

        Near(without.Select(own => own[1]), Row(analysis, "2", ClusterWeighting.Participant, "difference"));
        Near(without.Select(own => own.Average()), Row(analysis, null, ClusterWeighting.Participant, "difference"));
        Assert.Equal(2, analysis.Tests[0].Test.Rank);
        Assert.Equal(8.0, analysis.Tests[0].Test.DenominatorDegreesOfFreedom);
    }

    [Fact]
    public void An_arm_beside_the_exposure_changes_nothing_but_the_names()
    {
        var rows = WedgeTrial.Rows(9, 3, 23, binary: false);
        var alone = ModelComparer.Compare(WedgeTrial.Frame(rows, Formula), Options(binary: false)).Exposures!;
        var beside = ModelComparer.Compare(
            WedgeTrial.Frame(rows, "y ~ arm + factor(exposure) + factor(period) + x + (1 | id)"),
            Options(binary: false) with { Treatment = "arm" }).Exposures!;
        foreach (var (own, other) in alone.Estimates.Zip(beside.Estimates))
        {
            Assert.Equal(own.Inference.Estimate, other.Inference.Estimate, 1e-7);
            Assert.Equal(own.Inference.StandardError, other.Inference.StandardError, 1e-6);
        }
    }

    [Fact]
    public void The_ladder_of_exposures_stops_where_randomization_would_be_needed()
    {
        var comparison = ModelComparer.Compare(
            WedgeTrial.Frame(WedgeTrial.Rows(9, 3, 24, binary: true), Formula), Options(binary: true));

        Assert.Equal([0, 1, 2], comparison.Ladder.Rungs.Select(rung => rung.Rung).Distinct().Order());
    }

    [Fact]
    public void One_cluster_at_an_exposure_has_no_error_and_a_warning()
    {
        var rows = WedgeTrial.Rows(7, 3, 25, binary: false);
        rows.RemoveAll(row => row.Exposure == 3 && row.Cluster != 0);
        var analysis = ModelComparer.Compare(WedgeTrial.Frame(rows, Formula), Options(binary: false)).Exposures!;

        Assert.StartsWith("Only one cluster was seen at exposure = 3", Assert.Single(analysis.Warnings), StringComparison.Ordinal);
        Assert.False(double.IsFinite(Row(analysis, "3", ClusterWeighting.Participant, "difference").Inference.StandardError));
    }

    [Fact]
    public void An_exposure_that_is_no_predictor_is_refused()
    {
        var frame = WedgeTrial.Frame(WedgeTrial.Rows(6, 3, 26, binary: false));
        var refusal = Assert.Throws<InputException>(
            () => ModelComparer.Compare(frame, Options(binary: false) with { Treatment = "arm" }));

        Assert.Contains("\"exposure\" is not a predictor", refusal.Message, StringComparison.Ordinal);
    }

    private static ComparisonOptions Options(bool binary) =>
        WedgeTrial.Options(binary) with { Period = null, Treatment = "exposure", Exposure = "exposure" };

    private static ExposureEstimate Row(ExposureAnalysis analysis, string? exposure, ClusterWeighting weighting, string scale) =>
        analysis.Estimates.First(row =>
            row.Method == "GEE" && row.Exposure == exposure && row.Weighting == weighting && row.Scale == scale);

    private static void Near(IEnumerable<double> without, ExposureEstimate row)
    {
        double[] values = [.. without];
        var mean = values.Average();
        var error = Math.Sqrt((values.Length - 1.0) / values.Length * values.Sum(value => (value - mean) * (value - mean)));
        Assert.InRange(row.Inference.StandardError / error, 1 - 1e-7, 1 + 1e-7);
    }

    /// <summary>h of the mean at an exposure less h of the mean without, both over the rows seen at it.</summary>
    private static double Effect(
        GeeFit fit, IReadOnlyList<WedgeRow> rows, int exposure, ClusterWeighting weighting, EffectMeasure measure, bool binary)
    {
        var names = fit.Frame.Design.Names.ToList();
        var coefficients = fit.Coefficients.ToArray();
        return measure.Value(Mean(0), Mean(exposure));

        double Mean(int set)
        {
            var clusters = rows.Where(row => row.Exposure == exposure).GroupBy(row => row.Cluster).ToList();
            return weighting == ClusterWeighting.Participant
                ? clusters.SelectMany(cluster => cluster).Average(Predicted)
                : clusters.Average(cluster => cluster.Average(Predicted));

            double Predicted(WedgeRow row)
            {
                var eta = coefficients[0] + (row.X * coefficients[names.IndexOf("x")])
                    + Coefficient($"factor(period){row.Period}") + Coefficient($"factor(exposure){set}");
                return binary ? 1 / (1 + Math.Exp(-eta)) : eta;
            }
        }

        double Coefficient(string name) => names.IndexOf(name) is >= 0 and var position ? coefficients[position] : 0;
    }
}
