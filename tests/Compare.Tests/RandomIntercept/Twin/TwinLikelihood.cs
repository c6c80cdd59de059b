using MarginalConditional.Data.Frames;
using MarginalConditional.Statistics.Families;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;
using MarginalConditional.Statistics.Quadrature;

namespace MarginalConditional.Compare.Tests.RandomIntercept.Twin;

/// <summary>The log-likelihood of ψ = (β, θ) of a model with one random intercept, its gradient, and each cluster's score.</summary>
internal sealed class TwinLikelihood
{
    private readonly ModelFrame frame;
    private readonly TwinMap map;
    private readonly ClusterChunks chunks;
    private readonly TwinIntegral[] integrals;
    private readonly double[] modes;
    private readonly double[] values;
    private readonly double[] regression;
    private readonly (double Predictor, double Slope, double ThetaSlope)[] rows;
    private readonly double[] scores;
    private readonly int threads;

    public TwinLikelihood(
        ModelFrame frame,
        Family family,
        Link link,
        TwinLaw law,
        TwinMap map,
        int nodes,
        int threads,
        TwinTolerances? tolerances = null)
    {
        this.frame = frame;
        this.map = map;
        this.threads = threads;
        chunks = new ClusterChunks(frame.Clusters.Offsets);
        var rule = GaussHermiteRule.OfSize(nodes);
        integrals = [.. Enumerable.Range(0, chunks.Count)
            .Select(_ => new TwinIntegral(frame, family, link, law, rule, tolerances ?? new()))];
        modes = new double[frame.Clusters.Count];
        values = new double[frame.Clusters.Count];
        regression = new double[frame.Rows];
        rows = new (double, double, double)[frame.Rows];
        Parameters = frame.Design.Columns + 1;
        scores = new double[frame.Clusters.Count * Parameters];
    }

    /// <summary>p + 1.</summary>
    public int Parameters { get; }

    /// <summary>Each cluster's score at the parameters evaluated last, K×(p + 1), row-major.</summary>
    public ReadOnlySpan<double> ClusterScores => scores;

    /// <summary>ℓ, and its gradient in ψ; not a number where θ is not positive.</summary>
    public double Evaluate(ReadOnlySpan<double> parameters, Span<double> gradient)
    {
        var p = Parameters - 1;
        var theta = parameters[p];
        if (!(theta > 0))
        {
            return double.NaN;
        }

        LinearPredictor.Of(frame, parameters[..p], regression);
        map.Apply(regression, theta, rows);
        scores.AsSpan().Clear();
        chunks.Run(threads, chunk => RunChunk(chunk, theta));
        gradient.Clear();
        var value = 0.0;
        for (var c = 0; c < values.Length; c++)
        {
            value += values[c];
            Dense.AddScaled(1, scores.AsSpan(c * Parameters, Parameters), gradient);
        }

        return value;
    }

    /// <summary>The observed information by central differences of the score. Leaves the clusters' scores at another point.</summary>
    /// <param name="parameters">ψ, p + 1 values.</param>
    /// <param name="relativeStep">The step as a share of a parameter, at least of 0.1.</param>
    /// <param name="information">Receives (p + 1)×(p + 1) values, row-major.</param>
    public void DifferenceInformation(ReadOnlySpan<double> parameters, double relativeStep, Span<double> information)
    {
        var m = Parameters;
        var (above, below) = (new double[m], new double[m]);
        var moved = parameters.ToArray();
        for (var j = 0; j < m; j++)
        {
            var step = relativeStep * Math.Max(0.1, Math.Abs(parameters[j]));
            moved[j] = parameters[j] + step;
            Evaluate(moved, above);
            moved[j] = parameters[j] - step;
            Evaluate(moved, below);
            moved[j] = parameters[j];
            for (var l = 0; l < m; l++)
            {
                information[(j * m) + l] = (below[l] - above[l]) / (2 * step);
            }
        }

        Dense.Symmetrize(information, m);
    }

    private void RunChunk(int chunk, double theta)
    {
        var p = Parameters - 1;
        var rowScores = new double[frame.Clusters.MaximumSize];
        for (var c = chunks.Start(chunk); c < chunks.End(chunk); c++)
        {
            var start = frame.Clusters.Start(c);
            var size = frame.Clusters.Size(c);
            values[c] = integrals[chunk].Integrate(c, rows, theta, ref modes[c], rowScores, out var thetaScore);
            var score = scores.AsSpan(c * Parameters, Parameters);
            for (var i = 0; i < size; i++)
            {
                var row = rows[start + i];
                thetaScore += rowScores[i] * row.ThetaSlope;
                for (var j = 0; j < p; j++)
                {
                    score[j] += rowScores[i] * row.Slope * frame.Design.Column(j)[start + i];
                }
            }

            score[p] = thetaScore;
        }
    }
}
