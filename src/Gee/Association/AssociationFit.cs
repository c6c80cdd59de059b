using MarginalConditional.Data.Frames;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Gee.Association;

/// <summary>Marginal means of binary outcomes and their pairwise log odds ratios, with robust standard errors of both. Immutable.</summary>
public sealed class AssociationFit
{
    private readonly double[] coefficients;
    private readonly double[] logOddsRatios;
    private readonly double[] covariance;
    private readonly double[] logOddsRatioCovariance;
    private readonly IReadOnlyList<string> names;

    internal AssociationFit(
        ModelFrame frame,
        IReadOnlyList<string> names,
        (double[] Estimates, double[] Covariance) means,
        (double[] Estimates, double[] Covariance) pairs,
        Convergence convergence)
    {
        Frame = frame;
        this.names = names;
        (coefficients, covariance) = means;
        (logOddsRatios, logOddsRatioCovariance) = pairs;
        Convergence = convergence;
    }

    /// <summary>The rows fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>β̂ of the means, p values (link scale).</summary>
    public ReadOnlySpan<double> Coefficients => coefficients;

    /// <summary>α̂ of the log odds ratio, q values.</summary>
    public ReadOnlySpan<double> LogOddsRatios => logOddsRatios;

    /// <summary>The robust covariance of β̂, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>The robust covariance of α̂, q×q; it accounts for the estimation of β.</summary>
    public ReadOnlySpan<double> LogOddsRatioCovariance => logOddsRatioCovariance;

    /// <summary>How the iteration ended.</summary>
    public Convergence Convergence { get; }

    /// <summary>The coefficients of the means with tests and intervals.</summary>
    /// <param name="level">The confidence level, in (0, 1). Default: 0.95.</param>
    public CoefficientTable CoefficientTable(double level = 0.95) =>
        new(Frame.Design.Names, coefficients, Sandwich.StandardErrors(covariance), [], level);

    /// <summary>The coefficients of the log odds ratio with tests and intervals.</summary>
    /// <param name="level">The confidence level, in (0, 1). Default: 0.95.</param>
    public CoefficientTable LogOddsRatioTable(double level = 0.95) =>
        new(names, logOddsRatios, Sandwich.StandardErrors(logOddsRatioCovariance), [], level);

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() =>
        $"GEE with odds ratios of {Frame.ResponseName}: {logOddsRatios.Length} of association; {Frame}; {Convergence}";
}
