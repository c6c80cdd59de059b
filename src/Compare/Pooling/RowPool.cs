using MarginalConditional.Compare.Comparison;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Imputation;
using MarginalConditional.Statistics.Inference;

namespace MarginalConditional.Compare.Pooling;

/// <summary>Pools rows of comparisons of several imputed data sets, and remembers what each was pooled from.</summary>
internal sealed class RowPool
{
    private readonly double level;
    private readonly List<(string Label, PooledRow Row)> rows = [];
    private readonly List<PooledRow> estimates = [];

    /// <summary>Begins without rows.</summary>
    /// <param name="level">Of the intervals.</param>
    public RowPool(double level) => this.level = level;

    /// <summary>What was pooled so far.</summary>
    public IReadOnlyList<(string Label, PooledRow Row)> Rows => rows;

    /// <summary>Those that are estimates of effects, rather than differences of such, under their labels.</summary>
    public IReadOnlyList<PooledRow> Estimates => estimates;

    /// <summary>Pools an estimate.</summary>
    /// <param name="label">What it is called among <see cref="Rows"/>.</param>
    /// <param name="sets">The row in each set.</param>
    public Coefficient Estimate(string label, IEnumerable<Coefficient> sets)
    {
        var pooled = Of(label, sets);
        estimates.Add(rows[^1].Row with { Inference = pooled with { Term = label } });
        return pooled;
    }

    /// <summary>Pools a row.</summary>
    /// <param name="label">What it is called among <see cref="Rows"/>.</param>
    /// <param name="sets">The row in each set.</param>
    /// <param name="scale">The scale to pool on; null for the row's own.</param>
    public Coefficient Of(string label, IEnumerable<Coefficient> sets, PoolScale? scale = null)
    {
        var pooled = PooledRow.Of([.. sets], level, scale);
        rows.Add((label, pooled));
        return pooled.Inference;
    }

    /// <summary>Pools a row of an effect.</summary>
    /// <param name="name">The coefficient.</param>
    /// <param name="sets">The row in each set.</param>
    public EstimandRow Row(string name, IReadOnlyList<EstimandRow> sets) => sets[0] with
    {
        Inference = Estimate($"{name}, {sets[0].Estimand.Key}", sets.Select(row => row.Inference)),
        Influence = Mean([.. sets.Select(row => row.Influence)]),
    };

    /// <summary>Pools the parts of a gap, which were formed in each set.</summary>
    /// <param name="name">The coefficient.</param>
    /// <param name="sets">The gap in each set.</param>
    public GapDecomposition Gap(string name, IReadOnlyList<GapDecomposition> sets) => sets[0] with
    {
        Total = Of($"{name}, gap", sets.Select(gap => gap.Total)),
        NonCollapsibility = Of($"{name}, non-collapsibility", sets.Select(gap => gap.NonCollapsibility)),
        Rest = Of($"{name}, everything else", sets.Select(gap => gap.Rest)),
    };

    /// <summary>The influence on the mean of estimates: the mean of their influences.</summary>
    public static ClusterInfluence Mean(IReadOnlyList<ClusterInfluence> sets)
    {
        var mean = new double[sets[0].Values.Length];
        foreach (var influence in sets)
        {
            Statistics.LinearAlgebra.Dense.AddScaled(1.0 / sets.Count, influence.Values, mean);
        }

        return new ClusterInfluence(sets[0].Clusters, mean);
    }
}
