using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Gee.Tests.Reference;

/// <summary>Published tables, to the digits printed.</summary>
public class PublishedTablesGolden
{
    // Diggle PJ, Liang K-Y, Zeger SL (1994). Analysis of Longitudinal Data. Oxford, pages 166-168 and Table 8.10. The digits are those of
    // geepack 1.3.9 (geeglm, R 4.2.2), whose help page of the data set "seizure" fits the models of that table; the file is that data set
    // (Thall and
    // Vail 1990), reshaped as on the help page.
    [Theory]
    [InlineData("", 1.34761, 0.11184, 0.02753, -0.10473, 0.15736, 0.11593, 0.22179, 0.21344, 0.77669, 19.41286)]
    [InlineData("49", 1.34761, 0.11184, -0.10682, -0.30238, 0.15736, 0.11593, 0.19370, 0.17106, 0.59784, 10.38473)]
    public void Seizure_trial_with_and_without_patient_49(
        string without,
        double intercept,
        double x,
        double trt,
        double interaction,
        double se1,
        double se2,
        double se3,
        double se4,
        double alpha,
        double scale)
    {
        var frame = ReferenceCase.Frame("seizure", "y ~ offset(log(t)) + x + trt + x:trt", "id");
        for (var i = frame.Clusters.Count - 1; i >= 0; i--)
        {
            frame = frame.Clusters.Label(i) == without ? FrameSubset.WithoutCluster(frame, i) : frame;
        }

        var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Poisson, Moments = MomentConvention.Geepack });
        Same([intercept, x, trt, interaction], fit.Coefficients, 5e-6);
        Same([se1, se2, se3, se4], GeeInference.Of(fit, GeeVariance.Robust).StandardErrors(), 5e-6);
        Assert.Equal(alpha, fit.Correlation.Alpha[0], 5e-6);
        Assert.Equal(scale, fit.Scale, 5e-6);
    }

    // SAS Institute. SAS/STAT User's Guide, The GENMOD Procedure, Getting Started: Generalized Estimating Equations; data in the program
    // there, 16 children of the Six Cities study (Ware et al. 1984; Lipsitz et al. 1994). The R package gee (4.13) gives the same figures.
    [Fact]
    public void Six_Cities_children_of_the_GENMOD_documentation()
    {
        var frame = ReferenceCase.Frame("six_cities16", "wheeze ~ city + age + smoke", "case", references: new() { ["city"] = "portage" });
        var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial });
        Assert.Equal("citykingston", fit.Frame.Design.Names[1]);
        Same([1.2751, 0.1223, -0.2036, -0.0935], fit.Coefficients, 5e-5);
        Same([3.0561, 0.6882, 0.2789, 0.3613], GeeInference.Of(fit, GeeVariance.Robust).StandardErrors(), 5e-5);
        Assert.Equal(0.1648, fit.Correlation.Alpha[0], 5e-5);
    }

    // Everitt BS, Hothorn T (2010). A Handbook of Statistical Analyses Using R, 2nd edition, section 13.3: respiratory illness, scale fixed
    // at 1. Estimates and robust standard errors of the independence and the exchangeable fit agree, as the covariates do not vary in time.
    // The digits are those of the package that the book uses, gee (4.13-25, R 4.2.2, tolerance 1e-10), on HSAUR3's data set "respiratory"
    // with the status at month 0 as the baseline, which the file equals row by row.
    [Fact]
    public void Respiratory_illness_of_the_handbook()
    {
        var frame = ReferenceCase.Frame("respiratory", "y ~ centre + treatment + gender + baseline + age", "subject", factors: ["centre"]);
        foreach (var structure in new[] { WorkingCorrelation.Independence, WorkingCorrelation.Exchangeable })
        {
            var fit = GeeFitter.Fit(frame, new GeeOptions { Family = Family.Binomial, FixedScale = 1, Correlation = structure });
            Same([0.67160, 1.29922, 0.11924, 1.88203, -0.01817], fit.Coefficients[1..], 5e-6);
            Same([0.35682, 0.35078, 0.44320, 0.35005, 0.01300], GeeInference.Of(fit, GeeVariance.Robust).StandardErrors().AsSpan(1), 5e-6);
        }

        var independence = GeeFitter.Fit(
            frame,
            new GeeOptions { Family = Family.Binomial, FixedScale = 1, Correlation = WorkingCorrelation.Independence });
        Same(
            [0.23957, 0.23684, 0.29467, 0.24129, 0.00886],
            GeeInference.Of(independence, GeeVariance.Model).StandardErrors().AsSpan(1),
            5e-6);
    }

    private static void Same(ReadOnlySpan<double> expected, ReadOnlySpan<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var j = 0; j < expected.Length; j++)
        {
            Assert.Equal(expected[j], actual[j], tolerance);
        }
    }
}
