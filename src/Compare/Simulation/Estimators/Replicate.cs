using MarginalConditional.Compare.Simulation.Designs;
using MarginalConditional.Data.Frames;

namespace MarginalConditional.Compare.Simulation.Estimators;

/// <summary>One simulated data set as the methods see it, with the fits that several of them share.</summary>
public sealed class Replicate
{
    private readonly Dictionary<object, object> shared = [];
    private readonly Dictionary<object, object> sharedByDesign;

    /// <summary>Wraps a data set of a mechanism.</summary>
    public Replicate(Mechanism mechanism, ModelFrame frame)
        : this(mechanism, frame, [])
    {
    }

    internal Replicate(Mechanism mechanism, ModelFrame frame, Dictionary<object, object> sharedByDesign)
    {
        this.sharedByDesign = sharedByDesign;
        Mechanism = mechanism ?? throw new ArgumentNullException(nameof(mechanism));
        Frame = frame ?? throw new ArgumentNullException(nameof(frame));
    }

    /// <summary>What generated the data: family, link and design are known to a method, the parameters are not meant to be looked at.</summary>
    public Mechanism Mechanism { get; }

    /// <summary>The data.</summary>
    public ModelFrame Frame { get; }

    /// <summary>What the factory makes, made once a replicate for equal keys.</summary>
    /// <param name="key">Compared by equality, such as a record of options.</param>
    /// <param name="factory">Makes it.</param>
    public T Shared<T>(object key, Func<T> factory)
        where T : class => Get(shared, key, factory);

    /// <summary>What the factory makes of the covariates alone: made once for all replicates (of one thread) that have the same design.</summary>
    internal T SharedByDesign<T>(object key, Func<T> factory)
        where T : class => Get(sharedByDesign, key, factory);

    private static T Get<T>(Dictionary<object, object> store, object key, Func<T> factory)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(key);
        ArgumentNullException.ThrowIfNull(factory);
        if (!store.TryGetValue(key, out var value))
        {
            value = factory();
            store.Add(key, value);
        }

        return (T)value;
    }
}
