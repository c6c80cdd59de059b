using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>One simulated data set as the methods see it, with the fits that several of them share.</summary>
public sealed class Replicate
{
    private readonly Dictionary<(Type Type, object Key), object> shared = [];

    /// <summary>Wraps a data set of a mechanism.</summary>
    public Replicate(Mechanism mechanism, ModelFrame frame)
        : this(mechanism, frame, new DistinctRows(mechanism?.Design!, frame?.Clusters!))
    {
    }

    internal Replicate(Mechanism mechanism, ModelFrame frame, DistinctRows distinctRows)
    {
        Mechanism = mechanism ?? throw new ArgumentNullException(nameof(mechanism));
        Frame = frame ?? throw new ArgumentNullException(nameof(frame));
        DistinctRows = distinctRows;
    }

    /// <summary>
    /// What generated the data: family, link and design are known to a method, the parameters are not meant to be looked at.
    /// </summary>
    public Mechanism Mechanism { get; }

    /// <summary>The data.</summary>
    public ModelFrame Frame { get; }

    /// <summary>The distinct rows of the design, shared with all replicates (of one thread) that have the same one.</summary>
    internal DistinctRows DistinctRows { get; }

    /// <summary>What the factory makes, made once a replicate for equal keys and one type.</summary>
    /// <param name="key">Compared by equality, such as a record of options.</param>
    /// <param name="factory">Makes it.</param>
    public T Shared<T>(object key, Func<T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(factory);
        if (!shared.TryGetValue((typeof(T), key), out var value))
        {
            value = factory();
            shared.Add((typeof(T), key), value);
        }

        return (T)value;
    }
}
