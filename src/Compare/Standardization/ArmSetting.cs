using MarginalConditional.Data.Coding;

namespace MarginalConditional.Compare.Standardization;

/// <summary>One thing that every row is set to: an arm, perhaps at set values of other columns.</summary>
/// <param name="Arm">The arm's position among the treatment's levels.</param>
/// <param name="Design">The rows coded under it, n×p.</param>
internal sealed record ArmSetting(int Arm, DesignMatrix Design)
{
    /// <summary>What is added to the linear predictor, n values, link scale; empty for nothing.</summary>
    public ReadOnlyMemory<double> Shift { get; init; }

    /// <summary>The rows as a working model predicts them under the setting.</summary>
    public PredictedRows Rows(WorkingModel model) =>
        Shift.IsEmpty ? model.Under(Design) : new ShiftedRows(model.Under(Design), Shift);
}
