using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;

namespace MarginalConditional.Lmm.Tests.Inference;

/// <summary>FEV1 ~ ARMCD of mmrm's trial, whose patients missed visits.</summary>
public sealed class CovarianceInformationTests
{
    /// <summary>
    /// SAS's PROC MIXED with ddfm=kenwardroger, as mmrm's tests print it (tests/testthat/test-kenwardroger.R); mmrm has the same degrees of
    /// freedom. SAS parametrizes compound symmetry, Toeplitz and the unstructured covariance by covariances, as is done here.
    /// </summary>
    [Theory]
    [InlineData("ar1", 0.95865439662225, 188.46934887972)]
    [InlineData("ar1h", 0.7590316099633, 188.225339095373)]
    [InlineData("cs", 0.7964696053595, 177.038485931223)]
    [InlineData("csh", 0.67414806011886, 190.737701349941)]
    [InlineData("toep", 0.87839805519623, 160.027408337368)]
    [InlineData("toeph", 0.72543828853831, 180.062730071701)]
    [InlineData("un", 0.66124382270307, 160.733266403768)]
    public void Observed_information_is_the_default_with_residual_structures(string structure, double error, double degrees)
    {
        var inference = LmmReference.KenwardRoger.Of(Fit(structure));
        Assert.Equal(CovarianceInformation.Observed, inference.Information);
        Relative.Equal(error, inference.Table()[1].StandardError, 1e-4);
        Relative.Equal(degrees, inference.Table()[1].DegreesOfFreedom!.Value, 4e-4);
    }

    [Theory]
    [InlineData("ar1", 220.513)]
    [InlineData("cs", 175.936)]
    [InlineData("un", 170.917)]
    public void Expected_information_can_be_asked_for(string structure, double degrees)
    {
        var inference = LmmReference.KenwardRogerBy(CovarianceInformation.Expected).Of(Fit(structure));
        Assert.Equal(CovarianceInformation.Expected, inference.Information);
        Relative.Equal(degrees, inference.Table()[1].DegreesOfFreedom!.Value, 1e-5);
    }

    /// <summary>A random intercept is compound symmetry by another name: only the default differs.</summary>
    [Fact]
    public void Expected_information_is_the_default_for_random_effects_alone()
    {
        var fit = LmmFitter.Fit(
            ModelFrameBuilder.Build(Data, new FrameRequest { Formula = FormulaParser.Parse("FEV1 ~ ARMCD + (1 | USUBJID)") }),
            new LmmOptions());
        var inference = LmmReference.KenwardRoger.Of(fit);
        Assert.Equal(CovarianceInformation.Expected, inference.Information);
        Relative.Equal(175.936, inference.Table()[1].DegreesOfFreedom!.Value, 1e-5);
        var observed = LmmReference.KenwardRogerBy(CovarianceInformation.Observed).Of(fit).Table()[1];
        Relative.Equal(177.038485931223, observed.DegreesOfFreedom!.Value, 1e-5);
        Relative.Equal(0.7964696053595, observed.StandardError, 1e-5);
    }

    /// <summary>Where an effect does not vary its variance is on the boundary: the directions that are left count.</summary>
    [Fact]
    public void The_boundary_leaves_finite_degrees_of_freedom()
    {
        var fit = LmmFitter.Fit(LinearFrames.Crossed(171, 12, 6), new LmmOptions());
        Assert.Contains(0.0, fit.Theta.ToArray());
        var degrees = LmmReference.KenwardRogerBy(CovarianceInformation.Observed).Of(fit).Table()[1].DegreesOfFreedom;
        Assert.InRange(degrees!.Value, 5, fit.Frame.Rows);
    }

    [Fact]
    public void Names_are_those_of_the_command_line()
    {
        Assert.True(CovarianceInformation.TryParse("observed", out var observed) && observed == CovarianceInformation.Observed);
        Assert.False(CovarianceInformation.TryParse("average", out _));
        Assert.Equal("expected", CovarianceInformation.Expected.ToString());
        Assert.Null(LmmReference.Satterthwaite.Of(Fit("cs")).Information);
    }

    private static Dataset Data => DatasetReader.Read(ReferenceFiles.Beside("Lmm.Tests", "Strangers", "fev.csv"));

    private static LmmFit Fit(string structure)
    {
        Assert.True(ResidualStructure.TryParse(structure, out var residual));
        return LmmFitter.Fit(
            ModelFrameBuilder.Build(
                Data,
                new FrameRequest { Formula = FormulaParser.Parse("FEV1 ~ ARMCD"), Cluster = "USUBJID", Wave = "AVISIT" }),
            new LmmOptions { Residual = residual });
    }
}
