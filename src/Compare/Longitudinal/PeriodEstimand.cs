namespace MarginalConditional.Compare.Longitudinal;

/// <summary>Whom an average over a trial's periods counts alike: one of four. A closed choice.</summary>
/// <remarks>
/// Horizontal averages run over the whole trial, vertical ones over each period first, so that every period counts alike (Fang and others
/// 2025). A cell is one cluster in one period.
/// </remarks>
public sealed class PeriodEstimand
{
    private PeriodEstimand(string key, string words, int weight, bool horizontal)
    {
        Key = key;
        Words = words;
        Weight = weight;
        IsHorizontal = horizontal;
    }

    /// <summary>Every person counts alike over the whole trial.</summary>
    public static PeriodEstimand HorizontalIndividual { get; } = new("h-iATE", "all persons alike", PeriodLayout.Persons, true);

    /// <summary>Every cluster counts alike over the whole trial.</summary>
    public static PeriodEstimand HorizontalCluster { get; } = new("h-cATE", "all clusters alike", PeriodLayout.Shares, true);

    /// <summary>Every period counts alike, and the persons within it.</summary>
    public static PeriodEstimand VerticalIndividual { get; } = new("v-iATE", "all periods alike", PeriodLayout.Persons, false);

    /// <summary>Every cell of cluster and period counts alike.</summary>
    public static PeriodEstimand VerticalCluster { get; } = new("v-cATE", "all cells alike", PeriodLayout.Cells, false);

    /// <summary>The four, in the order they are shown.</summary>
    public static IReadOnlyList<PeriodEstimand> All { get; } =
        [HorizontalIndividual, HorizontalCluster, VerticalIndividual, VerticalCluster];

    /// <summary>The name in the literature, such as <c>h-iATE</c>.</summary>
    public string Key { get; }

    /// <summary>Whom it counts alike.</summary>
    public string Words { get; }

    /// <summary>Whether periods weigh by what is in them.</summary>
    public bool IsHorizontal { get; }

    /// <summary>The kind of weight that a cell gets.</summary>
    internal int Weight { get; }

    /// <inheritdoc/>
    public override string ToString() => Key;
}
