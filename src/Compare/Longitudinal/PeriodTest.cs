using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Whether the four averages of a trial by period are one number.</summary>
/// <param name="IsAugmented">Whether a working model's predictions help.</param>
/// <param name="Method">Its kind; null without one.</param>
/// <param name="Scale">The scale compared on.</param>
/// <param name="Treated">The treatment's level that is compared.</param>
/// <param name="Control">The level it is compared with.</param>
/// <param name="Test">F with at most 3 and K − 1 degrees of freedom; null where all four are the same whatever the data say.</param>
public sealed record PeriodTest(bool IsAugmented, string? Method, string Scale, string Treated, string Control, WaldTest? Test);
