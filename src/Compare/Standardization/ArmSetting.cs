using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Standardization;

/// <summary>One thing that every row is set to: an arm, perhaps at set values of other columns.</summary>
/// <param name="Arm">The arm's position among the treatment's levels.</param>
/// <param name="Design">The rows coded under it, n×p.</param>
internal sealed record ArmSetting(int Arm, DesignMatrix Design)
{
    /// <summary>What is added to the linear predictor, n values, link scale; empty for nothing.</summary>
    public ReadOnlyMemory<double> Shift { get; init; }

    /// <summary>The design of excess zeros under it; null where they have no formula.</summary>
    public DesignMatrix? Inflation { get; private init; }

    /// <summary>The setting that puts columns of the data to values.</summary>
    /// <param name="arm">The arm's position among the treatment's levels.</param>
    /// <param name="recipe">How the rows were coded.</param>
    /// <param name="values">The columns and their values.</param>
    public static ArmSetting Of(int arm, DesignRecipe recipe, IReadOnlyList<(string Variable, string Value)> values) =>
        new(arm, recipe.With(values)) { Inflation = recipe.Inflation?.With(values) };

    /// <summary>The rows as a working model predicts them under the setting.</summary>
    public PredictedRows Rows(WorkingModel model)
    {
        var rows = model.Under(Design, Inflation);
        return Shift.IsEmpty ? rows : new ShiftedRows(rows, Shift);
    }
}
