using MarginalConditional.Compare.Simulation.Marginal;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>
/// Draws trials whose outcomes have given means and correlations and no random effects. One a thread: a frame is valid until the next draw.
/// </summary>
/// <remarks>
/// The order of draws is part of the results: all sizes (unless fixed), then the clusters' outcomes, one number a row. The joint law of a
/// kind of cluster (its arm and size) is prepared once.
/// </remarks>
internal sealed class MarginalTrialGenerator : IDataGenerator, IPlannedTrial
{
    private readonly Mechanism mechanism;
    private readonly MarginalGeneration generation;
    private readonly Dictionary<(int Sequence, int Size), MarginalLaw> laws = [];
    private readonly Dictionary<double, OutcomeMargin> margins = [];
    private readonly int[] sizes;
    private TrialLayout? layout;
    private double[] scratch = [];
    private double[] response = [];
    private ModelFrame? frame;

    /// <summary>Creates a generator of a mechanism whose outcomes are made from means and correlations.</summary>
    public MarginalTrialGenerator(Mechanism mechanism)
    {
        this.mechanism = mechanism;
        generation = mechanism.Generation ?? throw new ArgumentException("The mechanism has random effects.", nameof(mechanism));
        sizes = new int[mechanism.Clusters];
    }

    /// <inheritdoc/>
    public DistinctRows? DistinctRows { get; private set; }

    /// <summary>Why some cluster of the mechanism has no such outcomes, as a full sentence; null when all have.</summary>
    public static string? Problem(Mechanism mechanism)
    {
        var generator = new MarginalTrialGenerator(mechanism);
        var probabilities = mechanism.Size.Probabilities();

        // Where rows of a cluster are alike, the first rows of a large one are a smaller one; unknown sizes are looked at as they come.
        var isOneEnough = generator.generation.Correlation.IsExchangeable && mechanism.Design.IsSaturated
            && mechanism.SizeDependence.IsNone;
        for (var sequence = 0; sequence < mechanism.Design.Sequences; sequence++)
        {
            for (var size = probabilities.Count; size > 0; size = isOneEnough ? 0 : size - 1)
            {
                if (probabilities[size - 1] > 0 && generator.Prepare(sequence, size, out var problem) is null)
                {
                    return problem;
                }
            }
        }

        return null;
    }

    /// <inheritdoc/>
    public ModelFrame Draw(RandomStream stream, int replicate)
    {
        var current = Layout(stream);
        var clusters = current.Frame.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            var size = clusters.Size(c);
            Law(mechanism.Design.Sequence(c), size).Draw(stream, scratch, response.AsSpan(clusters.Start(c), size));
        }

        return frame ??= current.Frame.WithResponse(response);
    }

    private TrialLayout Layout(RandomStream stream)
    {
        if (layout is not null && mechanism.Size.Fixed is not null)
        {
            return layout;
        }

        for (var c = 0; c < sizes.Length; c++)
        {
            sizes[c] = mechanism.Size.Draw(stream);
        }

        layout = new TrialLayout(mechanism, sizes);
        scratch = new double[sizes.Max()];
        response = new double[layout.Frame.Rows];
        frame = null;
        DistinctRows = new DistinctRows(mechanism.Design, layout.Frame.Clusters);
        return layout;
    }

    private MarginalLaw Law(int sequence, int size) => laws.TryGetValue((sequence, size), out var law)
        ? law
        : Prepare(sequence, size, out var problem) ?? throw new InvalidOperationException(problem);

    private MarginalLaw? Prepare(int sequence, int size, out string? problem)
    {
        var periods = new int[size];
        var rows = new OutcomeMargin[size];
        for (var row = 0; row < size; row++)
        {
            periods[row] = mechanism.Design.Period(row, size);
            rows[row] = Margin(mechanism.Link.Mean(TrialLayout.PredictorOf(mechanism, sequence, row, size)));
        }

        var law = generation.Method.Prepare(generation.Correlation, rows, periods, out problem);
        if (law is not null)
        {
            laws[(sequence, size)] = law;
        }

        return law;
    }

    /// <summary>The distribution of an outcome with a mean: one object for equal means.</summary>
    private OutcomeMargin Margin(double mean)
    {
        if (!margins.TryGetValue(mean, out var margin))
        {
            margin = mechanism.Family == Family.Binomial ? OutcomeMargin.Bernoulli(mean)
                : mechanism.Family == Family.Poisson ? OutcomeMargin.Poisson(mean)
                : OutcomeMargin.Normal(mean, mechanism.ResidualDeviation);
            margins.Add(mean, margin);
        }

        return margin;
    }
}
