using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Statistics.Random;

namespace MarginalConditional.Compare.Simulation.Designs;

/// <summary>Draws trials from a mechanism. One a thread: its buffers are used again, so a frame is valid until the next draw.</summary>
/// <remarks>
/// The order of draws is part of the results: all sizes (unless fixed), then for each cluster its covariates, its intercept, what else
/// varies in it (<see cref="RandomVariation"/>), and its outcomes, each after the covariates of its row.
/// </remarks>
public sealed class TrialGenerator : IDataGenerator, IPlannedTrial
{
    private readonly Mechanism mechanism;
    private readonly OutcomeLaw outcomes;
    private readonly ClusterVariation? variation;
    private readonly TrialRoom room;
    private readonly double[] effects;
    private double[] predictor = [];

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
        outcomes = new OutcomeLaw(mechanism.Family, mechanism.Link, mechanism.ResidualDeviation, mechanism.Ordinal);
        variation = mechanism.Variation.IsNone ? null : new ClusterVariation(mechanism);
        room = new TrialRoom(mechanism);
        effects = new double[mechanism.Clusters];
    }

    /// <summary>The distinct rows of the trial drawn last; another object when the design changes. Null before the first draw.</summary>
    internal DistinctRows? DistinctRows => room.DistinctRows;

    /// <inheritdoc/>
    DistinctRows? IPlannedTrial.DistinctRows => DistinctRows;

    /// <inheritdoc/>
    double[]? IPlannedTrial.ClusterEffects => effects;

    /// <inheritdoc/>
    public ModelFrame Draw(RandomStream stream, int replicate) => Draw(stream);

    /// <summary>Draws one trial from a stream at its beginning.</summary>
    public ModelFrame Draw(RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var current = room.LayOut(stream);
        if (predictor.Length != room.Response.Length)
        {
            predictor = new double[room.Response.Length];
        }

        var covariates = mechanism.Covariates.Count == 0 ? null : new CovariateColumns(mechanism, current.Frame.Rows);
        var clusters = current.Frame.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            DrawCluster(stream, current, clusters, c, covariates);
        }

        return covariates?.Frame(current.Frame, room.Response) ?? room.Frame;
    }

    private void DrawCluster(RandomStream stream, TrialLayout current, Clusters clusters, int cluster, CovariateColumns? covariates)
    {
        var start = clusters.Start(cluster);
        var size = clusters.Size(cluster);
        var law = mechanism.EffectOf(mechanism.Design.Sequence(cluster));
        covariates?.DrawCluster(stream);
        var effect = law.Draw(stream);
        effects[cluster] = effect;
        var eta = predictor.AsSpan(start, size);
        for (var i = 0; i < size; i++)
        {
            eta[i] = current.Predictor[start + i] + effect;
        }

        variation?.Add(stream, effect, law.StandardDeviation, current.Treated.Slice(start, size), eta);
        if (covariates is null)
        {
            outcomes.Draw(stream, eta, room.Response.AsSpan(start, size));
            return;
        }

        for (var i = 0; i < size; i++)
        {
            eta[i] += covariates.DrawRow(stream, start, i, size, current.Treated[start + i]);
            outcomes.Draw(stream, eta.Slice(i, 1), room.Response.AsSpan(start + i, 1));
        }
    }
}
