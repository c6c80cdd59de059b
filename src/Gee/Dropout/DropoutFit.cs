using System.Numerics.Tensors;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Gee.Covariance;
using MarginalConditional.Gee.Equations;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Dropout;

/// <summary>
/// Weighted GEE for dropout that is missing at random: what was seen counts by the
/// inverse of its probability of being seen (Robins, Rotnitzky and Zhao 1995).
/// </summary>
/// <remarks>
/// λ_s is the fitted probability to stay after wave s given what was seen until then; <see cref="DropoutWeighting"/> makes weights of it.
/// The variance accounts for the estimated weights: U_i is replaced by its residual from the regression on the staying model's scores S_i,
/// U_i − (ΣUSᵀ)(ΣSSᵀ)⁻¹S_i, which makes it smaller than if the weights were known.
/// </remarks>
/// <example>
/// <code>
/// using MarginalConditional.Data.Formulas;
/// using MarginalConditional.Data.Frames;
/// using MarginalConditional.Data.Tables;
/// using MarginalConditional.Gee;
/// using MarginalConditional.Gee.Correlation;
/// using MarginalConditional.Gee.Dropout;
/// using MarginalConditional.Statistics.Families;
///
/// var data = DatasetReader.Read("trial.csv");
/// var frame = ModelFrameBuilder.Build(
///     data, new FrameRequest { Formula = FormulaParser.Parse("y ~ arm"), Cluster = "id", Wave = "visit" });
/// var staying = ModelFrameBuilder.Build(
///     StayingData.AddTo(data, frame),
///     new FrameRequest { Formula = FormulaParser.Parse($"{StayingData.Column} ~ arm"), Cluster = "id", Wave = "visit" });
/// var options = new GeeOptions { Family = Family.Binomial, Correlation = WorkingCorrelation.Independence };
/// Console.WriteLine(DropoutFit.Create(frame, staying, options, DropoutWeighting.Row).CoefficientTable());
/// </code>
/// </example>
public sealed class DropoutFit
{
    private readonly double[] covariance;
    private readonly double[] weights;

    private DropoutFit(GeeFit fit, GeeFit staying, double[] weights, double[] covariance)
    {
        Fit = fit;
        Staying = staying;
        this.weights = weights;
        this.covariance = covariance;
    }

    /// <summary>The weighted fit; its own variances take the weights as known.</summary>
    public GeeFit Fit { get; }

    /// <summary>The logistic model of staying.</summary>
    public GeeFit Staying { get; }

    /// <summary>The weight of each row, n values in the frame's order, prior weights not included.</summary>
    public ReadOnlySpan<double> Weights => weights;

    /// <summary>The covariance of β̂ that accounts for the estimation of the weights, p×p.</summary>
    public ReadOnlySpan<double> Covariance => covariance;

    /// <summary>Whether both models converged.</summary>
    public bool Converged => Fit.Convergence.Converged && Staying.Convergence.Converged;

    /// <summary>Fits the model of staying, then the outcome with its weights.</summary>
    /// <param name="outcome">The outcome's frame.</param>
    /// <param name="staying">The frame of the model of staying on rows of the
    /// same data set (<see cref="StayingData"/>); both carry RowOrder.</param>
    /// <param name="options">Options of the outcome.</param>
    /// <param name="weighting">What is weighted.</param>
    /// <exception cref="ArgumentException">The weighting needs working independence, and the options have another correlation.</exception>
    public static DropoutFit Create(ModelFrame outcome, ModelFrame staying, GeeOptions options, DropoutWeighting weighting)
    {
        ArgumentNullException.ThrowIfNull(outcome);
        ArgumentNullException.ThrowIfNull(staying);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(weighting);
        if (!weighting.AllowsCorrelation && options.Correlation != WorkingCorrelation.Independence)
        {
            throw new ArgumentException(
                "Equations whose rows are weighted for dropout need the working independence correlation.",
                nameof(options));
        }

        var model = GeeFitter.Fit(staying, new GeeOptions
        {
            Family = Family.Binomial,
            Correlation = WorkingCorrelation.Independence,
            FixedScale = 1,
            Threads = options.Threads,
        });
        var inverse = InverseProbabilities(outcome, staying, model, weighting);
        var combined = inverse.ToArray();
        for (var row = 0; row < combined.Length && !outcome.Weights.IsEmpty; row++)
        {
            combined[row] *= outcome.Weights[row];
        }

        var fit = GeeFitter.Fit(Reweighted(outcome, combined), options);
        return new DropoutFit(fit, model, inverse, Adjusted(fit, model));
    }

    /// <summary>The coefficients with standard errors that account for the estimated weights.</summary>
    /// <param name="degreesOfFreedom">The reference of t tests; null (the default) means the normal.</param>
    /// <param name="level">The confidence level, in (0, 1). Default: 0.95.</param>
    public CoefficientTable CoefficientTable(GeeDegreesOfFreedom? degreesOfFreedom = null, double level = 0.95)
    {
        var known = GeeInference.Of(Fit, GeeVariance.Robust, degreesOfFreedom, level);
        return new CoefficientTable(
            Fit.Frame.Design.Names, Fit.Coefficients, Sandwich.StandardErrors(covariance), known.DegreesOfFreedom() ?? [], level);
    }

