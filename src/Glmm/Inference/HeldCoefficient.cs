using MarginalConditional.Glmm.Likelihood;

namespace MarginalConditional.Glmm.Inference;

/// <summary>A coefficient of the data's columns held at a value: a tie between the scaled coefficients.</summary>
internal sealed class HeldCoefficient : HeldParameter
{
    private readonly int index;
    private readonly double[] weights;
    private readonly double scale;

    private HeldCoefficient(GlmmFit fit, int index)
        : base(fit.Maximum.Likelihood, fit.Maximum.Maximizer.Parameters, fit.Maximum.Maximizer.Value)
    {
        this.index = index;
        weights = fit.Model.Scaling.TieWeights(index, fit.ParameterCount, out scale);
    }

    /// <summary>The coefficient of a fit.</summary>
    public static HeldCoefficient Of(GlmmFit fit, int coefficient)
    {
        var estimate = fit.Coefficients[coefficient];
        var error = fit.StandardErrors[coefficient];
        error = error > 0 && double.IsFinite(error) ? error : 1;
        return new HeldCoefficient(fit, coefficient) { Estimate = estimate, Error = error, Lowest = estimate - (Far * error), Highest = estimate + (Far * error) };
    }

    /// <inheritdoc/>
    public override (AffineRestriction Likelihood, double[] Start) At(double value, double[] near)
    {
        var origin = new double[near.Length];
        origin[index] = scale * value;
        var directions = new List<double[]>();
        for (var j = 0; j < near.Length; j++)
        {
            if (j != index)
            {
                var direction = AffineRestriction.Unit(near.Length, j);
                direction[index] = weights[j];
                directions.Add(direction);
            }
        }

        return (new AffineRestriction(Likelihood, origin, directions), [.. near[..index], .. near[(index + 1)..]]);
    }
}
