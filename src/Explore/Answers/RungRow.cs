namespace MarginalConditional.Explore.Answers;

/// <summary>A rung of the ladder with the step to the next.</summary>
/// <param name="Rung">0 to 4.</param>
/// <param name="Whose">Whose odds ratio it is.</param>
/// <param name="LogOddsRatio">The number.</param>
/// <param name="OddsRatio">What is read.</param>
/// <param name="Step">The step to the next rung on the log scale, as it is read; empty for the last.</param>
/// <param name="Cause">Why there is a step, or none.</param>
internal sealed record RungRow(int Rung, string Whose, double LogOddsRatio, string OddsRatio, string Step, string Cause);
