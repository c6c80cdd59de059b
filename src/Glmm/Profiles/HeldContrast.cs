using MarginalConditional.Glmm.Likelihood;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Profiles;

/// <summary>A linear combination of the data's coefficients held at a value: a tie between the scaled coefficients.</summary>
internal sealed class HeldContrast : HeldParameter
{
    private readonly double[] data;
    private readonly double[] direction;
    private readonly double[] scaled;
    private readonly int pivot;
    private readonly IFixedScaling scaling;

    private HeldContrast(ProfiledFit fit, MarginalLikelihood likelihood, double[] weights)
        : base(likelihood, fit.Solution)
    {
        scaling = fit.Scaling;
        data = weights;
        direction = fit.Direction(weights);
        scaled = ScaledWeights();
        for (var j = 1; j < scaled.Length; j++)
        {
            pivot = Math.Abs(scaled[j]) > Math.Abs(scaled[pivot]) ? j : pivot;
        }
    }

    /// <summary>The combination of a fit's coefficients.</summary>
    /// <param name="fit">The fit.</param>
    /// <param name="weights">p weights, not all zero.</param>
    public static HeldContrast Of(ProfiledFit fit, double[] weights)
    {
        (fit, weights) = fit.Within(weights);
        var estimate = Dense.Dot(weights, fit.Fixed);
        var all = new double[fit.Solution.Parameters.Length];
        weights.CopyTo(all, 0);
        var error = fit.JointCovariance.IsEmpty ? double.NaN : Math.Sqrt(Dense.QuadraticForm(fit.JointCovariance, all));
        var likelihood = fit.Open();
        var (far, farUnits) = (fit.Tolerances.ProfileFar, fit.Tolerances.ProfileFarUnits);
        var held = new HeldContrast(fit, likelihood, weights)
        {
            Estimate = estimate,
            Error = error,
            Lowest = estimate - (far * error),
            Highest = estimate + (far * error),
        };

        // One standard deviation of a column is the unit. Without a standard error, or with an enormous one, coefficients are most often
        // separated: beyond them the likelihood is flat.
        var unit = Math.Abs(held.scaled[held.pivot]);
        return error > 0 && error < farUnits * unit
            ? held
            : new HeldContrast(fit, likelihood, weights)
            {
                Estimate = estimate,
                Error = unit,
                Lowest = estimate - (farUnits * unit),
                Highest = estimate + (farUnits * unit),
            };
    }

    /// <inheritdoc/>
    public override (AffineRestriction Likelihood, double[] Start) At(double value, double[] near)
    {
        var origin = new double[near.Length];
        origin[pivot] = value / scaled[pivot];
        var directions = new List<double[]>();
        for (var j = 0; j < near.Length; j++)
        {
            if (j != pivot)
            {
                var direction = AffineRestriction.Unit(near.Length, j);
                direction[pivot] = j < scaled.Length ? -scaled[j] / scaled[pivot] : 0;
                directions.Add(direction);
            }
        }

        return (new AffineRestriction(Likelihood, origin, directions), [.. near[..pivot], .. near[(pivot + 1)..]]);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Starts with the data's other coefficients as they are: far out, rows where the columns are 0 keep their predictors.
    /// </remarks>
    public override (AffineRestriction Likelihood, double[] Start) Again(double value)
    {
        var psi = (double[])Solution.Clone();
        var coefficients = new double[data.Length];
        scaling.ToData(psi.AsSpan(0, data.Length), coefficients);
        Dense.AddScaled((value - Estimate) / Dense.Dot(data, direction), direction, coefficients);
        scaling.FromData(coefficients, psi.AsSpan(0, data.Length));
        return At(value, psi);
    }

    // The same combination as weights of the scaled coefficients.
    private double[] ScaledWeights()
    {
        var weights = new double[data.Length];
        var image = new double[data.Length];
        for (var j = 0; j < weights.Length; j++)
        {
            scaling.ToData(AffineRestriction.Unit(weights.Length, j), image);
            weights[j] = Dense.Dot(data, image);
        }

        return weights;
    }
}
