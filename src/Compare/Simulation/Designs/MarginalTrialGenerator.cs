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
/// kind of cluster (its arm and size) is prepared once. With covariates means and correlations are those given them: a cluster's
/// covariates are drawn before its outcomes, and its joint law is prepared for the means of its rows.
/// </remarks>
internal sealed class MarginalTrialGenerator : IDataGenerator, IPlannedTrial
{
    /// <summary>The most laws of clusters with covariates that are kept: more are prepared anew.</summary>
    private const int MostKept = 4096;

    private readonly Mechanism mechanism;
    private readonly MarginalGeneration generation;
    private readonly Dictionary<(int Sequence, int Size), MarginalLaw> laws = [];
    private readonly Dictionary<double, OutcomeMargin> margins = [];
    private readonly Dictionary<string, MarginalLaw> patterns = new(StringComparer.Ordinal);
    private readonly TrialRoom room;
    private double[] scratch = [];
    private double[] predictors = [];

    /// <summary>Creates a generator of a mechanism whose outcomes are made from means and correlations.</summary>
    public MarginalTrialGenerator(Mechanism mechanism)
    {
        this.mechanism = mechanism;
        generation = mechanism.Generation ?? throw new ArgumentException("The mechanism has random effects.", nameof(mechanism));
        room = new TrialRoom(mechanism);
    }

    /// <inheritdoc/>
    public DistinctRows? DistinctRows => room.DistinctRows;

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
                if (probabilities[size - 1] > 0 && generator.ProblemOf(sequence, size) is { } problem)
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
        var current = room.LayOut(stream);
        if (scratch.Length < current.Frame.Clusters.MaximumSize)
        {
            (scratch, predictors) = (new double[current.Frame.Clusters.MaximumSize], new double[current.Frame.Clusters.MaximumSize]);
        }

        var covariates = mechanism.Covariates.Count == 0 ? null : new CovariateColumns(mechanism, current.Frame.Rows);
        var clusters = current.Frame.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            var size = clusters.Size(c);
            if (covariates is null)
            {
                Law(mechanism.Design.Sequence(c), size).Draw(stream, scratch, room.Response.AsSpan(clusters.Start(c), size));
            }
            else
            {
                DrawCluster(stream, current, c, covariates);
            }
        }

        return covariates?.Frame(current.Frame, room.Response) ?? room.Frame;
    }

    /// <summary>Draws the covariates of one cluster, and then its outcomes.</summary>
    private void DrawCluster(RandomStream stream, TrialLayout current, int cluster, CovariateColumns covariates)
    {
        var (start, size) = (current.Frame.Clusters.Start(cluster), current.Frame.Clusters.Size(cluster));
        var eta = predictors.AsSpan(0, size);
        var outcomes = room.Response.AsSpan(start, size);
        covariates.DrawCluster(stream);
        for (var row = 0; row < size; row++)
        {
            eta[row] = current.Predictor[start + row] + covariates.DrawRow(stream, start, row, size, current.Treated[start + row]);
        }

        if (mechanism.Family != Family.Gaussian)
        {
            LawOf(eta).Draw(stream, scratch, outcomes);
            return;
        }

        // Normal outcomes differ by their means alone.
        Law(mechanism.Design.Sequence(cluster), size).Draw(stream, scratch, outcomes);
        for (var row = 0; row < size; row++)
        {
            outcomes[row] += mechanism.Link.Mean(eta[row]) - mechanism.Link.Mean(current.Predictor[start + row]);
        }
    }

    private MarginalLaw Law(int sequence, int size) => laws.TryGetValue((sequence, size), out var law)
        ? law
        : Prepare(sequence, size, out var problem) ?? throw new InvalidOperationException(problem);

    /// <summary>The law of a cluster whose rows have these linear predictors; one object for equal ones, as long as it is kept.</summary>
    private MarginalLaw LawOf(ReadOnlySpan<double> eta)
    {
        if (margins.Count > MostKept || patterns.Count > MostKept)
        {
            margins.Clear();
            patterns.Clear();
        }

        var key = string.Join(' ', eta.ToArray().Select(BitConverter.DoubleToInt64Bits));
        if (!patterns.TryGetValue(key, out var law))
        {
            law = Prepare(eta, out var problem) ?? throw new InvalidOperationException(problem);
            patterns.Add(key, law);
        }

        return law;
    }

    private MarginalLaw? Prepare(int sequence, int size, out string? problem)
    {
        var eta = new double[size];
        for (var row = 0; row < size; row++)
        {
            eta[row] = TrialLayout.PredictorOf(mechanism, sequence, row, size);
        }

        var law = Prepare(eta, out problem);
        if (law is not null)
        {
            laws[(sequence, size)] = law;
        }

        return law;
    }

    private MarginalLaw? Prepare(ReadOnlySpan<double> eta, out string? problem)
    {
        var periods = new int[eta.Length];
        var rows = new OutcomeMargin[eta.Length];
        for (var row = 0; row < rows.Length; row++)
        {
            periods[row] = mechanism.Design.Period(row, rows.Length);
            rows[row] = Margin(mechanism.Link.Mean(eta[row]));
        }

        return generation.Method.Prepare(generation.Correlation, rows, periods, out problem);
    }

    /// <summary>What is wrong with a kind of cluster: with covariates, where these are at the ends of what they reach.</summary>
    private string? ProblemOf(int sequence, int size)
    {
        if (mechanism.Covariates.Count == 0 || mechanism.Family == Family.Gaussian)
        {
            return Prepare(sequence, size, out var problem) is null ? problem : null;
        }

        foreach (var eta in CovariateEnds.Predictors(mechanism, sequence, size))
        {
            if (Array.Exists(eta, value => !OutcomeMargin.Has(mechanism.Family, mechanism.Link.Mean(value))))
            {
                return "Where the covariates reach their ends, no outcomes vary about their means, or none are counted so far. "
                    + CovariateEnds.Sentence;
            }

            if (Prepare(eta, out var problem) is null)
            {
                return $"{problem} {CovariateEnds.Sentence}";
            }
        }

        return null;
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
