using System.Globalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Data.Coding;

/// <summary>Knows how a frame's design was coded, and codes it again under other values: standardization and prediction need it.</summary>
public sealed partial class DesignRecipe
{
    private readonly DesignCoding design;
    private readonly FrameTable table;
    private readonly string[] variables;
    private readonly CategoricalCoding[] categorical;
    private readonly Estimability estimability;

    /// <summary>Keeps what coded a frame's design.</summary>
    /// <param name="design">The coding.</param>
    /// <param name="table">The rows it was learned from.</param>
    /// <param name="variables">The columns among the predictors.</param>
    /// <param name="categorical">The codings of those that are categories.</param>
    /// <param name="estimability">Which of the coding's columns are fitted.</param>
    internal DesignRecipe(
        DesignCoding design, FrameTable table, string[] variables, CategoricalCoding[] categorical, Estimability estimability)
    {
        this.estimability = estimability;
        this.design = design;
        this.table = table;
        this.variables = variables;
        this.categorical = categorical;
        GridVariables = variables;
    }

    /// <summary>The design of the frame's rows, in the frame's order, with one variable set to a value everywhere.</summary>
    /// <param name="variable">A column of the data that the formula uses.</param>
    /// <param name="value">A level of a factor, or a number in invariant notation.</param>
    public DesignMatrix With(string variable, string value) => With([(variable, value)]);

    /// <summary>The design of the frame's rows with several variables set at once.</summary>
    /// <param name="settings">Variables and their values, as for one.</param>
    /// <exception cref="InputException">
    /// The predictor of a row depends on a coefficient that was left out: no row that was seen says anything about it.
    /// </exception>
    public DesignMatrix With(IReadOnlyList<(string Variable, string Value)> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var values = Values(settings);
        return RowNotEstimable(values) is { } missing
            ? throw new InputException(
                $"With {string.Join(", ", settings.Select(pair => $"{pair.Variable} = {pair.Value}"))} the model has no mean for some "
                + $"rows: {missing.Relation}.")
            {
                Hint = "Leave the interaction out of the formula, or join levels, so that every combination was seen.",
            }
            : estimability.Reduce(design, table.Rows, values);
    }

    /// <summary>Whether every row has a mean under these settings, although columns were left out of the design.</summary>
    /// <param name="settings">Variables and their values.</param>
    public bool IsEstimable(IReadOnlyList<(string Variable, string Value)> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return estimability.Aliased.Count == 0 || RowNotEstimable(Values(settings)) is null;
    }

    /// <summary>The design's row averaged over the frame's rows and over settings: the weights of a least-squares mean.</summary>
    /// <param name="settings">Variables and their values, once for each setting; every setting counts the same.</param>
    /// <returns>p weights, or null when the mean depends on a coefficient that was left out.</returns>
    public double[]? MeanWeights(IReadOnlyList<IReadOnlyList<(string Variable, string Value)>> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var sums = new double[design.Names.Count];
        foreach (var setting in settings)
        {
            var values = Values(setting);
            for (var j = 0; j < sums.Length; j++)
            {
                sums[j] += SpanMath.Sum(values.AsSpan(j * table.Rows, table.Rows)) / table.Rows / settings.Count;
            }
        }

        return estimability.Violated(column => sums[column]) is null ? estimability.Reduce(design, 1, sums).Values.ToArray() : null;
    }

    private double[] Values(IReadOnlyList<(string Variable, string Value)> settings)
    {
        var changed = table;
        foreach (var (variable, value) in settings)
        {
            CancellationScope.Check();
            Require(variable);
            ArgumentNullException.ThrowIfNull(value);
            changed = changed.With(Constant(variable, value));
        }

        return design.Values(changed);
    }

    private AliasedColumn? RowNotEstimable(double[] values)
    {
        for (var row = 0; estimability.Aliased.Count > 0 && row < table.Rows; row++)
        {
            var i = row;
            if (estimability.Violated(column => values[(column * table.Rows) + i]) is { } violated)
            {
                return violated;
            }
        }

        return null;
    }

    /// <summary>The columns of the data that can be set.</summary>
    public IReadOnlyList<string> Variables => variables;

    /// <summary>The levels of a factor, or the distinct values of a numeric variable in ascending order, in invariant notation.</summary>
    public IReadOnlyList<string> LevelsOf(string variable)
    {
        Require(variable);
        if (CodingOf(variable) is { } coding)
        {
            return coding.Levels;
        }

        return [.. table.Numbers(variable).Distinct().Order().Select(NumberLabel.Of)];
    }

    /// <summary>For each row of the frame the position of its value in <see cref="LevelsOf"/>.</summary>
    /// <param name="variable">A column of the data that the formula uses.</param>
    /// <returns>n positions, new.</returns>
    public int[] CodesOf(string variable)
    {
        Require(variable);
        if (CodingOf(variable) is { } coding)
        {
            return coding.Codes(table);
        }

        var numbers = table.Numbers(variable);
        double[] distinct = [.. numbers.Distinct().Order()];
        return Array.ConvertAll(numbers, value => Array.BinarySearch(distinct, value));
    }

    /// <summary>The position among <see cref="LevelsOf"/> of a value as the user writes it; −1 when no row has it.</summary>
    /// <param name="variable">A column of the data that the formula uses.</param>
    /// <param name="value">A level of a factor, or a number in invariant notation.</param>
    public int PositionOf(string variable, string value)
    {
        Require(variable);
        if (CodingOf(variable) is { } coding)
        {
            return coding.Levels.ToList().IndexOf(value);
        }

        return double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? Math.Max(-1, Array.BinarySearch([.. table.Numbers(variable).Distinct().Order()], number))
            : -1;
    }

    /// <summary>Whether the variable is coded as categories.</summary>
    public bool IsFactor(string variable)
    {
        Require(variable);
        return CodingOf(variable) is not null;
    }

    private Column Constant(string variable, string value)
    {
        if (CodingOf(variable) is { } coding)
        {
            return coding.Constant(value, table.Rows);
        }

        if (!double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !double.IsFinite(number))
        {
            throw new InputException($"Column {variable} holds numbers, and \"{value}\" is not one.");
        }

        var values = new double[table.Rows];
        values.AsSpan().Fill(number);
        return new NumericColumn(variable, values);
    }

    private CategoricalCoding? CodingOf(string variable) => Array.Find(categorical, coding => coding.Variable == variable);

    private void Require(string variable)
    {
        if (!variables.Contains(variable, StringComparer.Ordinal))
        {
            throw NoPredictor(variable, variables);
        }
    }

    private static InputException NoPredictor(string variable, IReadOnlyList<string> variables) =>
        new($"\"{variable}\" is not a predictor in the formula.{Suggestion.Sentence(variable, variables)}")
        {
            Hint = variables.Count > 0 ? $"Predictors: {string.Join(", ", variables)}." : "The formula has none.",
        };
}
