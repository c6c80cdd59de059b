namespace MarginalConditional.Data.Coding;

/// <summary>B-splines on given knots: the values and derivatives of every basis function at a point.</summary>
/// <remarks>
/// The recursion of Cox and de Boor (De Boor 1978, chapter X), intervals closed on the left and the last one on both sides.
/// Beyond the boundary the polynomials of the first and last interval go on.
/// </remarks>
internal sealed class SplineBasis
{
    private readonly double[] knots;
    private readonly int order;

    /// <summary>Places the knots.</summary>
    /// <param name="lower">The lower boundary.</param>
    /// <param name="interior">The knots between the boundaries, ascending.</param>
    /// <param name="upper">The upper boundary.</param>
    /// <param name="order">The degree and one more.</param>
    internal SplineBasis(double lower, ReadOnlySpan<double> interior, double upper, int order)
    {
        this.order = order;
        var first = Enumerable.Repeat(lower, order);
        knots = [.. first, .. interior, .. Enumerable.Repeat(upper, order)];
    }

    /// <summary>The number of basis functions.</summary>
    internal int Count => knots.Length - order;

    /// <summary>Computes every function's derivative of some order, 0 for its value.</summary>
    internal void Evaluate(double x, int derivative, Span<double> destination)
    {
        var interval = Interval(x);
        for (var i = 0; i < destination.Length; i++)
        {
            destination[i] = Value(i, order, x, interval, derivative);
        }
    }

    private int Interval(double x)
    {
        var interval = order - 1;
        for (var i = order; i < Count; i++)
        {
            interval = knots[i] <= x && knots[i] < knots[i + 1] ? i : interval;
        }

        return interval;
    }

    private double Value(int i, int degreeAndOne, double x, int interval, int derivative)
    {
        if (i > interval || i + degreeAndOne <= interval)
        {
            return 0;
        }

        if (degreeAndOne == 1)
        {
            return derivative == 0 ? 1 : 0;
        }

        var (left, right) = (knots[i + degreeAndOne - 1] - knots[i], knots[i + degreeAndOne] - knots[i + 1]);
        var lower = derivative > 0 ? derivative - 1 : 0;
        var first = left > 0 ? Value(i, degreeAndOne - 1, x, interval, lower) / left : 0;
        var second = right > 0 ? Value(i + 1, degreeAndOne - 1, x, interval, lower) / right : 0;
        return derivative > 0
            ? (degreeAndOne - 1) * (first - second)
            : ((x - knots[i]) * first) + ((knots[i + degreeAndOne] - x) * second);
    }
}
