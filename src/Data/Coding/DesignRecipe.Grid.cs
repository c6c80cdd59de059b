using System.Globalization;
using MarginalConditional.Data.Formulas;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Data.Coding;

public sealed partial class DesignRecipe
{
    /// <summary>More values of a covariate than this are no rows of a table.</summary>
    private const int MostNumbers = 25;

    /// <summary>Every predictor of the fixed part, the random part and the excess zeros: the axes of a reference grid.</summary>
    public IReadOnlyList<string> GridVariables { get; private init; } = [];

    /// <summary>For each fixed term beside the intercept, once each, the columns of the data that it is made of.</summary>
    public IReadOnlyList<(string Term, IReadOnlyList<string> Variables)> TermVariables { get; internal init; } = [];

    /// <summary>How the log odds of excess zeros were coded; null without a formula of their own.</summary>
    public DesignRecipe? Inflation { get; internal init; }

    /// <summary>The coding of the fixed part, all columns.</summary>
    internal DesignCoding Design => design;

    /// <summary>The codings of the random terms, in the frame's order.</summary>
    internal IReadOnlyList<DesignCoding> Random { get; init; } = [];

    /// <summary>The known parts of the linear predictor, which are added up.</summary>
    internal IReadOnlyList<Expression> Offsets { get; init; } = [];

    /// <summary>The columns that the groups of each random term are made of, in the frame's order.</summary>
    internal IReadOnlyList<IReadOnlyList<string>> Groupings { get; init; } = [];

    /// <summary>The codings of categories.</summary>
    internal IReadOnlyList<CategoricalCoding> Categories => categorical;

    /// <summary>The predictors of the random part and of excess zeros; with the fixed ones they make the grid.</summary>
    internal IReadOnlyList<string> OtherVariables
    {
        init => GridVariables = [.. variables.Union(value, StringComparer.Ordinal)];
    }

    /// <summary>Whether a column held text, or was read as text, when the recipe was learned.</summary>
    internal bool IsText(string column) => table.Column(column) is FactorColumn;

    /// <summary>The usual axis of a variable: every level of a factor, a covariate's mean over the rows.</summary>
    /// <param name="variable">One of <see cref="GridVariables"/>.</param>
    public GridAxis AxisOf(string variable)
    {
        if (CategoriesOf(variable) is { } levels)
        {
            return new GridAxis { Variable = variable, Labels = levels };
        }

        var mean = SpanMath.Average(table.Numbers(variable));
        return new GridAxis { Variable = variable, Labels = [NumberLabel.Of(mean)], Numbers = [mean], IsAtMean = true };
    }

    /// <summary>The axis of every value of a variable among the rows.</summary>
    /// <param name="variable">One of <see cref="GridVariables"/>.</param>
    public GridAxis AxisOfAllValues(string variable)
    {
        if (CategoriesOf(variable) is not null)
        {
            return AxisOf(variable);
        }

        double[] numbers = [.. table.Numbers(variable).Distinct().Order()];
        if (numbers.Length > MostNumbers)
        {
            throw new InputException(FormattableString.Invariant(
                $"{variable} is a number of {numbers.Length} different values: there is no mean at each of them."))
            {
                Hint = $"Say where by --at, such as --at \"{variable}={NumberLabel.Of(numbers[0])},{NumberLabel.Of(numbers[^1])}\".",
            };
        }

        return new GridAxis { Variable = variable, Labels = [.. numbers.Select(NumberLabel.Of)], Numbers = numbers };
    }

    /// <summary>The largest value of a covariate among the rows less the smallest; 1 when it does not vary.</summary>
    /// <param name="variable">A covariate.</param>
    public double RangeOf(string variable)
    {
        var numbers = table.Numbers(variable);
        var range = numbers.Max() - numbers.Min();
        return range > 0 ? range : 1;
    }

