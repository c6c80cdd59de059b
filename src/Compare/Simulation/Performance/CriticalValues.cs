using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Simulation.Performance;

/// <summary>Quantiles of intervals of one level, each found once.</summary>
/// <param name="level">The level, in (0, 1).</param>
internal sealed class CriticalValues(double level)
{
    private readonly Dictionary<double, double> known = [];

    /// <summary>That of degrees of freedom, infinite ones being the normal's.</summary>
    public double Of(double degreesOfFreedom)
    {
        if (!known.TryGetValue(degreesOfFreedom, out var value))
        {
            value = Coefficient.CriticalValue(level, double.IsPositiveInfinity(degreesOfFreedom) ? null : degreesOfFreedom);
            known.Add(degreesOfFreedom, value);
        }

        return value;
    }
}
