using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Ladders;

namespace MarginalConditional.Cli.Commands.Compare;

/// <summary>What was asked of arms beyond each against the reference.</summary>
/// <param name="Contrasts">Free contrasts of standardized means.</param>
/// <param name="Pairs">Every arm less every arm before it.</param>
/// <param name="Margins">Effects held against margins.</param>
internal sealed record ArmAnswers(
    IReadOnlyList<MeanContrast> Contrasts, IReadOnlyList<MeanContrast> Pairs, IReadOnlyList<MarginTest> Margins);
