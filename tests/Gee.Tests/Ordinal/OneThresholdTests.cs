using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Ordinal;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>Two categories are the binary model of scale 1: 1(Y ≤ 1) with the slopes turned.</summary>
public class OneThresholdTests
{
    private static readonly GeeTolerances Tight = new() { Equations = 1e-13 };

    public static TheoryData<string, string> Fits
    {
        get
        {
            var fits = new TheoryData<string, string>();
            foreach (var link in (string[])["logit", "probit", "cloglog"])
            {
                foreach (var structure in (string[])["independence", "exchangeable", "ar1", "unstructured", "nested"])
                {
                    fits.Add(link, structure);
                }
            }

            return fits;
        }
    }

    [Theory]
    [MemberData(nameof(Fits))]
    public void Estimates_errors_and_criteria_are_those_of_the_binary_fit(string link, string structure)
    {
        var correlation = structure switch
        {
            "independence" => WorkingCorrelation.Independence,
            "ar1" => WorkingCorrelation.Ar1,
            "unstructured" => WorkingCorrelation.Unstructured,
            "nested" => WorkingCorrelation.Nested("group"),
            _ => WorkingCorrelation.Exchangeable,
        };
        Assert.True(CumulativeLink.TryParse(link, out var cumulative));
        var frame = OrdinalSample.Create(3, 1, weighted: true, withOffset: true);
        var ordinal = OrdinalGeeFitter.Fit(frame, new OrdinalGeeOptions
        {
            Link = cumulative,
            Correlation = correlation,
            Tolerances = Tight,
        }).Indicators;
        var binary = GeeFitter.Fit(
            OrdinalSample.Create(3, 1, weighted: true, withOffset: true).WithIndicators(),
            new GeeOptions
            {
                Family = Family.Binomial,
                Link = cumulative.Marginal,
                Correlation = correlation,
                FixedScale = 1,
                Tolerances = Tight,
            });
        Assert.True(ordinal.Convergence.Converged && binary.Convergence.Converged);
        Near(binary.Coefficients, ordinal.Coefficients);
        Near(binary.Correlation.Alpha, ordinal.Correlation.Alpha);
        foreach (var variance in GeeVariance.All.Append(GeeVariance.JackknifeFull))
        {
            Near(GeeInference.Of(binary, variance).StandardErrors(), GeeInference.Of(ordinal, variance).StandardErrors());
        }

        foreach (var reference in GeeDegreesOfFreedom.All.Where(choice => choice != GeeDegreesOfFreedom.Normal))
        {
            Near(
                GeeInference.Of(binary, degreesOfFreedom: reference).DegreesOfFreedom(),
                GeeInference.Of(ordinal, degreesOfFreedom: reference).DegreesOfFreedom(), 1e-8);
        }

        var (one, other) = (InformationCriteria.Of(binary), InformationCriteria.Of(ordinal));
        Assert.Equal(one.Qic, other.Qic, 1e-9);
        Assert.Equal(one.Cic, other.Cic, 1e-9);
        var hypothesis = TermTest.Rows(binary, "x");
        Assert.Equal(ScoreTest.Of(binary, hypothesis).Statistic, ScoreTest.Of(ordinal, TermTest.Rows(ordinal, "x")).Statistic, 1e-8);
    }

    private static void Near(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance = 1e-11)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], actual[j], tolerance * Math.Max(1, Math.Abs(expected[j])));
        }
    }
}
