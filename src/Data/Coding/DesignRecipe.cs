using System.Globalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Coding;

/// <summary>Knows how a frame's design was coded, and codes it again under other values: standardization and prediction need it.</summary>
public sealed class DesignRecipe
{
    private readonly DesignCoding design;
    private readonly FrameTable table;
    private readonly string[] variables;
    private readonly CategoricalCoding[] categorical;

    /// <summary>Keeps what coded a frame's design.</summary>
    /// <param name="design">The coding.</param>
    /// <param name="table">The rows it was learned from.</param>
    /// <param name="variables">The columns among the predictors.</param>
    /// <param name="categorical">The codings of those that are categories.</param>
    internal DesignRecipe(DesignCoding design, FrameTable table, string[] variables, CategoricalCoding[] categorical)
    {
        this.design = design;
        this.table = table;
        this.variables = variables;
        this.categorical = categorical;
    }

    /// <summary>The design of the frame's rows, in the frame's order, with one variable set to a value everywhere.</summary>
    /// <param name="variable">A column of the data that the formula uses.</param>
    /// <param name="value">A level of a factor, or a number in invariant notation.</param>
    public DesignMatrix With(string variable, string value) => With([(variable, value)]);

    /// <summary>The design of the frame's rows with several variables set at once.</summary>
    /// <param name="settings">Variables and their values, as for one.</param>
    public DesignMatrix With(IReadOnlyList<(string Variable, string Value)> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var changed = table;
        foreach (var (variable, value) in settings)
        {
            Require(variable);
            ArgumentNullException.ThrowIfNull(value);
            changed = changed.With(Constant(variable, value));
        }

        return new DesignMatrix(table.Rows, design.Names, design.Values(changed), design.TermLabels) { Parts = design.Parts };
    }

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
            throw new InputException($"\"{variable}\" is not a predictor in the formula.{Suggestion.Sentence(variable, variables)}")
            {
                Hint = $"Predictors: {string.Join(", ", variables)}.",
            };
        }
    }
}
