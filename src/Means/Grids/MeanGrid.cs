using MarginalConditional.Data;
using MarginalConditional.Data.Coding;
using MarginalConditional.Means.Models;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Means.Grids;

/// <summary>The reference grid of a request, and the rows of its table.</summary>
internal sealed class MeanGrid
{
    private readonly FittedModel model;
    private readonly List<double[]> cellRows;
    private readonly IReadOnlyList<IReadOnlyList<double[]>> cellEffects;
    private readonly List<double[]> cellZeros;

    /// <summary>Lays the grid out.</summary>
    /// <param name="model">The fit.</param>
    /// <param name="request">What is asked.</param>
    /// <exception cref="InputException">A variable or value is not of the model.</exception>
    public MeanGrid(FittedModel model, MeansRequest request)
    {
        this.model = model;
        var recipe = model.Recipe;
        Require(request, recipe);
        var several = request.At.Where(at => at.Values.Count > 1).Select(at => at.Variable);
        By = [.. request.By, .. several.Except(request.Variables.Concat(request.By), StringComparer.Ordinal)];
        string[] named = [.. request.Variables, .. By];
        GridAxis[] axes =
        [
            .. named.Select(name => At(request, recipe, name) ?? recipe.AxisOfAllValues(name)),
            .. recipe.GridVariables.Except(named, StringComparer.Ordinal).Select(name => At(request, recipe, name) ?? recipe.AxisOf(name)),
        ];
        Grid = ReferenceGrid.Of(recipe, axes);
        cellRows = [.. Enumerable.Range(0, Grid.Cells).Select(Grid.Row)];
        cellEffects = [.. Enumerable.Range(0, model.Frame.RandomTerms.Count)
            .Select(term => (IReadOnlyList<double[]>)[.. Enumerable.Range(0, Grid.Cells).Select(cell => Grid.RandomRow(term, cell))])];
        cellZeros = [.. Enumerable.Range(0, Grid.Cells).Select(Grid.InflationRow)];
        Offset = request.Offset ?? (model.Frame.Offset.IsEmpty ? 0 : SpanMath.Average(model.Frame.Offset));
        Rows = TableRows(request, named.Length, out var groups);
        Groups = groups;
    }

    /// <summary>The grid.</summary>
    public ReferenceGrid Grid { get; }

    /// <summary>The variables within whose values means are compared, those that take several values by request included.</summary>
    public IReadOnlyList<string> By { get; }

    /// <summary>The rows of the table.</summary>
    public IReadOnlyList<MeanRow> Rows { get; }

    /// <summary>The combinations of <see cref="By"/>.</summary>
    public IReadOnlyList<IReadOnlyList<(string Variable, string Value)>> Groups { get; }

    /// <summary>The offset of every mean.</summary>
    public double Offset { get; }

    /// <summary>The row of a table of means in all columns.</summary>
    public double[] Full(MeanRow row) => row.Average(cellRows);

    /// <summary>The same for the slope in a covariate.</summary>
    public double[] FullSlope(MeanRow row, string variable) => row.Average(Grid.Slopes(variable));

    /// <summary>The points that a row averages, with their weights; null when one of them is not estimable.</summary>
    public IReadOnlyList<(MeanPoint Point, double Weight)>? Points(MeanRow row)
    {
        var points = new List<(MeanPoint, double)>();
        foreach (var (cell, weight) in row.Weights)
        {
            if (Kept(cellRows[cell]) is not { } kept || KeptZeros(cellZeros[cell]) is not { } zeros)
            {
                return null;
            }

            points.Add((new MeanPoint(kept, Offset, [.. cellEffects.Select(term => term[cell])]) { Inflation = zeros }, weight));
        }

        return points;
    }

    /// <summary>The directions in which the points of a row move with a covariate.</summary>
    public IReadOnlyList<MeanPoint>? Directions(MeanRow row, string variable)
    {
        var slopes = Grid.Slopes(variable);
        var effects = Enumerable.Range(0, cellEffects.Count).Select(term => Grid.RandomSlopes(term, variable)).ToArray();
        var zeroSlopes = Grid.InflationSlopes(variable);
        var directions = new List<MeanPoint>();
        foreach (var (cell, _) in row.Weights)
        {
            if (Kept(slopes[cell]) is not { } kept || KeptZeros(zeroSlopes[cell]) is not { } zeros)
            {
                return null;
            }

            directions.Add(new MeanPoint(kept, 0, [.. effects.Select(term => term[cell])]) { Inflation = zeros });
        }

        return directions;
    }

