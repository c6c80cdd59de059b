using System.Globalization;
using MarginalConditional.Data.Rows;
using MarginalConditional.Data.Tables;

namespace MarginalConditional.Data.Coding;

/// <summary>Codes the fixed-effects design of a frame again under other values.</summary>
internal sealed class DesignRecipe(DesignCoding design, FrameTable table, IReadOnlyList<string> variables, IReadOnlyList<CategoricalCoding> categorical) : IDesignRecipe
{
    /// <inheritdoc/>
    public DesignMatrix With(string variable, string value) => With([(variable, value)]);

    /// <inheritdoc/>
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

    /// <inheritdoc/>
    public IReadOnlyList<string> LevelsOf(string variable)
    {
        Require(variable);
        if (CodingOf(variable) is { } coding)
        {
            return coding.Levels;
        }

        return [.. table.Numbers(variable).Distinct().Order().Select(NumberLabel.Of)];
    }

    /// <inheritdoc/>
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

    private CategoricalCoding? CodingOf(string variable) => categorical.FirstOrDefault(coding => coding.Variable == variable);

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
