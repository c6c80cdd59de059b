using MarginalConditional.Compare.Estimands;
using MarginalConditional.Gee;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using Xunit;

namespace MarginalConditional.Compare.Tests.Standardization;

/// <summary>
/// Standard errors of standardized effects: the leave-one-out ones against refits, and all against the numbers of an R implementation of
/// Li and others (2025).
/// </summary>
public sealed class StandardizedAveragesTests
{
    // Data, formula, treatment, family, GLMM rather than GEE, kind, RD: SE for clusters and for participants.
    public static TheoryData<string, string, string, bool, string, double, double> Published => new()
    {
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", false, "influence", .05138, .05533 },
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", false, "closed", .05577, .06173 },
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", false, "one-step", .05578, .06173 },
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", false, "jackknife", .05581, .06175 },
        { "crt_few12", "yc ~ arm + xw + xb + h", "exchangeable", false, "influence", .21359, .21625 },
        { "crt_few12", "yc ~ arm + xw + xb + h", "exchangeable", false, "closed", .38000, .39920 },
        { "crt_few12", "yc ~ arm + xw + xb + h", "exchangeable", false, "one-step", .38000, .39920 },
        { "crt_few12", "yc ~ arm + xw + xb + h", "exchangeable", false, "jackknife", .38300, .40165 },
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", true, "influence", .05445, .05921 },
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", true, "closed", .05992, .06597 },
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", true, "one-step", .05980, .06574 },
        { "crt_ics40", "y ~ arm + xw + xb + h + size", "independence", true, "jackknife", .05901, .06544 },
    };

    [Theory]
    [MemberData(nameof(Published))]
    public void Errors_are_those_published(
        string data, string formula, string correlation, bool mixed, string kind, double cluster, double participant)
    {
        var comparison = Compare(data, formula, correlation, Kind(kind));
        var method = mixed ? "GLMM" : "GEE";

        Near(cluster, Error(comparison, method, ClusterWeighting.Cluster));
        Near(participant, Error(comparison, method, ClusterWeighting.Participant));

        // Five digits are printed; the refits of R stop at their own tolerance.
        void Near(double expected, double actual) => Assert.Equal(expected, actual, kind == "jackknife" ? 1e-4 * 3 * expected : 2e-5);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        var one = Compare("crt_few12", "yc ~ arm + xw + xb + h", "exchangeable", StandardizedErrors.OneStep, threads: 1);
        var many = Compare("crt_few12", "yc ~ arm + xw + xb + h", "exchangeable", StandardizedErrors.OneStep, threads: 4);
        for (var k = 0; k < one.Ladder.Rungs.Count; k++)
        {
            Assert.Equal(one.Ladder.Rungs[k].Influence.Values.ToArray(), many.Ladder.Rungs[k].Influence.Values.ToArray());
        }
    }

    private static ModelComparison Compare(
        string data, string formula, string correlation, StandardizedErrors errors, int threads = 1)
    {
        var gaussian = formula.StartsWith("yc", StringComparison.Ordinal);
        var family = gaussian ? Family.Gaussian : Family.Binomial;
        return ModelComparer.Compare(ReferenceFrames.Build(data, formula + " + (1 | cluster)"), new ComparisonOptions
        {
            Treatment = "arm",
            CheckReasons = false,
            MarginalLikelihood = false,
            StandardizedErrors = errors,
            Gee = new GeeOptions
            {
                Family = family,
                Correlation = correlation == "exchangeable" ? WorkingCorrelation.Exchangeable : WorkingCorrelation.Independence,
                Moments = MomentConvention.Geepack,
                Threads = threads,
            },
            Glmm = new GlmmOptions { Family = family, Nodes = 25, Threads = threads },
        });
    }

    private static StandardizedErrors Kind(string name) => StandardizedErrors.All.First(kind => kind.Name == name);

    private static double Error(ModelComparison comparison, string method, ClusterWeighting weighting) => comparison.Standardized
        .Single(result => result.Method == method && result.Means.Weighting == weighting)
        .Contrasts.Single(contrast => contrast.Measure == EffectMeasure.Difference).Inference.StandardError;
}
