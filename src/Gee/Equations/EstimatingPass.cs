using MarginalConditional.Data.Rows;
using MarginalConditional.Gee.Correlation;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Gee.Equations;

/// <summary>One pass over all clusters at a given β: information, score and residual moments, summed in a fixed order.</summary>
/// <remarks>Everything is allocated here, once a fit; a pass allocates nothing on one thread.</remarks>
internal sealed class EstimatingPass : IDisposable
{
    /// <summary>A pass over fewer values than this takes less time than waking a second thread for it.</summary>
    private const int WorthThreads = 1 << 17;

    private readonly GeeData data;
    private readonly BlockEvaluator evaluator;
    private readonly CorrelationKernel kernel;
    private readonly int threads;
    private readonly int p;
    private readonly int stride;
    private readonly BlockScratch[] scratch;
    private readonly double[] partial;
    private readonly double[] rowSums;
    private readonly bool[] valid;
    private readonly double[] totals;
    private readonly Action<int> estimate;
    private readonly Action<int> sum;
    private readonly Action<int> domain;
    private readonly Func<double, double, double> unitDeviance;
    private Func<double, double, double> summand;
    private double[] beta = [];
    private double[] clusterScores = [];
    private bool independence;

    public EstimatingPass(GeeData data, CorrelationKernel kernel, int threads)
    {
        this.data = data;
        evaluator = new BlockEvaluator(data);
        this.kernel = kernel;
        this.threads = (long)data.Rows * data.Coefficients < WorthThreads ? 1 : threads;
        p = data.Coefficients;
        stride = (p * p) + p + 1 + kernel.Moments;
        var chunks = data.Chunks;
        scratch = new BlockScratch[chunks.Count];
        for (var chunk = 0; chunk < chunks.Count; chunk++)
        {
            scratch[chunk] = evaluator.CreateScratch(chunks.Start(chunk), chunks.End(chunk));
        }

        partial = new double[stride * chunks.Count];
        rowSums = new double[chunks.Count];
        valid = new bool[chunks.Count];
        totals = new double[stride];
        estimate = EstimateChunk;
        sum = SumChunk;
        unitDeviance = data.Family.UnitDeviance;
        summand = unitDeviance;
        domain = DomainChunk;
    }

    /// <summary>φ·M, the lower triangle of a p×p matrix.</summary>
    public ReadOnlySpan<double> Information => totals.AsSpan(0, p * p);

    /// <summary>φ·U, p values.</summary>
    public ReadOnlySpan<double> Score => totals.AsSpan(p * p, p);

    /// <summary>Σ w (y − μ)²/v(μ).</summary>
    public double SumOfSquares => totals[(p * p) + p];

    /// <summary>The products that the correlation is estimated from.</summary>
    public ReadOnlySpan<double> Moments => totals.AsSpan((p * p) + p + 1);

    /// <summary>Evaluates all clusters at β (empty: at the starting means, with the working response for a score).</summary>
    /// <returns>Whether all means are in the family's domain and all sums are finite.</returns>
    public bool Run(double[] coefficients, bool asIndependence)
    {
        beta = coefficients;
        independence = asIndependence;
        Array.Clear(partial);
        data.Chunks.Run(threads, estimate);
        partial.AsSpan(0, stride).CopyTo(totals);
        var allValid = valid[0];
        for (var chunk = 1; chunk < data.Chunks.Count; chunk++)
        {
            SpanMath.Add(totals, partial.AsSpan(chunk * stride, stride), totals);
            allValid &= valid[chunk];
        }

        // The lower triangle is full and its mirror zero, so one sum sees every entry.
        return allValid && double.IsFinite(SpanMath.Sum(totals));
    }

    /// <summary>The same, and φ·U_i of every cluster besides.</summary>
    /// <param name="coefficients">β.</param>
    /// <param name="scores">Receives φ·U_i, K×p by rows.</param>
    /// <param name="asIndependence">Whether to ignore the kernel, which has no correlation.</param>
    public void Run(double[] coefficients, double[] scores, bool asIndependence = false)
    {
        clusterScores = scores;
        Run(coefficients, asIndependence);
        clusterScores = [];
    }

    /// <summary>Σ w d(y, μ) at β; of ordered outcomes −2 Σ w log p.</summary>
    public double Deviance(double[] coefficients) =>
        data.Stack is null ? WeightedSum(coefficients, unitDeviance) : -2 * WeightedSum(coefficients, unitDeviance);

    /// <summary>Σ w Q(y, μ) at β, the quasi-likelihood under independence; of ordered outcomes Σ w log p.</summary>
    public double QuasiLikelihood(double[] coefficients) => WeightedSum(coefficients, data.Family.QuasiLikelihood);

