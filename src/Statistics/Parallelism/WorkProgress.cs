namespace MarginalConditional.Statistics.Parallelism;

/// <summary>How far a piece of work has come whose steps can be counted before it begins.</summary>
/// <param name="Work">What its steps are, in words: <c>bootstrap refits</c>.</param>
/// <param name="Done">Steps done, from 0 to <paramref name="Total"/>; never fewer than were told before.</param>
/// <param name="Total">
/// All steps of it, 1 or more, the same in every report. Work that may end before its most (a search, a rule that stops) ends with fewer
/// done.
/// </param>
/// <example>
/// <code>
/// using MarginalConditional.Statistics.Parallelism;
///
/// var told = new WorkProgress("profile intervals", 2, 4) { Within = new WorkProgress("imputed data sets", 1, 20) };
/// Console.WriteLine($"{told.Work}: {told.Done} of {told.Total}, {told.Within.Work} {told.Within.Done} of {told.Within.Total}");
/// </code>
/// </example>
public sealed record WorkProgress(string Work, int Done, int Total)
{
    /// <summary>How far the work has come that this is a part of; null for none.</summary>
    public WorkProgress? Within { get; init; }
}
