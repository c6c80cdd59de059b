using MarginalConditional.Compare.Influence;
using MarginalConditional.Data.Frames;
using MarginalConditional.Glmm.Intercept;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.Functions;
using MarginalConditional.Statistics.Inference;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.RandomIntercept;

/// <summary>
/// A fitted model with one random intercept: Heagerty's marginalized model, or a conditional one with an intercept of any law. Immutable.
/// </summary>
public sealed class RandomInterceptFit
{
    private readonly double[] parameters;
    private readonly double[] covariance;
    private readonly double[] scores;
    private readonly double[] deletions;

    internal RandomInterceptFit(ModelFrame frame, double[] parameters, double[] covariance, double[] scores, double[] deletions)
    {
        this.deletions = deletions;
        Frame = frame;
        Deviations = parameters.Length - frame.Design.Columns;
        this.parameters = parameters;
        this.covariance = covariance;
        this.scores = scores;
    }

    /// <summary>The rows fitted.</summary>
    public ModelFrame Frame { get; }

    /// <summary>G, the number of standard deviations: 1, or one a group of clusters.</summary>
    public int Deviations { get; }

    /// <summary>The law of the intercept.</summary>
    public required InterceptLaw Law { get; init; }

    /// <summary>g.</summary>
    public required Link Link { get; init; }

    /// <summary>Whether β is marginal, as in Heagerty's model; else it is conditional.</summary>
    public required bool IsMarginal { get; init; }

    /// <summary>β, p values, link scale.</summary>
    public ReadOnlySpan<double> Coefficients => parameters.AsSpan(0, parameters.Length - Deviations);

    /// <summary>σ, the standard deviation of the intercept, link scale; of the first group where there are several.</summary>
    public double StandardDeviation => Math.Abs(parameters[^Deviations]);

    /// <summary>σ of each group of clusters; one number where all share it.</summary>
    public IReadOnlyList<double> StandardDeviations => [.. parameters.Skip(parameters.Length - Deviations).Select(Math.Abs)];

    /// <summary>The inverse of the observed information of (β, σ …), m×m, row-major.</summary>
    public ReadOnlySpan<double> JointCovariance => covariance;

    /// <summary>The log-likelihood with all constants.</summary>
    public required double LogLikelihood { get; init; }

    /// <summary>The number of quadrature nodes.</summary>
    public required int Nodes { get; init; }

    /// <summary>How the iteration ended.</summary>
    public required Convergence Convergence { get; init; }

    /// <summary>The parameters less those without each cluster, by one step, K×m by rows; empty when they were not asked for.</summary>
    public ReadOnlySpan<double> Deletions => deletions;

    /// <summary>The influence of each cluster on (β, σ): φ_c = I⁻¹s_c.</summary>
    public ClusterInfluence Influence() => ClusterInfluence.FromScores(covariance, scores);

    /// <summary>
    /// The marginal means of rows, over the law of the intercept, with their slopes in the conditional predictor and in σ.
    /// </summary>
    /// <param name="predictor">η = xβ + offset, link scale, of a conditional model.</param>
    /// <exception cref="InvalidOperationException">The model is marginal, or has several standard deviations.</exception>
    public MarginalPoint[] Means(ReadOnlySpan<double> predictor)
    {
        if (IsMarginal || Deviations > 1)
        {
            throw new InvalidOperationException("The means over the intercept are those of a conditional model with one σ.");
        }

        var table = FunctionTable.For(3, predictor, (eta, values) =>
        {
            var point = Law.MeanAt(Link, eta, StandardDeviation);
            (values[0], values[1], values[2]) = (point.Predictor, point.PredictorSlope, point.PredictorSpreadSlope);
        });
        var means = new MarginalPoint[predictor.Length];
        Span<double> row = stackalloc double[3];
        for (var i = 0; i < means.Length; i++)
        {
            table.At(predictor[i], row);
            var slope = Link.Derivative(row[0]);
            means[i] = new MarginalPoint(Link.Mean(row[0]), slope * row[1], slope * row[2], row[0], row[1], row[2]);
        }

        return means;
    }

    /// <summary>In one line: what was fitted, to how many rows and clusters, and how it ended.</summary>
    public override string ToString() =>
        $"{(IsMarginal ? "Marginalized" : "Conditional")} model with a random intercept of {Frame.ResponseName}: {Law}, {Link}; "
            + $"{Frame}; {Convergence}";
}
