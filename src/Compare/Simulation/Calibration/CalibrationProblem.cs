namespace MarginalConditional.Compare.Simulation.Calibration;

/// <summary>Why no parameters give what was asked for.</summary>
/// <param name="Setting">The setting to blame, as a study file writes it.</param>
/// <param name="Text">A full sentence.</param>
internal sealed record CalibrationProblem(string Setting, string Text);
