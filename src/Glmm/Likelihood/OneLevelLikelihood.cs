using System.Numerics;
using System.Runtime.InteropServices;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The log-likelihood of a model with one grouping, by adaptive (or ordinary) quadrature over its q effects.</summary>
internal sealed class OneLevelLikelihood : MarginalLikelihood
{
    private delegate void Description(LaneIntegrator integrator, Span<Vector<double>> values, Span<Vector<double>> errors);

    private readonly ClusterData data;
    private readonly ClusterLanes lanes;
    private readonly ConditionalDensity density;
    private readonly double fixedDispersion;
    private readonly bool adaptive;
    private readonly int threads;
    private readonly QuadratureGrid grid;
    private readonly ParameterPoint point;
    private readonly Vector<double>[] modes;
    private readonly Vector<double>[] sums;
    private readonly int sumStride;
    private readonly ScratchPool<LaneIntegrator> scratch;
    private readonly Action<int> work;
    private EvaluationNeeds needs;
    private double[]? patternScores;
    private Action<int, LaneIntegrator>? visitor;
    private bool modesOnly;

    /// <summary>Prepares evaluations on compressed data.</summary>
    public OneLevelLikelihood(ClusterData data, ClusterLanes lanes, ConditionalDensity density, double fixedDispersion, QuadratureGrid grid, bool adaptive, int threads)
    {
        this.data = data;
        this.lanes = lanes;
        this.density = density;
        this.fixedDispersion = fixedDispersion;
        this.grid = grid;
        this.adaptive = adaptive;
        this.threads = threads;
        point = new ParameterPoint(data.Columns, [data.Factor]);
        modes = new Vector<double>[lanes.Blocks * data.Dimension];
        ParameterCount = data.Columns + data.Factor.ParameterCount + (density.HasFreeDispersion ? 1 : 0);
        sumStride = 1 + ParameterCount + (ParameterCount * ParameterCount);
        sums = new Vector<double>[lanes.Chunks.Count * sumStride];
        scratch = new ScratchPool<LaneIntegrator>(() => new LaneIntegrator(data.Columns, data.Factor, density, point, 0, grid, adaptive, data.MaximumRows));
        work = RunChunk;
    }

    /// <inheritdoc/>
    public override int ParameterCount { get; }

    /// <inheritdoc/>
    public override bool HasInformation => grid.NodesPerDimension >= 5 && !density.HasFreeDispersion;

    /// <inheritdoc/>
    public override int Clusters => data.PatternOfCluster.Length;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        point.Set(parameters, density.HasFreeDispersion, fixedDispersion);
        this.needs = needs;
        sums.AsSpan().Clear();
        lanes.Chunks.Run(threads, work);
        var m = ParameterCount;
        var total = sums.AsSpan(0, sumStride);
        for (var chunk = 1; chunk < lanes.Chunks.Count; chunk++)
        {
            var sum = sums.AsSpan(chunk * sumStride, sumStride);
            for (var j = 0; j < total.Length; j++)
            {
                total[j] += sum[j];
            }
        }

        for (var j = 0; needs >= EvaluationNeeds.Gradient && j < m; j++)
        {
            gradient[j] = Vector.Sum(total[1 + j]);
        }

        if (needs >= EvaluationNeeds.Information)
        {
            for (var j = 0; j < m * m; j++)
            {
                information[j] = Vector.Sum(total[1 + m + j]);
            }

            Dense.MirrorLower(information, m);
        }

