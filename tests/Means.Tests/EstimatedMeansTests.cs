using System.Globalization;
using System.Text;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Tables;
using MarginalConditional.Glmm;
using MarginalConditional.Glmm.Inference;
using MarginalConditional.Lmm;
using MarginalConditional.Lmm.Inference;
using MarginalConditional.Lmm.Residual;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Multiplicity;

namespace MarginalConditional.Means.Tests;

/// <summary>Means that can be had by hand.</summary>
public sealed class EstimatedMeansTests
{
    /// <summary>
    /// SAS PROC MIXED and pbkrtest agree on 25 degrees of freedom for a contrast between the sexes
    /// of Potthoff and Roy's children under an unstructured covariance: complete data, n − 2.
    /// </summary>
    [Fact]
    public void Differences_by_visit_are_those_of_two_samples_when_data_are_complete()
    {
        var frame = MeansFrames.Of("orthodont", "distance ~ Sex * factor(visit)", "Subject", wave: "visit");
        var fit = LmmFitter.Fit(frame, new LmmOptions { Residual = ResidualStructure.Unstructured });
        var means = EstimatedMeans.Of(
            FittedModel.Of(LmmReference.KenwardRoger.Of(fit)),
            new MeansRequest { Variables = ["Sex"], By = ["visit"], Pairs = PairChoice.Reverse });
        Assert.Equal(8, means.Means.Count);
        Assert.Equal(4, means.Pairs.Count);
        for (var visit = 0; visit < 4; visit++)
        {
            var male = Values(frame, visit, 1);
            var female = Values(frame, visit, 0);
            var difference = means.Pairs[visit].Own;
            Near(male.Average() - female.Average(), difference.Estimate, 1e-9);
            Near(25, difference.DegreesOfFreedom!.Value, 1e-6);
            var pooled = (SumOfSquares(male) + SumOfSquares(female)) / 25;
            Near(Math.Sqrt(pooled * ((1.0 / male.Length) + (1.0 / female.Length))), difference.StandardError, 1e-6);
        }
    }

    /// <summary>A fit without standard errors has slopes all the same: their steps are not taken from errors that are not there.</summary>
    [Fact]
    public void Slopes_of_a_fit_without_standard_errors_are_numbers()
    {
        var rows = Enumerable.Range(0, 44).Select(i => FormattableString.Invariant(
            $"{1e14 * Math.Sin(2.3 * i * i):F1},{Math.Abs(Math.Sin(1.7 * i)):F4},{i % 5},{i % 6}"));
        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read("flat.csv", Encoding.UTF8.GetBytes("y,x,t,id\n" + string.Join('\n', rows) + "\n")),
            new FrameRequest { Formula = FormulaParser.Parse("y ~ I(x >= 0.5) + factor(t) + (0 + x | id)") });
        var fit = GlmmFitter.Fit(frame, new GlmmOptions { Family = Family.Gaussian, Link = Link.Log });
        Assert.True(double.IsNaN(GlmmInference.Of(fit).Table()[0].StandardError));
        var means = EstimatedMeans.Of(
            FittedModel.Of(GlmmInference.Of(fit)), new MeansRequest { Slope = "x", Scale = MeanScale.Response });
        var slope = Assert.Single(means.Slopes).Estimate;
        Assert.True(double.IsFinite(slope.Estimate));
        Assert.True(double.IsNaN(slope.StandardError));
    }

    /// <summary>
    /// A group with an empty cell has no comparison that could be tested: Tukey's allowance for its pairs, which there are none of, leaves
    /// the other group's as it is.
    /// </summary>
    [Fact]
    public void A_group_without_a_comparison_that_can_be_tested_has_nothing_to_allow_for()
    {
        var text = new StringBuilder("y,a,b,id\n");
        for (var i = 0; i < 40; i++)
        {
            var (a, b) = (i % 2 == 0 ? "p" : "q", i % 4 < 2 || i % 2 == 1 ? "u" : "v");
            text.Append(CultureInfo.InvariantCulture, $"{i * 7 % 11},{a},{b},{i / 4}\n");
        }

        var frame = ModelFrameBuilder.Build(
            DatasetReader.Read("cells", Encoding.UTF8.GetBytes(text.ToString())),
            new FrameRequest { Formula = FormulaParser.Parse("y ~ a * b + (1 | id)") });
        var means = EstimatedMeans.Of(
            FittedModel.Of(LmmReference.Satterthwaite.Of(LmmFitter.Fit(frame, new LmmOptions()))),
            new MeansRequest { Variables = ["b"], By = ["a"], Pairs = PairChoice.Reverse, Adjustment = Adjustment.Tukey });
        var (full, empty) = (means.Pairs[0], means.Pairs[1]);
        Assert.Equal(("p", "q"), (full.At[0].Value, empty.At[0].Value));
        Assert.Equal(full.Own.PValue, full.Adjusted, 1e-12);
        Assert.False(empty.IsEstimable);
        Assert.True(double.IsNaN(empty.Adjusted) && double.IsNaN(empty.Lower) && double.IsNaN(empty.Upper));
    }

    private static void Near(double expected, double actual, double tolerance) => Assert.Equal(1, actual / expected, tolerance);

    private static double[] Values(ModelFrame frame, int visit, int male) =>
        [.. Enumerable.Range(0, frame.Rows)
            .Where(i => frame.Waves[i] == visit && frame.Design.Column(1)[i] == male)
            .Select(i => frame.Response[i])];

    private static double SumOfSquares(double[] values) => values.Sum(value => (value - values.Average()) * (value - values.Average()));
}