    /// <summary>Σ w f(y, μ) at β; of ordered outcomes Σ w log p whatever the function.</summary>
    public double WeightedSum(double[] coefficients, Func<double, double, double> function)
    {
        beta = coefficients;
        summand = function;
        data.Chunks.Run(threads, sum);
        return SpanMath.Sum(rowSums);
    }

    /// <summary>Whether all means at β are in the family's domain.</summary>
    public bool MeansAreValid(double[] coefficients)
    {
        beta = coefficients;
        data.Chunks.Run(threads, domain);
        return Array.TrueForAll(valid, inside => inside);
    }

    /// <summary>Gives the buffers back: the pass is over.</summary>
    public void Dispose()
    {
        foreach (var buffers in scratch)
        {
            buffers.Dispose();
        }
    }

    private void EstimateChunk(int chunk)
    {
        var sums = partial.AsSpan(chunk * stride, stride);
        var information = sums[..(p * p)];
        var score = sums.Slice(p * p, p);
        var buffers = scratch[chunk];
        var end = data.Chunks.End(chunk);
        var inside = true;
        for (var first = data.Chunks.Start(chunk); first < end;)
        {
            var next = evaluator.BlockEnd(first, end);
            inside &= evaluator.Evaluate(independence ? null : kernel, first, next, beta, buffers, kernel, sums[((p * p) + p)..]);
            var rows = data.Frame.Clusters.Offsets[next] - data.Frame.Clusters.Offsets[first];
            var residual = buffers.Column(p, rows);
            for (var j = 0; j < p; j++)
            {
                var column = buffers.Column(j, rows);
                for (var k = 0; k <= j; k++)
                {
                    information[(j * p) + k] += SpanMath.Dot(column, buffers.Column(k, rows));
                }

                score[j] += SpanMath.Dot(column, residual);
            }

            if (clusterScores.Length > 0)
            {
                ScoreClusters(first, next, buffers, rows);
            }

            first = next;
        }

        valid[chunk] = inside;
    }

    private void ScoreClusters(int first, int next, BlockScratch buffers, int rows)
    {
        var clusters = data.Frame.Clusters;
        var origin = clusters.Start(first);
        var residual = buffers.Column(p, rows);
        for (var j = 0; j < p; j++)
        {
            var column = buffers.Column(j, rows);
            for (var i = first; i < next; i++)
            {
                var from = clusters.Start(i) - origin;
                clusterScores[(i * p) + j] = SpanMath.Dot(
                    column.Slice(from, clusters.Size(i)),
                    residual.Slice(from, clusters.Size(i)));
            }
        }
    }

    private void SumChunk(int chunk)
    {
        var total = 0.0;
        var end = data.Chunks.End(chunk);
        for (int first = data.Chunks.Start(chunk), next; first < end; first = next)
        {
            next = evaluator.BlockEnd(first, end);
            if (data.Stack is not null)
            {
                total += data.Stack.LogLikelihood(first, next, Predictors(chunk, first, next), data.Weights);
                continue;
            }

            ReadOnlySpan<double> mean = Means(chunk, first, next);
            var start = data.Frame.Clusters.Offsets[first];
            var response = data.Frame.Response[start..];
            for (var row = 0; row < mean.Length; row++)
            {
                var weight = data.Weights.Length > 0 ? data.Weights[start + row] : 1;
                total += weight > 0 ? weight * summand(response[row], mean[row]) : 0;
            }
        }

        rowSums[chunk] = total;
    }

    private void DomainChunk(int chunk)
    {
        valid[chunk] = true;
        var end = data.Chunks.End(chunk);
        for (int first = data.Chunks.Start(chunk), next; first < end && valid[chunk]; first = next)
        {
            next = evaluator.BlockEnd(first, end);
            if (data.Stack is not null)
            {
                valid[chunk] = data.Stack.Ascends(first, next, Predictors(chunk, first, next), data.Weights);
                continue;
            }

            ReadOnlySpan<double> mean = Means(chunk, first, next);
            valid[chunk] = data.Family.IsMeanValid(SpanMath.Min(mean)) && data.Family.IsMeanValid(SpanMath.Max(mean));
        }
    }

    private Span<double> Means(int chunk, int first, int next)
    {
        var mean = Predictors(chunk, first, next);
        data.Link.Mean(mean, mean);
        return mean;
    }

    private Span<double> Predictors(int chunk, int first, int next)
    {
        var start = data.Frame.Clusters.Offsets[first];
        var predictor = scratch[chunk].Mean(data.Frame.Clusters.Offsets[next] - start);
        evaluator.Predict(start, beta, predictor);
        return predictor;
    }
}