    /// <summary>The weights by wave.</summary>
    public IReadOnlyList<WaveWeights> Table()
    {
        var frame = Fit.Frame;
        var byWave = new SortedDictionary<int, List<double>>();
        for (var row = 0; row < weights.Length; row++)
        {
            if (!byWave.TryGetValue(frame.Waves[row], out var list))
            {
                byWave.Add(frame.Waves[row], list = []);
            }

            list.Add(weights[row]);
        }

        return [.. byWave.Select(wave => new WaveWeights(
            wave.Key < frame.WaveLabels.Count ? frame.WaveLabels[wave.Key] : FormattableString.Invariant($"{wave.Key + 1}"),
            wave.Value.Count,
            wave.Value.Min(),
            wave.Value.Average(),
            wave.Value.Max()))];
    }

    private static double[] InverseProbabilities(ModelFrame outcome, ModelFrame staying, GeeFit model, DropoutWeighting weighting)
    {
        var means = model.FittedMeans();
        var rowOfOrder = new Dictionary<int, int>(outcome.Rows);
        for (var row = 0; row < outcome.Rows; row++)
        {
            rowOfOrder[outcome.RowOrder[row]] = row;
        }

        var probabilities = new double[outcome.Rows];
        for (var row = 0; row < staying.Rows; row++)
        {
            probabilities[rowOfOrder[staying.RowOrder[row]]] = means[row];
        }

        var last = TensorPrimitives.Max(outcome.Waves);
        var inverse = new double[outcome.Rows];
        for (var i = 0; i < outcome.Clusters.Count; i++)
        {
            CancellationScope.Check();
            var (start, size) = (outcome.Clusters.Start(i), outcome.Clusters.Size(i));
            weighting.Fill(probabilities.AsSpan(start, size), leaves: outcome.Waves[start + size - 1] < last, inverse.AsSpan(start, size));
        }

        return inverse;
    }

    private static ModelFrame Reweighted(ModelFrame frame, double[] weights) =>
        new(frame.Design, frame.Response.ToArray(), frame.Clusters)
        {
            ResponseName = frame.ResponseName,
            Weights = weights,
            Trials = frame.Trials,
            Offset = frame.Offset,
            Waves = frame.Waves,
            WaveValues = frame.WaveValues,
            RowOrder = frame.RowOrder,
            WaveLabels = frame.WaveLabels,
            Dropped = frame.Dropped,
            Notes = frame.Notes,
            Recipe = frame.Recipe,
            AuxiliaryColumns = frame.AuxiliaryColumns,
        };

    private static double[] Adjusted(GeeFit fit, GeeFit staying)
    {
        var (p, q) = (fit.Coefficients.Length, staying.Coefficients.Length);
        var scores = ScoresByCluster(fit.Frame.Clusters, staying);
        var cross = new double[p * q];
        for (var i = 0; i < fit.Frame.Clusters.Count; i++)
        {
            CancellationScope.Check();
            Dense.RankOneUpdate(1, fit.ClusterScores.Slice(i * p, p), scores.AsSpan(i * q, q), cross);
        }

        var squares = Sandwich.Meat(scores, q);
        var inverse = new double[q * q];
        if (!Cholesky.TryInvert(squares, q, new double[q * q], inverse))
        {
            return Sandwich.Undefined(p);
        }

        var slopes = new double[p * q];
        Dense.Multiply(cross, inverse, p, q, q, slopes);
        var adjusted = fit.ClusterScores.ToArray();
        var fitted = new double[p];
        for (var i = 0; i < fit.Frame.Clusters.Count; i++)
        {
            CancellationScope.Check();
            Dense.Multiply(slopes, scores.AsSpan(i * q, q), fitted);
            Dense.AddScaled(-1, fitted, adjusted.AsSpan(i * p, p));
        }

        return Sandwich.FromScores(fit.Bread, adjusted);
    }

    /// <summary>By the outcome's clusters: the staying model has no rows of clusters that could not leave; their scores are 0.</summary>
    private static double[] ScoresByCluster(Clusters clusters, GeeFit staying)
    {
        var q = staying.Coefficients.Length;
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < clusters.Count; i++)
        {
            CancellationScope.Check();
            index[clusters.Label(i)] = i;
        }

        var scores = new double[clusters.Count * q];
        for (var i = 0; i < staying.Frame.Clusters.Count; i++)
        {
            CancellationScope.Check();
            if (index.TryGetValue(staying.Frame.Clusters.Label(i), out var cluster))
            {
                staying.ClusterScores.Slice(i * q, q).CopyTo(scores.AsSpan(cluster * q));
            }
        }

        return scores;
    }

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() => $"Weighted for dropout: {Fit}; who stays: {Staying}";
}
