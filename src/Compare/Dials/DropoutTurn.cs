using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Dials;

/// <summary>The dial of dropout for one arm on one scale. Immutable.</summary>
/// <param name="Points">Rungs 2 to 4 at each δ.</param>
/// <param name="Effect">The δ of the arm at which rung 3 is no effect; null when it is out of reach.</param>
/// <param name="Test">The δ of the arm nearest 0 at which the test of rung 3 turns; null when it is out of reach.</param>
/// <param name="Unmoved">Rung 3 at δ = 0, missing at random.</param>
/// <param name="Copied">Rung 3 if those given the arm go on as the control after dropout, by strategy.</param>
internal sealed record DropoutTurn(
    IReadOnlyList<DialPoint> Points,
    double? Effect,
    double? Test,
    Coefficient Unmoved,
    IReadOnlyList<(DropoutStrategy Strategy, Coefficient Rung)> Copied);
