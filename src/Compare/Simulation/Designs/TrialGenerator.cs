using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Draws trials from a mechanism. One a thread: its buffers are used again, so a frame is valid until the next draw.</summary>
/// <remarks>
/// The order of draws is part of the results: all sizes (unless fixed), then for each cluster its intercept and its outcomes.
/// </remarks>
public sealed class TrialGenerator : IDataGenerator
{
    private readonly Mechanism mechanism;
    private readonly int[] sizes;
    private TrialLayout? layout;
    private double[] mean = [];
    private double[] response = [];
    private ModelFrame? frame;

    /// <summary>Creates a generator.</summary>
    public TrialGenerator(Mechanism mechanism)
    {
        ArgumentNullException.ThrowIfNull(mechanism);
        ArgumentOutOfRangeException.ThrowIfLessThan(mechanism.Clusters, 2);
        if (mechanism.Design.SizeProblem(mechanism.Size) is { } problem)
        {
            throw new ArgumentException(problem, nameof(mechanism));
        }

        this.mechanism = mechanism;
        sizes = new int[mechanism.Clusters];
    }

    /// <summary>The distinct rows of the trial drawn last; another object when the design changes. Null before the first draw.</summary>
    internal DistinctRows? DistinctRows { get; private set; }

    /// <inheritdoc/>
    public ModelFrame Draw(RandomStream stream, int replicate) => Draw(stream);

    /// <summary>Draws one trial from a stream at its beginning.</summary>
    public ModelFrame Draw(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var current = Layout(stream);
        var clusters = current.Frame.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            var start = clusters.Start(c);
            var size = clusters.Size(c);
            var effect = mechanism.RandomEffect.Draw(stream);
            var part = mean.AsSpan(start, size);
            for (var i = 0; i < size; i++)
            {
                part[i] = current.Predictor[start + i] + effect;
            }

            mechanism.Link.Mean(part, part);
            Outcomes(stream, part, response.AsSpan(start, size));
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
        mean = new double[layout.Frame.Rows];
        response = new double[layout.Frame.Rows];
        frame = null;
        DistinctRows = new DistinctRows(mechanism.Design, layout.Frame.Clusters);
        return layout;
    }

    private void Outcomes(RandomStream stream, ReadOnlySpan<double> means, Span<double> outcomes)
    {
        if (mechanism.Family == Family.Binomial)
        {
            for (var i = 0; i < means.Length; i++)
            {
                outcomes[i] = stream.NextBernoulli(means[i]);
            }
        }
        else if (mechanism.Family == Family.Poisson)
        {
            for (var i = 0; i < means.Length; i++)
            {
                outcomes[i] = stream.NextPoisson(means[i]);
            }
        }
        else
        {
            for (var i = 0; i < means.Length; i++)
            {
                outcomes[i] = means[i] + (mechanism.ResidualDeviation * stream.NextNormal());
            }
        }
    }
}
