using MarginalConditional.Data.Coding;
using MarginalConditional.Lmm.Hierarchy;
using MarginalConditional.Mixed;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Lmm.Profiles;

/// <summary>The profile of one coefficient: with it held, the model is one without its column for a shifted outcome.</summary>
internal sealed class CoefficientProfile : ProfileCurve
{
    private readonly LmmFit full;
    private readonly int column;
    private readonly DesignMatrix smaller;
    private double[]? start;
    private double[] curvature = [];

    /// <summary>Prepares the profile.</summary>
    /// <param name="full">A fit by full likelihood.</param>
    /// <param name="column">The coefficient.</param>
    /// <param name="budget">What the searches may take.</param>
    public CoefficientProfile(LmmFit full, int column, ProfileBudget budget)
    {
        this.full = full;
        this.column = column;
        smaller = Without(full.Frame.Design, column);
        Budget = budget;
        Precision = full.Options.Tolerances.ProfilePrecision;
        Rise = full.Options.Tolerances.ProfileRise;
    }

    /// <inheritdoc/>
    public override double Estimate => full.Coefficients[column];

    /// <inheritdoc/>
    public override double Deviance(double value)
    {
        var frame = full.Frame;
        var response = frame.Response.ToArray();
        var x = frame.Design.Column(column);
        for (var i = 0; i < response.Length; i++)
        {
            response[i] -= value * x[i];
        }

        var likelihood = LmmFitter.Likelihood(frame.WithTerms(smaller, frame.RandomTerms), response, full.Options);
        likelihood.Budget = Budget;
        var result = LmmFitter.Minimize(likelihood, full.Options, start ?? likelihood.Data.Start(), ref curvature);

        // On the boundary the slope is gone: no place to begin the next search from.
        start = result.Status == ConvergenceStatus.Converged ? result.Theta : start;
        return (2 * full.LogLikelihood) + result.Value;
    }

    /// <inheritdoc/>
    protected override void Restart()
    {
        start = full.Convergence.Status == ConvergenceStatus.Converged ? full.Theta.ToArray() : null;
        curvature = [];
    }

    private static DesignMatrix Without(DesignMatrix design, int column)
    {
        var n = design.Rows;
        double[] values = [.. design.Values[..(column * n)], .. design.Values[((column + 1) * n)..]];
        return new DesignMatrix(
            n,
            [.. design.Names.Where((_, j) => j != column)],
            values,
            [.. design.Terms.Where((_, j) => j != column)]);
    }
}
