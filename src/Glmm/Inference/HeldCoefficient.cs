using MarginalConditional.Glmm.Likelihood;

namespace MarginalConditional.Glmm.Inference;

/// <summary>A coefficient of the data's columns held at a value: a tie between the scaled coefficients.</summary>
internal sealed class HeldCoefficient : HeldParameter
{
    private const double FlatUnits = 40;

    private readonly int index;
    private readonly double[] weights;
    private readonly double scale;
    private readonly ColumnScaling scaling;

    private HeldCoefficient(GlmmFit fit, int index)
        : base(fit.Maximum.Likelihood, fit.Maximum.Maximizer.Parameters, fit.Maximum.Maximizer.Value)
    {
        this.index = index;
        scaling = fit.Model.Scaling;
        weights = scaling.TieWeights(index, fit.ParameterCount, out scale);
    }

    /// <summary>The coefficient of a fit.</summary>
    public static HeldCoefficient Of(GlmmFit fit, int coefficient)
    {
        var estimate = fit.Coefficients[coefficient];
        var error = fit.StandardErrors[coefficient];
        var held = new HeldCoefficient(fit, coefficient) { Estimate = estimate, Error = error, Lowest = estimate - (Far * error), Highest = estimate + (Far * error) };

        // One standard deviation of the column is the unit. A coefficient with no standard error, or an enormous one, is most often separated: beyond it the likelihood is flat.
        var unit = 1 / Math.Abs(held.scale);
        return error > 0 && error < FlatUnits * unit
            ? held
            : new HeldCoefficient(fit, coefficient) { Estimate = estimate, Error = unit, Lowest = estimate - (FlatUnits * unit), Highest = estimate + (FlatUnits * unit) };
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

    /// <inheritdoc/>
    /// <remarks>Starts with the data's other coefficients as they are: far out, rows where the column is 0 keep their predictors.</remarks>
    public override (AffineRestriction Likelihood, double[] Start) Again(double value)
    {
        var psi = (double[])Solution.Clone();
        var coefficients = new double[scaling.Columns];
        scaling.ToData(psi.AsSpan(0, coefficients.Length), coefficients);
        coefficients[index] = value;
        scaling.FromData(coefficients, psi.AsSpan(0, coefficients.Length));
        return At(value, psi);
    }
}
