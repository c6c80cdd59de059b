using MarginalConditional.Compare.Estimands;
using System.Numerics.Tensors;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.Marginalization;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Inference;
using MarginalConditional.Glmm;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.NormalMeans;

namespace MarginalConditional.Compare.Tests.Estimands;

/// <summary>
/// The plain g-computation: a fit seen as a rule from a design to marginal
/// means, with the influence of its parameters: what g-computation needs.
/// </summary>
internal sealed class PredictionModel
{
    private readonly Func<DesignMatrix, (MarginalPoint[] Rows, PredictorSpread? Spread)> points;

    private PredictionModel(
        ModelFrame frame,
        ClusterInfluence influence,
        Func<DesignMatrix, (MarginalPoint[] Rows, PredictorSpread? Spread)> points)
    {
        Frame = frame;
        Influence = influence;
        this.points = points;
    }

    /// <summary>The rows the model was fitted to.</summary>
    public ModelFrame Frame { get; }

    /// <summary>φ_c of the parameters (β, then θ for a mixed model).</summary>
    public ClusterInfluence Influence { get; }

    /// <summary>A marginal model: the mean is g⁻¹(Xβ).</summary>
    public static PredictionModel Of(GeeInference inference)
    {
        ArgumentNullException.ThrowIfNull(inference);
        var fit = inference.Fit;
        var link = fit.Options.EffectiveLink;
        var coefficients = fit.Coefficients.ToArray();
        var offset = fit.Frame.Offset.ToArray();
        return new PredictionModel(fit.Frame, ClusterInfluence.Of(inference), Points);

        (MarginalPoint[] Rows, PredictorSpread? Spread) Points(DesignMatrix design)
        {
            var eta = new double[design.Rows];
            LinearPredictor.Of(design, offset, coefficients, eta);
            return (Array.ConvertAll(eta, value => new MarginalPoint(link.Mean(value), link.Derivative(value), 0, value, 1, 0)), null);
        }
    }

    /// <summary>
    /// A mixed model: the mean is averaged over the random effects, E_b[g⁻¹(Xβ + Zb)], where Z changes with X if it shares columns with it.
    /// </summary>
    public static PredictionModel Of(GlmmFit fit)
    {
        ArgumentNullException.ThrowIfNull(fit);
        var model = ConditionalModel.Of(fit);
        return new PredictionModel(fit.Frame, ClusterInfluence.Of(fit), Points);

        (MarginalPoint[] Rows, PredictorSpread? Spread) Points(DesignMatrix design)
        {
            var changed = model.Under(design);
            return (changed.Points(), changed.Spread);
        }
    }

    /// <summary>The means of a design's rows, and the gradient of their weighted average in the parameters.</summary>
    /// <param name="design">The frame's rows, coded under other values.</param>
    /// <param name="shares">n weights of the average.</param>
    /// <param name="gradient">Receives as many values as there are parameters; those past (β, θ) are 0.</param>
    /// <returns>n means, response scale.</returns>
    public double[] Means(DesignMatrix design, ReadOnlySpan<double> shares, Span<double> gradient)
    {
        ArgumentNullException.ThrowIfNull(design);
        var (rows, spread) = points(design);
        var means = new double[rows.Length];
        var slope = new double[rows.Length];
        var spreadSlope = new double[rows.Length];
        for (var i = 0; i < rows.Length; i++)
        {
            means[i] = rows[i].Mean;
            slope[i] = shares[i] * rows[i].MeanSlope;
            spreadSlope[i] = shares[i] * rows[i].MeanSpreadSlope;
        }

        gradient.Clear();
        for (var j = 0; j < design.Columns; j++)
        {
            gradient[j] = TensorPrimitives.Dot<double>(design.Column(j), slope);
        }

        for (var k = 0; k < (spread?.Parameters ?? 0); k++)
        {
            gradient[design.Columns + k] = TensorPrimitives.Dot<double>(spread!.Slope(k), spreadSlope);
        }

        return means;
    }

    /// <summary>Computes the means under each level.</summary>
    /// <param name="treatment">The variable to set.</param>
    /// <param name="levels">Its values, the reference first.</param>
    /// <param name="weighting">Whom to average over.</param>
    public StandardizedMeans Standardize(
        string treatment,
        IReadOnlyList<string> levels,
        ClusterWeighting weighting)
    {
        var recipe = Frame.Recipe
            ?? throw new ArgumentException("Standardization needs a frame that was built from a data set.", nameof(treatment));
        return Standardize(treatment, levels, weighting, level => recipe.With(treatment, level));
    }

    /// <summary>Computes the means under each level, with designs the caller makes.</summary>
    /// <param name="treatment">The variable's name, for display.</param>
    /// <param name="levels">Its values, the reference first.</param>
    /// <param name="weighting">Whom to average over.</param>
    /// <param name="design">The frame's rows with the variable set to a level.</param>
    public StandardizedMeans Standardize(
        string treatment,
        IReadOnlyList<string> levels,
        ClusterWeighting weighting,
        Func<string, DesignMatrix> design)
    {
        ArgumentNullException.ThrowIfNull(levels);
        ArgumentNullException.ThrowIfNull(weighting);
        ArgumentNullException.ThrowIfNull(design);
        var clusters = Frame.Clusters;
        var shares = weighting.Shares(clusters, ConditionalModel.CountOf(Frame));
        var averages = new double[levels.Count];
        var gradients = new double[levels.Count * Influence.Estimates];
        var own = new double[clusters.Count * levels.Count];
        for (var a = 0; a < levels.Count; a++)
        {
            var rows = Means(design(levels[a]), shares, gradients.AsSpan(a * Influence.Estimates, Influence.Estimates));
            for (var i = 0; i < rows.Length; i++)
            {
                averages[a] += shares[i] * rows[i];
            }

            for (var c = 0; c < clusters.Count; c++)
            {
                for (var i = clusters.Start(c); i < clusters.Start(c + 1); i++)
                {
                    own[(c * levels.Count) + a] += shares[i] * (rows[i] - averages[a]);
                }
            }
        }

        var influence = Influence.Transform(gradients, levels.Count).Plus(new ClusterInfluence(clusters.Count, own));
        return new StandardizedMeans(treatment, levels, weighting, averages, influence);
    }
}
