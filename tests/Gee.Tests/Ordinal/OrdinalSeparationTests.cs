using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Gee.Ordinal;
using MarginalConditional.Gee.Tests.Support;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Tests.Ordinal;

/// <summary>Ordered outcomes that a column separates, and coefficients by threshold that would cross.</summary>
public class OrdinalSeparationTests
{
    /// <summary>How far out the limit is looked at: beyond, F(θ) and 1 are the same number.</summary>
    private const double Far = 18;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Finite_coefficients_solve_the_equations_with_the_others_far_out(bool exchangeable)
    {
        var frame = Separated();
        var correlation = exchangeable ? WorkingCorrelation.Exchangeable : WorkingCorrelation.Independence;
        var options = new OrdinalGeeOptions { Correlation = correlation, Moments = MomentConvention.Geepack };
        var fit = OrdinalGeeFitter.Fit(frame, options);
        Assert.Equal(ConvergenceStatus.Separation, fit.Indicators.Convergence.Status);
        var limits = fit.Indicators.Coefficients.ToArray();
        Assert.Equal([false, true, true, false], limits.Select(double.IsPositiveInfinity));
        Assert.Contains("180 cumulative probabilities of 360", fit.Indicators.Convergence.Message, StringComparison.Ordinal);

        // The second threshold and the arm grow together: their difference is what the arm's rows estimate.
        var finite = fit.Indicators.Finite!;
        Assert.Equal(["1|2", "2|3", "x"], finite.Frame.Design.Names);
        double[] at = [finite.Coefficients[0], Far + finite.Coefficients[1], Far, finite.Coefficients[2]];
        var alpha = exchangeable ? fit.Indicators.Correlation.Alpha[0] : 0;
        var twin = new OrdinalTwin(fit, (_, _) => alpha, at);
        foreach (var j in (int[])[0, 3])
        {
            Assert.InRange(Math.Abs(twin.Score[j, 0]) / Math.Sqrt(twin.Information[j, j]), 0, 1e-5);
        }

        var errors = GeeInference.Of(fit.Indicators, GeeVariance.KauermannCarroll).StandardErrors();
        Assert.Equal([true, false, false, true], errors.Select(double.IsFinite));
    }

    [Fact]
    public void A_step_across_thresholds_is_refused_with_the_row_that_forbids_it()
    {
        var frame = OrdinalSample.Create(6, 2, clusters: 40);
        var x = frame.Design.Column(2).ToArray();
        var outcomes = frame.Response.ToArray();
        for (var row = 0; row < outcomes.Length; row++)
        {
            // The middle category goes as x rises, so that the line of its upper threshold comes down on that of the lower one.
            outcomes[row] = x[row] < 0 ? row % 8 == 0 ? row % 3 : 1 : row % 2 * 2;
        }

        var fit = OrdinalGeeFitter.Fit(frame.WithResponse(outcomes), new OrdinalGeeOptions { Nominal = [2] });
        Assert.Equal(ConvergenceStatus.StepFailure, fit.Indicators.Convergence.Status);
        Assert.Matches(@"in row \d+ of the data a category would have a negative probability", fit.Indicators.Convergence.Message);
        Assert.True(OrdinalGeeFitter.Fit(frame.WithResponse(outcomes), new OrdinalGeeOptions()).Indicators.Convergence.Converged);
    }

    /// <summary>The arm's outcomes are in the two upper categories, all others in the two lower ones.</summary>
    private static ModelFrame Separated()
    {
        var frame = OrdinalSample.Create(21, 2, clusters: 60, waves: 3, keep: 1);
        var arm = frame.Design.Column(1).ToArray();
        return frame.WithResponse([.. frame.Response.ToArray().Select((outcome, row) => arm[row] + (outcome > 0.5 ? 1 : 0))]);
    }
}
