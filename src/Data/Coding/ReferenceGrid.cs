using System.Globalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Coding;

/// <summary>All combinations of values of the predictors, in the columns of a model's design: what estimated means average over.</summary>
/// <remarks>
/// Columns that were left out of the fit are kept, because only all of them tell which combinations are estimable (Searle 1971, section
/// 5.4): see <see cref="DesignRecipe.MissingColumn"/>. The first axis varies fastest.
/// </remarks>
public sealed class ReferenceGrid
{
    /// <summary>More values than this do not fit a screen, nor much memory.</summary>
    private const long MostValues = 20_000_000;

    private readonly DesignRecipe recipe;
    private readonly FrameTable table;
    private readonly double[] values;
    private readonly double[][] random;
    private readonly double[] inflation;

    private ReferenceGrid(DesignRecipe recipe, IReadOnlyList<GridAxis> axes, FrameTable table)
    {
        this.recipe = recipe;
        this.table = table;
        Axes = axes;
        values = recipe.Design.Values(table);
        random = [.. recipe.Random.Select(coding => coding.Values(table))];
        inflation = recipe.Inflation?.Design.Values(table) ?? [];
    }

    /// <summary>The variables with their values.</summary>
    public IReadOnlyList<GridAxis> Axes { get; }

    /// <summary>The number of combinations.</summary>
    public int Cells => table.Rows;

    /// <summary>The number of columns of the design, those left out of the fit included.</summary>
    public int Columns => recipe.Design.Names.Count;

    /// <summary>Codes the combinations of values.</summary>
    /// <param name="recipe">How the design was coded.</param>
    /// <param name="axes">An axis for every predictor; see <see cref="DesignRecipe.GridVariables"/>.</param>
    /// <exception cref="InputException">There are too many combinations, or an expression has no value at one.</exception>
    public static ReferenceGrid Of(DesignRecipe recipe, IReadOnlyList<GridAxis> axes)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(axes);
        var cells = axes.Aggregate(1.0, (product, axis) => product * axis.Labels.Count);
        if (cells * recipe.Design.Names.Count > MostValues)
        {
            throw new InputException(string.Create(
                CultureInfo.InvariantCulture,
                $"The reference grid would have {cells:N0} combinations: {string.Join(" \u00D7 ", axes.Select(Size))}."))
            {
                Hint = "Fix some of them by --at, such as --at \"site=A\".",
            };
        }

        var count = (int)cells;
        var columns = new List<Column>();
        var stride = 1;
        foreach (var axis in axes)
        {
            var step = stride;
            columns.Add(recipe.Column(axis, [.. Enumerable.Range(0, count).Select(cell => cell / step % axis.Labels.Count)]));
            stride *= axis.Labels.Count;
        }

        return new ReferenceGrid(recipe, [.. axes], Table(columns, count));

        static string Size(GridAxis axis) => FormattableString.Invariant($"{axis.Labels.Count} of {axis.Variable}");
    }

    /// <summary>The place of a cell on an axis.</summary>
    /// <param name="cell">From 0.</param>
    /// <param name="axis">From 0.</param>
    public int Place(int cell, int axis)
    {
        for (var a = 0; a < axis; a++)
        {
            cell /= Axes[a].Labels.Count;
        }

        return cell % Axes[axis].Labels.Count;
    }

    /// <summary>The row of a cell in all columns, new.</summary>
    /// <param name="cell">From 0.</param>
    public double[] Row(int cell) => Row(values, cell);

    /// <summary>The row of the effects of a random term at a cell, q values, new.</summary>
    /// <param name="term">The term, in the frame's order.</param>
    /// <param name="cell">From 0.</param>
    public double[] RandomRow(int term, int cell) => Row(random[term], cell);

    /// <summary>The derivatives of all rows in a covariate: exact, by differentiating the formula's own functions.</summary>
    /// <param name="variable">A covariate.</param>
    /// <returns>A row for each cell.</returns>
    public IReadOnlyList<double[]> Slopes(string variable)
    {
        var slopes = recipe.Design.Slopes(table, variable);
        return [.. Enumerable.Range(0, Cells).Select(cell => Row(slopes, cell))];
    }

    /// <summary>The derivatives of the rows of a random term in a covariate.</summary>
    /// <param name="term">The term, in the frame's order.</param>
    /// <param name="variable">A covariate.</param>
    /// <returns>A row for each cell.</returns>
    public IReadOnlyList<double[]> RandomSlopes(int term, string variable)
    {
        var slopes = recipe.Random[term].Slopes(table, variable);
        return [.. Enumerable.Range(0, Cells).Select(cell => Row(slopes, cell))];
    }

    /// <summary>The row of the log odds of excess zeros at a cell in all columns, new; empty without a formula of their own.</summary>
    /// <param name="cell">From 0.</param>
    public double[] InflationRow(int cell) => Row(inflation, cell);

    /// <summary>The derivatives of those rows in a covariate.</summary>
    /// <param name="variable">A covariate.</param>
    /// <returns>A row for each cell.</returns>
    public IReadOnlyList<double[]> InflationSlopes(string variable)
    {
        var slopes = recipe.Inflation?.Design.Slopes(table, variable) ?? [];
        return [.. Enumerable.Range(0, Cells).Select(cell => Row(slopes, cell))];
    }

    private static FrameTable Table(List<Column> columns, int count)
    {
        // A model of the intercept alone has one cell and no column.
        Column[] all = columns.Count > 0 ? [.. columns] : [new NumericColumn("(none)", new double[count])];
        return new FrameTable(
            new Dataset("the reference grid", all), [.. Enumerable.Range(0, count)], [.. all.Select(column => column.Name)]);
    }

    private double[] Row(double[] matrix, int cell)
    {
        var row = new double[matrix.Length / Cells];
        for (var j = 0; j < row.Length; j++)
        {
            row[j] = matrix[(j * Cells) + cell];
        }

        return row;
    }
}
