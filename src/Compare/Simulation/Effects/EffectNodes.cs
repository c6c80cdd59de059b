namespace MarginalConditional.Compare.Simulation.Effects;

/// <summary>A discrete distribution that stands for the law of a random effect in integrals.</summary>
public sealed class EffectNodes
{
    private readonly double[] points;
    private readonly double[] weights;

    /// <summary>Copies points and weights; the weights are divided by their sum.</summary>
    public EffectNodes(double[] points, double[] weights)
    {
        ArgumentNullException.ThrowIfNull(points);
        ArgumentNullException.ThrowIfNull(weights);
        if (points.Length != weights.Length)
        {
            throw new ArgumentException("There must be one weight for every point.", nameof(weights));
        }

        this.points = [.. points];
        var sum = weights.Sum();
        this.weights = [.. weights.Select(weight => weight / sum)];
    }

    /// <summary>No effect at all.</summary>
    public static EffectNodes Zero { get; } = new([0], [1]);

    /// <summary>b, ascending.</summary>
    public ReadOnlySpan<double> Points => points;

    /// <summary>w, as many as points; their sum is 1.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>Σ w f(b).</summary>
    public double Expect(Func<double, double> function)
    {
        ArgumentNullException.ThrowIfNull(function);
        var sum = 0.0;
        for (var k = 0; k < points.Length; k++)
        {
            sum += weights[k] * function(points[k]);
        }

        return sum;
    }

    /// <summary>The trapezoidal rule for a density on a grid, in the variable u with b = point(u).</summary>
    /// <param name="from">First u.</param>
    /// <param name="to">Last u.</param>
    /// <param name="step">Distance of the grid.</param>
    /// <param name="pointAndWeight">b and the density of u, up to a constant.</param>
    internal static EffectNodes Trapezoid(double from, double to, double step, Func<double, (double Point, double Weight)> pointAndWeight)
    {
        var count = (int)Math.Ceiling((to - from) / step) + 1;
        var grid = new double[count];
        var densities = new double[count];
        for (var k = 0; k < count; k++)
        {
            (grid[k], densities[k]) = pointAndWeight(from + (k * step));
        }

        return new EffectNodes(grid, densities);
    }
}
