using MarginalConditional.Data.Coding;
using MarginalConditional.Means.Models;

namespace MarginalConditional.Means.Grids;

/// <summary>What each combination of the factors averaged over counts in a row of a table of means.</summary>
internal sealed class CellWeights
{
    private readonly ReferenceGrid grid;
    private readonly MeanWeighting weighting;
    private readonly int shown;
    private readonly int[] factors;
    private readonly int[][] places;
    private readonly double[] counts;
    private readonly List<(int Factor, int[] Outer, HashSet<string> Seen)> nests = [];

    /// <summary>Counts the rows.</summary>
    /// <param name="model">The fit.</param>
    /// <param name="grid">The grid; the axes that tell rows apart come first.</param>
    /// <param name="shown">How many axes tell rows apart.</param>
    /// <param name="weighting">How the others are weighted.</param>
    public CellWeights(FittedModel model, ReferenceGrid grid, int shown, MeanWeighting weighting)
    {
        this.grid = grid;
        this.weighting = weighting;
        this.shown = shown;
        factors = [.. Enumerable.Range(0, grid.Axes.Count).Where(axis => grid.Axes[axis].IsFactor)];
        places = [.. factors.Select(axis => model.Recipe.PlacesOn(grid.Axes[axis]))];
        counts = model.Frame.Weights.IsEmpty ? [.. Enumerable.Repeat(1.0, model.Frame.Rows)] : model.Frame.Weights.ToArray();
        string[] names = [.. factors.Select(axis => grid.Axes[axis].Variable)];
        foreach (var (name, around) in FactorNests.Of(model.Recipe, names))
        {
            int[] outer = [.. around.Select(other => Array.IndexOf(names, other))];
            var nest = (Factor: Array.IndexOf(names, name), outer, new HashSet<string>(StringComparer.Ordinal));
            for (var row = 0; row < counts.Length; row++)
            {
                nest.Item3.Add(Key([.. outer.Append(nest.Factor).Select(factor => places[factor][row])]));
            }

            nests.Add(nest);
        }
    }

    /// <summary>The weights of some cells, which add up to 1; empty when nothing of theirs was seen.</summary>
    /// <param name="cells">The cells of one row of the table.</param>
    public IReadOnlyList<(int Cell, double Weight)> Of(IReadOnlyList<int> cells)
    {
        var weights = new double[cells.Count];
        double[]? seen = weighting == MeanWeighting.Cells || weighting == MeanWeighting.Proportional ? Frequencies(cells) : null;
        for (var c = 0; c < cells.Count; c++)
        {
            weights[c] = Nested(cells[c])
                * (seen is not null ? seen[c] : weighting == MeanWeighting.Outer ? OuterFrequency(cells[c]) : Share(cells[c]));
        }

        var sum = weights.Sum();
        return sum > 0 ? [.. cells.Select((cell, c) => (cell, weights[c] / sum)).Where(pair => pair.Item2 > 0)] : [];
    }

    private IEnumerable<int> Averaged => Enumerable.Range(0, factors.Length).Where(factor => factors[factor] >= shown);

    /// <summary>How often each cell's combination was seen: among all rows, or among those of the table's own row.</summary>
    private double[] Frequencies(IReadOnlyList<int> cells)
    {
        int[] compared = weighting == MeanWeighting.Cells ? [.. Enumerable.Range(0, factors.Length)] : [.. Averaged];
        var found = new Dictionary<string, double>(StringComparer.Ordinal);
        for (var row = 0; row < counts.Length; row++)
        {
            var key = Key([.. compared.Select(factor => places[factor][row])]);
            found[key] = found.GetValueOrDefault(key) + counts[row];
        }

        return [.. cells.Select(cell => found.GetValueOrDefault(Key([.. compared.Select(factor => PlaceOf(cell, factor))])))];
    }

    private double OuterFrequency(int cell)
    {
        var product = 1.0;
        foreach (var factor in Averaged)
        {
            var place = PlaceOf(cell, factor);
            var sum = 0.0;
            for (var row = 0; row < counts.Length; row++)
            {
                sum += places[factor][row] == place ? counts[row] : 0;
            }

            product *= sum;
        }

        return product;
    }

    /// <summary>One part of as many as a nested factor has levels in its nest; 1 for factors that are crossed.</summary>
    private double Share(int cell)
    {
        var share = 1.0;
        foreach (var (factor, outer, seen) in nests.Where(nest => factors[nest.Factor] >= shown))
        {
            int[] around = [.. outer.Select(other => PlaceOf(cell, other))];
            var levels = Enumerable.Range(0, grid.Axes[factors[factor]].Labels.Count)
                .Count(level => seen.Contains(Key([.. around, level])));
            share /= Math.Max(1, levels);
        }

        return share;
    }

    private double Nested(int cell) => nests.All(nest =>
        nest.Seen.Contains(Key([.. nest.Outer.Append(nest.Factor).Select(factor => PlaceOf(cell, factor))]))) ? 1 : 0;

    private int PlaceOf(int cell, int factor) => grid.Place(cell, factors[factor]);

    private static string Key(int[] codes) => string.Join(',', codes);
}
