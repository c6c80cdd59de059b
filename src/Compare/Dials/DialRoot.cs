namespace MarginalConditional.Compare.Dials;

/// <summary>Where a dial's curve changes its sign nearest to 0.</summary>
internal static class DialRoot
{
    private const int MostSteps = 60;
    private const double Precision = 1e-7;
    private const double Step = 1e-4;

    /// <summary>The zero nearest to 0, inside the grid; null where no cell of it has one, 0 where the curve is 0 there.</summary>
    /// <param name="places">The grid, ascending, with 0 in it.</param>
    /// <param name="values">The curve there; what is not a number is out of reach.</param>
    /// <param name="curve">The curve.</param>
    public static double? First(double[] places, double[] values, Func<double, double> curve)
    {
        double? nearest = null;
        for (var k = 1; k < places.Length; k++)
        {
            if (double.IsFinite(values[k - 1]) && double.IsFinite(values[k]) && (values[k - 1] < 0) != (values[k] < 0))
            {
                var inner = Math.Min(Math.Abs(places[k - 1]), Math.Abs(places[k]));
                if (nearest is null || inner < Math.Abs(nearest.Value))
                {
                    var root = Between(places[k - 1], places[k], values[k - 1], values[k], curve);
                    nearest = nearest is null || Math.Abs(root) < Math.Abs(nearest.Value) ? root : nearest;
                }
            }
        }

        return nearest;
    }

    /// <summary>Newton's method with the slope of a short step; outside the bracket, this is halved.</summary>
    private static double Between(double low, double high, double atLow, double atHigh, Func<double, double> curve)
    {
        var (width, rises) = (high - low, atHigh > atLow);
        var place = low + (width * (atLow / (atLow - atHigh)));
        for (var step = 0; step < MostSteps; step++)
        {
            var value = curve(place);
            if (value == 0 || !double.IsFinite(value))
            {
                break;
            }

            (low, high) = (value < 0) == rises ? (place, high) : (low, place);
            var slope = (curve(place + (Step * width)) - value) / (Step * width);
            var next = place - (value / slope);
            next = next > low && next < high ? next : low + ((high - low) / 2);
            var moved = Math.Abs(next - place);
            place = next;
            if (moved <= Precision * width)
            {
                break;
            }
        }

        return place;
    }
}