    /// <summary>The weights of the fitted columns; null when the combination is not estimable.</summary>
    public double[]? Kept(double[] full) => Kept(model.Recipe, full);

    /// <summary>The average over a row of the rows of the log odds of excess zeros; null when it is not estimable.</summary>
    public double[]? Zeros(MeanRow row) => KeptZeros(row.Average(cellZeros));

    private double[]? KeptZeros(double[] full) => model.Recipe.Inflation is { } recipe ? Kept(recipe, full) : [];

    private static double[]? Kept(DesignRecipe recipe, double[] full) => recipe.MissingColumn(full) is null ? recipe.Kept(full) : null;

    private static GridAxis? At(MeansRequest request, DesignRecipe recipe, string variable)
    {
        foreach (var (name, values) in request.At)
        {
            if (name == variable)
            {
                return recipe.AxisAt(name, values);
            }
        }

        return null;
    }

    private static void Require(MeansRequest request, DesignRecipe recipe)
    {
        foreach (var name in request.Variables.Concat(request.By).Concat(request.At.Select(at => at.Variable)))
        {
            if (!recipe.GridVariables.Contains(name, StringComparer.Ordinal))
            {
                _ = recipe.AxisOf(name);
            }
        }

        if (request.Variables.Concat(request.By).GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)
            is { } twice)
        {
            throw new InputException($"{twice.Key} stands twice among the variables of the means.")
            {
                Hint = "Name it in --lsmeans or in --by, once.",
            };
        }

        if (request.Slope is { } slope)
        {
            if (recipe.AxisOf(slope).IsFactor)
            {
                throw new InputException($"{slope} is a category and has no slope.") { Hint = $"Say --lsmeans {slope} --pairs." };
            }

            if (request.Variables.Concat(request.By).Contains(slope, StringComparer.Ordinal))
            {
                throw new InputException($"The slope of {slope} cannot be had at each of its values by --lsmeans or --by.")
                {
                    Hint = $"Say where by --at \"{slope}=1,2\".",
                };
            }
        }
    }

    private List<MeanRow> TableRows(MeansRequest request, int shown, out List<IReadOnlyList<(string, string)>> groups)
    {
        var weights = new CellWeights(model, Grid, shown, request.Weighting);
        var count = Grid.Axes.Take(shown).Aggregate(1, (product, axis) => product * axis.Labels.Count);
        var within = Grid.Axes.Take(request.Variables.Count).Aggregate(1, (product, axis) => product * axis.Labels.Count);
        var rows = new List<MeanRow>();
        groups = [];
        for (var r = 0; r < count; r++)
        {
            // The axes that tell rows apart come first and vary fastest.
            var at = Enumerable.Range(0, shown)
                .Select(axis => (Grid.Axes[axis].Variable, Grid.Axes[axis].Labels[Grid.Place(r, axis)]))
                .ToArray();
            if (r % within == 0)
            {
                groups.Add([.. at.Skip(request.Variables.Count)]);
            }

            int[] cells = [.. Enumerable.Range(0, Grid.Cells / count).Select(combination => r + (combination * count))];
            var name = shown == 0 ? "overall" : string.Join(":", at.Take(request.Variables.Count).Select(pair => pair.Item2));
            rows.Add(new MeanRow(at, name.Length == 0 ? "overall" : name, r / within, weights.Of(cells), Part: 0));
        }

        return CategoryParts.Of(model, request) is { Count: > 0 } parts ? Repeated(rows, parts, ref groups) : rows;
    }

    /// <summary>The rows for each part of an ordered outcome; the parts vary slowest, and comparisons stay within them.</summary>
    private List<MeanRow> Repeated(List<MeanRow> rows, IReadOnlyList<string> parts, ref List<IReadOnlyList<(string, string)>> groups)
    {
        var (own, name) = (groups, model.Frame.ResponseName);
        groups = [.. parts.SelectMany(part => own.Select(group => (IReadOnlyList<(string, string)>)[.. group, (name, part)]))];
        return
        [
            .. parts.SelectMany((part, place) => rows.Select(row => row with
            {
                At = [.. row.At, (name, part)],
                Group = (place * own.Count) + row.Group,
                Part = place,
            })),
        ];
    }
}
