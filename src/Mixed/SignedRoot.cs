namespace MarginalConditional.Mixed;

/// <summary>Finds where the signed root of a likelihood ratio, nearly linear and increasing, reaches plus or minus a cutoff.</summary>
/// <remarks>The root may be infinite beyond the values that are possible.</remarks>
public static class SignedRoot
{
    /// <summary>How near the cutoff, and how near each other as a share of their size, two values are the limit.</summary>
    public const double DefaultPrecision = 1e-6;

    /// <summary>Steps outwards until the cutoff is passed, then closes in by the Illinois rule.</summary>
    /// <param name="root">The signed root, 0 at the estimate.</param>
    /// <param name="estimate">Where it is 0.</param>
    /// <param name="step">The first step; its sign says which side.</param>
    /// <param name="cutoff">The size to reach.</param>
    /// <param name="limit">How far to go at most.</param>
    /// <param name="precision">The distance from the cutoff, and the relative distance of two values, at which the search ends.</param>
    /// <returns>The limit; not a number where the root is not a number on the way.</returns>
    public static double Solve(
        Func<double, double> root,
        double estimate,
        double step,
        double cutoff,
        double limit,
        double precision = DefaultPrecision)
    {
        var target = step < 0 ? -cutoff : cutoff;
        var (near, nearValue) = (estimate, -target);
        var far = Clamp(estimate + step, step, limit);
        var farValue = root(far) - target;
        for (var widening = 0; widening < 40 && farValue * nearValue > 0; widening++)
        {
            if (far == limit)
            {
                return limit;
            }

            (near, nearValue) = (far, farValue);
            step *= 1.6;
            far = Clamp(far + step, step, limit);
            farValue = root(far) - target;
        }

        if (double.IsNaN(farValue))
        {
            return double.NaN;
        }

        for (var iteration = 0; iteration < 60
            && Math.Abs(far - near) > precision * (Math.Abs(far) + Math.Abs(estimate - far)); iteration++)
        {
            var next = double.IsFinite(farValue) && double.IsFinite(nearValue)
                ? far - (farValue * (far - near) / (farValue - nearValue))
                : (far + near) / 2;
            var value = root(next) - target;
            if (double.IsNaN(value) || Math.Abs(value) < precision)
            {
                return double.IsNaN(value) ? double.NaN : next;
            }

            if (value * farValue < 0)
            {
                (near, nearValue) = (far, farValue);
            }
            else
            {
                nearValue /= 2;
            }

            (far, farValue) = (next, value);
        }

        return far;
    }

    private static double Clamp(double value, double step, double limit) => step < 0 ? Math.Max(value, limit) : Math.Min(value, limit);
}
