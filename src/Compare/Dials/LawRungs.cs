using MarginalConditional.Compare.Estimands;
using MarginalConditional.Compare.Influence;
using MarginalConditional.Compare.RandomIntercept;
using MarginalConditional.Data.Coding;
using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.NormalMeans;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Compare.Dials;

/// <summary>Rungs 0 to 2, every participant alike, of a model whose random intercept follows any law.</summary>
/// <remarks>
/// With m = E_b μ over the law, h the measure's transform and av the average over the rows: av(η(1) − η(0)), which is
/// av E_b[h(μ(1)) − h(μ(0))] on the link's own scale, av[h(m(1)) − h(m(0))] and h(av m(1)) − h(av m(0)). The influence of a cluster is to
/// first order what leaving it out does to the average, and through its parameters.
/// </remarks>
internal sealed class LawRungs
{
    /// <summary>How many rungs there are.</summary>
    public const int Count = 3;

    private readonly LawQuestion question;
    private readonly RandomInterceptFit fit;
    private readonly double[] estimates = new double[Count];
    private readonly double[] gradients;
    private readonly double[] own;
    private readonly double total;

    /// <summary>Computes the rungs.</summary>
    /// <param name="question">The arms and the rows.</param>
    /// <param name="fit">A conditional model with one σ.</param>
    public LawRungs(LawQuestion question, RandomInterceptFit fit)
    {
        this.question = question;
        this.fit = fit;
        total = SpanMath.Sum(question.Rows.Counts);
        gradients = new double[Count * Parameters];
        own = new double[Count * question.Rows.Clusters.Count];
        Add(question.Treated, 1);
        Add(question.Control, -1);
    }

    private int Parameters => fit.Coefficients.Length + 1;

    /// <summary>The estimate of a rung.</summary>
    public double Estimate(int rung) => estimates[rung];

    /// <summary>The influence of each cluster on a rung, from what it does to the parameters.</summary>
    /// <param name="rung">0 to 2.</param>
    /// <param name="leaveOneOut">Whether clusters are left out; else plain influences.</param>
    public ClusterInfluence Influence(int rung, bool leaveOneOut)
    {
        var clusters = question.Rows.Clusters.Count;
        var changes = leaveOneOut ? fit.Deletions : fit.Influence().Values;
        var gradient = gradients.AsSpan(rung * Parameters, Parameters);
        var influence = new double[clusters];
        for (var c = 0; c < clusters; c++)
        {
            CancellationScope.Check();
            var size = question.Rows.Totals[c];
            var rest = leaveOneOut ? total - size : total;
            var average = (own[(rung * clusters) + c] - (size * estimates[rung])) / rest;
            var change = average + SpanMath.Dot(gradient, changes.Slice(c * Parameters, Parameters));
            influence[c] = leaveOneOut ? (clusters - 1.0) / clusters * change : change;
        }

        return new ClusterInfluence(clusters, influence);
    }

    /// <summary>Adds one arm's part to estimates, gradients and the clusters' own sums.</summary>
    private void Add(DesignMatrix design, double sign)
    {
        var (rows, measure) = (question.Rows, question.Measure);
        var n = design.Rows;
        var predictor = new double[n];
        LinearPredictor.Of(design, fit.Frame.Offset, 0, fit.Coefficients, predictor);
        var means = fit.Means(predictor);
        var mean = 0.0;
        for (var i = 0; i < n; i++)
        {
            mean += rows.Counts[i] * means[i].Mean / total;
        }

        var transform = measure.Transform(mean);
        var slope = measure.TransformSlope(mean);
        var (values, slopes, spreadSlopes) = (new double[n], new double[n], new double[n]);
        for (var rung = 0; rung < Count; rung++)
        {
            for (var i = 0; i < n; i++)
            {
                (values[i], slopes[i], spreadSlopes[i]) = rung switch
                {
                    0 => (predictor[i], 1, 0),
                    1 => Chained(measure.Transform(means[i].Mean), measure.TransformSlope(means[i].Mean), means[i]),
                    _ => Chained(transform + (slope * (means[i].Mean - mean)), slope, means[i]),
                };
            }

            Collect(design, rung, sign, values, slopes, spreadSlopes);
        }
    }

    private static (double, double, double) Chained(double value, double slope, MarginalPoint point) =>
        (value, slope * point.MeanSlope, slope * point.MeanSpreadSlope);

    private void Collect(DesignMatrix design, int rung, double sign, double[] values, double[] slopes, double[] spreadSlopes)
    {
        var clusters = question.Rows.Clusters;
        for (var c = 0; c < clusters.Count; c++)
        {
            CancellationScope.Check();
            for (var i = clusters.Start(c); i < clusters.Start(c + 1); i++)
            {
                var count = sign * question.Rows.Counts[i];
                own[(rung * clusters.Count) + c] += count * values[i];
                estimates[rung] += count * values[i] / total;
                slopes[i] *= count / total;
                spreadSlopes[i] *= count / total;
            }
        }

        var gradient = gradients.AsSpan(rung * Parameters, Parameters);
        for (var j = 0; j < design.Columns; j++)
        {
            gradient[j] += SpanMath.Dot(design.Column(j), slopes);
        }

        gradient[^1] += SpanMath.Sum(spreadSlopes);
    }
}
