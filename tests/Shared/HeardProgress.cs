using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Tests;

/// <summary>Keeps what it hears of work, from one thread at a time as the work promises.</summary>
internal sealed class HeardProgress : IProgress<WorkProgress>
{
    public List<WorkProgress> Reports { get; } = [];

    public void Report(WorkProgress value) => Reports.Add(value);
}
