using System.Globalization;

namespace MarginalConditional.Report.Gallery;

/// <summary>
/// Where the values of a variable stand on an axis: side by side, or where they are numbers at unequal distances, at these distances.
/// </summary>
internal sealed class MeanPlaces
{
    /// <summary>Numbers whose range has more least distances than this would stand over each other.</summary>
    private const double MostDistances = 60;

    /// <summary>Values that are drawn side by side leave room for a dozen.</summary>
    private const double Dozen = 12;

    private readonly Dictionary<string, double> places;

    private MeanPlaces(Dictionary<string, double> places)
    {
        this.places = places;
        Room = Math.Max(1, (places.Values.Max() - places.Values.Min()) / Dozen);
        Ticks = [.. places.Select(place => (place.Value, place.Key)).OrderBy(place => place.Value)];
    }

    /// <summary>The room of a value, in units of the axis; the least distance between two values is 1.</summary>
    public double Room { get; }

    /// <summary>The places with their values, from the left.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>Places values.</summary>
    /// <param name="values">The values, which may be repeated; at least one.</param>
    public static MeanPlaces Of(IEnumerable<string> values)
    {
        string[] distinct = [.. values.Distinct(StringComparer.Ordinal)];
        return new MeanPlaces(ByDistance(distinct)
            ?? distinct.Index().ToDictionary(value => value.Item, value => (double)value.Index, StringComparer.Ordinal));
    }

    /// <summary>The place of a value.</summary>
    public double At(string value) => places[value];

    /// <summary>Three numbers or more by their distances; null where they are none, or two are much nearer than the rest.</summary>
    private static Dictionary<string, double>? ByDistance(string[] values)
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (!double.TryParse(values[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
            {
                return null;
            }
        }

        double[] sorted = [.. numbers.Order()];
        var least = sorted.Zip(sorted.Skip(1), (one, next) => next - one).Append(double.PositiveInfinity).Min();
        return values.Length > 2 && least > 0 && sorted[^1] - sorted[0] <= MostDistances * least
            ? values.Index().ToDictionary(value => value.Item, value => (numbers[value.Index] - sorted[0]) / least, StringComparer.Ordinal)
            : null;
    }
}