        return Vector.Sum(total[0]) + data.Constant;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores)
    {
        var m = ParameterCount;
        patternScores = new double[data.Patterns * m];
        Evaluate(parameters, EvaluationNeeds.Gradient, scores[..m], []);
        for (var cluster = 0; cluster < data.PatternOfCluster.Length; cluster++)
        {
            patternScores.AsSpan(data.PatternOfCluster[cluster] * m, m).CopyTo(scores.Slice(cluster * m, m));
        }

        patternScores = null;
    }

    /// <inheritdoc/>
    public override double[][] CopyModes() => [MemoryMarshal.Cast<Vector<double>, double>(modes.AsSpan()).ToArray()];

    /// <inheritdoc/>
    public override void StartAt(IReadOnlyList<double[]> modes) =>
        modes[0].CopyTo(MemoryMarshal.Cast<Vector<double>, double>(this.modes.AsSpan()));

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters)
    {
        var q = data.Dimension;
        modesOnly = true;
        var posterior = Visit(parameters, (integrator, modeOf, errorOf) =>
            PosteriorModes.Transform(point.Lambda(0), q, integrator.PosteriorMode, integrator.PosteriorRoot, modeOf, errorOf));
        modesOnly = false;
        return [posterior];
    }

    /// <summary>Posterior means and standard deviations of every cluster's effects, by quadrature.</summary>
    public PosteriorModes Moments(ReadOnlySpan<double> parameters) =>
        Visit(parameters, (integrator, meanOf, deviationOf) => integrator.PosteriorMoments(meanOf, deviationOf));

    private PosteriorModes Visit(ReadOnlySpan<double> parameters, Description describe)
    {
        var q = data.Dimension;
        var values = new Vector<double>[lanes.Blocks * q];
        var errors = new Vector<double>[lanes.Blocks * q];
        visitor = (block, integrator) => describe(integrator, values.AsSpan(block * q, q), errors.AsSpan(block * q, q));
        Evaluate(parameters, EvaluationNeeds.Value, [], []);
        visitor = null;
        var patterns = new PosteriorModes(data.Patterns, q);
        for (var block = 0; block < lanes.Blocks; block++)
        {
            Spread(values.AsSpan(block * q, q), block, patterns.Modes);
            Spread(errors.AsSpan(block * q, q), block, patterns.StandardErrors);
        }

        return patterns.Spread(data.PatternOfCluster);
    }

    // From the lanes of a block to its patterns, by row.
    private void Spread(ReadOnlySpan<Vector<double>> source, int block, double[] target)
    {
        var patterns = lanes.Patterns(block);
        for (var lane = 0; lane < patterns.Length; lane++)
        {
            for (var j = 0; j < source.Length; j++)
            {
                target[(patterns[lane] * source.Length) + j] = source[j][lane];
            }
        }
    }

    private void RunChunk(int chunk)
    {
        var m = ParameterCount;
        var q = data.Dimension;
        var integrator = scratch.Rent();
        var sum = sums.AsSpan(chunk * sumStride, sumStride);
        var gradient = sum.Slice(1, m);
        var information = sum[(1 + m)..];
        Span<Vector<double>> scores = stackalloc Vector<double>[patternScores is null ? 0 : m];
        for (var block = lanes.Chunks.Start(chunk); block < lanes.Chunks.End(chunk); block++)
        {
            var multiplicity = lanes.Multiplicity[block];
            integrator.Load(lanes, block);
            if (modesOnly)
            {
                integrator.Maximize(modes.AsSpan(block * q, q));
                visitor?.Invoke(block, integrator);
                continue;
            }

            var value = integrator.Integrate(modes.AsSpan(block * q, q), needs) + integrator.Constants(out var constantSlope);
            sum[0] += multiplicity * value;
            visitor?.Invoke(block, integrator);
            if (patternScores is not null)
            {
                scores.Clear();
                AddGradient(integrator, Vector<double>.One, constantSlope, scores);
                Spread(scores, block, patternScores);
            }
            else if (needs >= EvaluationNeeds.Gradient)
            {
                AddGradient(integrator, multiplicity, constantSlope, gradient);
                if (needs >= EvaluationNeeds.Information)
                {
                    integrator.AddInformation(multiplicity, information, m);
                }
            }
        }

        scratch.Return(integrator);
    }

    private void AddGradient(LaneIntegrator integrator, Vector<double> multiplicity, Vector<double> constantSlope, Span<Vector<double>> gradient)
    {
        Span<Vector<double>> theta = stackalloc Vector<double>[data.Factor.ParameterCount];
        integrator.Differentiate(theta, out var dispersion);
        integrator.AddCoefficientSlopes(multiplicity, gradient);
        for (var e = 0; e < theta.Length; e++)
        {
            gradient[data.Columns + e] += multiplicity * theta[e];
        }

        if (density.HasFreeDispersion)
        {
            gradient[^1] += multiplicity * (dispersion + constantSlope);
        }
    }
}
