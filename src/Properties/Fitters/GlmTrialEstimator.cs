using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Properties.Estimators;
using MarginalConditional.Properties.Trials;
using MarginalConditional.Statistics.Families;

namespace MarginalConditional.Properties.Fitters;

/// <summary>
/// The generalized linear model of this library, estimating equations under independence with robust standard errors, as laws see it.
/// </summary>
/// <remarks>Its log-likelihood is that of binomial and Poisson outcomes, and of Gaussian and gamma ones of dispersion 1.</remarks>
public sealed class GlmTrialEstimator : GeeTrialEstimator, IWeightedEstimator, ILikelihoodEstimator
{
    /// <summary>Independence.</summary>
    public GlmTrialEstimator() => Correlation = WorkingCorrelation.Independence;

    /// <inheritdoc/>
    public override string Name => "glm, robust";

    /// <inheritdoc/>
    public double[]? Parameters(TrialData trial)
    {
        var fit = Fit(TrialFrame.Of(trial), 1);
        return IsUsable(fit) ? fit.Coefficients.ToArray() : null;
    }

    /// <inheritdoc/>
    public double LogLikelihood(TrialData trial, ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var frame = TrialFrame.Of(trial);
        var (family, link) = (Model.Family, Model.EffectiveLink);
        var eta = new double[frame.Rows];
        LinearPredictor.Of(frame, parameters, eta);
        gradient.Clear();
        var sum = 0.0;
        for (var row = 0; row < frame.Rows; row++)
        {
            var (mean, weight) = (link.Mean(eta[row]), frame.WeightTimesTrials(row));
            sum += weight * family.LogDensity(frame.Response[row], mean, 1, 1);
            var slope = weight * (frame.Response[row] - mean) * link.Derivative(eta[row]) / family.Variance(mean);
            for (var j = 0; j < gradient.Length; j++)
            {
                gradient[j] += slope * frame.Design.Column(j)[row];
            }
        }

        return sum;
    }
}
