namespace MarginalConditional.Compare.Summaries;

/// <summary>A statistic of clusters whose outcomes do not depend on their arms, as a function of the assignment.</summary>
/// <param name="treated">Whether each cluster is treated.</param>
internal delegate double AssignmentStatistic(ReadOnlySpan<bool> treated);
