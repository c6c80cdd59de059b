using System.Text.Json;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary>The numbers of sandwich.R: clubSandwich 0.5.8 on fits by lme4 1.1.31 and nlme 3.1.162 under R 4.2.2.</summary>
/// <remarks>lme4 and nlme stop within 1e-6 of the maximum, which moves degrees of freedom by 1e-5.</remarks>
public sealed class SandwichGolden
{
    private const double Tolerance = 1e-5;

    /// <summary>
    /// clubSandwich's root of the same matrix is another one when V differs between
    /// clusters: its standard errors differ by half a per cent, its degrees of freedom less.
    /// </summary>
    private const double OtherRoot = 5e-3;

    [Theory]
    [InlineData("sleepstudy")]
    [InlineData("dietox")]
    [InlineData("orthodont_gaps")]
    public void Standard_errors_and_degrees_of_freedom_agree(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(ReferenceFiles.Beside("Lmm.Tests", "Inference", "sandwich.json")));
        var expected = document.RootElement
            .GetProperty("cases")
            .EnumerateArray()
            .Single(entry => entry.GetProperty("name").GetString() == name);
        var fit = Fit(name);
        Check(fit, SandwichCorrection.None, expected, "cr0", "df_cr0", Tolerance, Tolerance);
        Check(fit, SandwichCorrection.BiasReduced, expected, "cr2_whitened", "df_cr2", Tolerance, OtherRoot);
        Check(fit, SandwichCorrection.BiasReduced, expected, "cr2", "df_cr2", name == "sleepstudy" ? Tolerance : OtherRoot, OtherRoot);
        Check(fit, SandwichCorrection.Jackknife, expected, "cr3", "df_cr3", Tolerance, Tolerance);
    }

    /// <summary>Unbiased under the model: for complete data and one mean, CR2 is the variance of a mean of cluster means.</summary>
    [Fact]
    public void Bias_reduction_of_a_mean_divides_by_clusters_less_one()
    {
        var fit = LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ 1 + (1 | Subject)"), new LmmOptions());
        var plain = LmmReference.Robust.Of(fit).Table()[0].StandardError;
        var row = LmmReference.WithSandwich(SandwichCorrection.BiasReduced, moments: true).Of(fit).Table()[0];
        Relative.Equal(plain * Math.Sqrt(18.0 / 17), row.StandardError, 1e-9);
        Relative.Equal(17, row.DegreesOfFreedom!.Value, 1e-8);
    }

    [Fact]
    public void A_coefficient_that_one_cluster_determines_stays_finite()
    {
        var frame = LmmGolden.Frame("sleepstudy", "Reaction ~ Days + I(exp(-(Subject - 308)^2)) + (1 | Subject)");
        foreach (var correction in SandwichCorrection.All)
        {
            Assert.All(
                LmmReference.WithSandwich(correction, moments: true).Of(LmmFitter.Fit(frame, new LmmOptions())).Covariance.ToArray(),
                value => Assert.True(double.IsFinite(value)));
        }
    }

    private static void Check(
        LmmFit fit,
        SandwichCorrection correction,
        JsonElement expected,
        string errors,
        string degrees,
        double tolerance,
        double degreesTolerance)
    {
        var table = LmmReference.WithSandwich(correction, moments: true).Of(fit).Table();
        var (standardErrors, degreesOfFreedom) = (expected.Numbers(errors), expected.Numbers(degrees));
        for (var j = 0; j < standardErrors.Length; j++)
        {
            Relative.Equal(standardErrors[j], table[j].StandardError, tolerance);
            Relative.Equal(degreesOfFreedom[j], table[j].DegreesOfFreedom!.Value, degreesTolerance);
        }
    }

    private static LmmFit Fit(string name) => name switch
    {
        "sleepstudy" => LmmFitter.Fit(LmmGolden.Frame("sleepstudy", "Reaction ~ Days + (Days | Subject)"), new LmmOptions()),
        "dietox" => LmmFitter.Fit(LmmGolden.Frame("dietox", "Weight ~ Time + Cu + (Time | Pig)"), new LmmOptions()),
        _ => LmmFitter.Fit(Gaps(), new LmmOptions { Residual = ResidualStructure.FirstOrderAutoregression }),
    };

    private static ModelFrame Gaps() => ModelFrameBuilder.Build(
        DatasetReader.Read(ReferenceFiles.Beside("Lmm.Tests", "Inference", "orthodont_gaps.csv")),
        new FrameRequest { Formula = FormulaParser.Parse("distance ~ age * Sex"), Cluster = "Subject", Wave = "visit" });
}