    /// <summary>The axis of values that a user gave.</summary>
    /// <param name="variable">One of <see cref="GridVariables"/>.</param>
    /// <param name="values">Levels of a factor, or numbers in invariant notation.</param>
    /// <exception cref="InputException">A value is not a level, or not a number.</exception>
    public GridAxis AxisAt(string variable, IReadOnlyList<string> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        if (CategoriesOf(variable) is { } levels)
        {
            if (values.FirstOrDefault(value => !levels.Contains(value, StringComparer.Ordinal)) is { } unknown)
            {
                throw new InputException($"Column {variable} has no level \"{unknown}\".{Suggestion.Sentence(unknown, levels)}")
                {
                    Hint = $"Levels: {string.Join(", ", levels)}.",
                };
            }

            return new GridAxis { Variable = variable, Labels = [.. values] };
        }

        var numbers = new double[values.Count];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!double.TryParse(values[i], NumberStyles.Float, CultureInfo.InvariantCulture, out numbers[i])
                || !double.IsFinite(numbers[i]))
            {
                throw new InputException($"Column {variable} holds numbers, and \"{values[i]}\" is not one.");
            }
        }

        return new GridAxis { Variable = variable, Labels = [.. numbers.Select(NumberLabel.Of)], Numbers = numbers };
    }

    /// <summary>For each row of the frame its place on the axis of a factor; −1 where the axis does not have its level.</summary>
    /// <param name="axis">The axis of a factor.</param>
    public int[] PlacesOn(GridAxis axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        var levels = CategoriesOf(axis.Variable)
            ?? throw new ArgumentException($"{axis.Variable} is a number and has no levels.", nameof(axis));
        int[] places = [.. levels.Select(level => axis.Labels.ToList().IndexOf(level))];
        var codes = CodingOf(axis.Variable) is { } coding
            ? coding.Codes(table)
            : Array.ConvertAll(
                ((FactorColumn)table.Column(axis.Variable)).CodesArray,
                code => Array.IndexOf(levels, ((FactorColumn)table.Column(axis.Variable)).Levels[code]));
        return Array.ConvertAll(codes, code => places[code]);
    }

    /// <summary>The first column left out of the fit on which a combination depends; null when the combination is estimable.</summary>
    /// <param name="weights">A weight for each of all columns.</param>
    public AliasedColumn? MissingColumn(IReadOnlyList<double> weights)
    {
        ArgumentNullException.ThrowIfNull(weights);
        return estimability.Aliased.Count == 0 ? null : estimability.Violated(column => weights[column]);
    }

    /// <summary>The weights of the columns that were fitted.</summary>
    /// <param name="weights">A weight for each of all columns, of a combination that is estimable.</param>
    public double[] Kept(double[] weights) => estimability.Reduce(design, 1, weights).Values.ToArray();

    /// <summary>A basis of the design's null space: to be estimable the weights of all columns must be orthogonal to it.</summary>
    public IReadOnlyList<double[]> NullSpace() => estimability.NullSpace(design.Names.Count);

    /// <summary>The column of a grid or of new rows at places on an axis.</summary>
    internal Column Column(GridAxis axis, int[] places)
    {
        if (!axis.IsFactor)
        {
            return new NumericColumn(axis.Variable, Array.ConvertAll(places, place => axis.Numbers[place]));
        }

        if (CodingOf(axis.Variable) is { } coding)
        {
            return coding.Values(axis.Labels, places);
        }

        return new FactorColumn(axis.Variable, places, [.. axis.Labels]);
    }

    /// <summary>The levels of a category; null for a number.</summary>
    private string[]? CategoriesOf(string variable)
    {
        if (!GridVariables.Contains(variable, StringComparer.Ordinal))
        {
            throw NoPredictor(variable, GridVariables);
        }

        if (CodingOf(variable) is { } coding)
        {
            return [.. coding.Levels];
        }

        if (table.Column(variable) is not FactorColumn factor)
        {
            return null;
        }

        // A text that is only compared with words, as in I(arm == "A").
        var present = factor.CodesArray.Distinct().Order();
        return [.. present.Select(code => factor.Levels[code])];
    }
}
