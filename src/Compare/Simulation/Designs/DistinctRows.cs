using MarginalConditional.Data.Rows;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// The distinct rows of one trial as observed and under each treatment, collected
/// when first asked for: what all replicates of one design share. Of one thread.
/// </summary>
internal sealed class DistinctRows(ITrialDesign design, Clusters clusters)
{
    private readonly DesignRows?[] under = new DesignRows?[Math.Max(2, design.Treatments)];
    private readonly Dictionary<(Type Type, object Key), object> shared = [];
    private DesignRows? observed;

    /// <summary>The rows as observed.</summary>
    public DesignRows Observed =>
        observed ??= DesignRows.Collect(design, clusters, (trial, arm, row, size) => trial.Treatment(arm, row, size));

    /// <summary>The rows when everybody has one treatment, 0 for the control.</summary>
    public DesignRows Under(int treatment) => under[treatment] ??= DesignRows.Collect(design, clusters, (_, _, _, _) => treatment);

    /// <summary>What the factory makes of the design alone, made once for equal keys and one type.</summary>
    /// <param name="key">Compared by equality.</param>
    /// <param name="factory">Makes it.</param>
    public T Shared<T>(object key, Func<T> factory)
        where T : class
    {
        if (!shared.TryGetValue((typeof(T), key), out var value))
        {
            value = factory();
            shared.Add((typeof(T), key), value);
        }

        return (T)value;
    }
}
