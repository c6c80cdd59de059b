using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MarginalConditional.Glmm.Densities;
using MarginalConditional.Glmm.Effects;
using MarginalConditional.Glmm.LargeClusters;
using MarginalConditional.Glmm.Model;
using MarginalConditional.Glmm.Quadrature;
using MarginalConditional.Statistics.LinearAlgebra;
using MarginalConditional.Statistics.Parallelism;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The log-likelihood of a model with one grouping, by adaptive (or ordinary) quadrature over its q effects.</summary>
internal sealed partial class OneLevelLikelihood : MarginalLikelihood
{
    /// <summary>What is done with a block once its clusters are loaded.</summary>
    private delegate void Visit(int chunk, int block, LaneIntegrator integrator);

    /// <summary>What is read off a block: values and errors of its effects, q vectors each, from where the modes were last.</summary>
    private delegate void Description(
        LaneIntegrator integrator, Span<Vector256<double>> warm, Span<Vector256<double>> values, Span<Vector256<double>> errors);

    /// <summary>With fewer nodes a dimension, information that holds them still is too far from the curvature of their sum.</summary>
    private const int FewestNodesForInformation = 5;

    private readonly ClusterData data;
    private readonly ClusterLanes lanes;
    private readonly ConditionalDensity density;
    private readonly double fixedDispersion;
    private readonly int threads;
    private readonly ParameterPoint point;
    private readonly Memory<Vector256<double>> modes;
    private readonly int sumStride;
    private readonly LaneWorkspace workspace;
    private readonly IReadOnlyList<LargeCluster> large;
    private readonly double[] largeModes;
    private readonly LargeClusterIntegrator? largeIntegrator;
    private readonly Action<int> runChunk;
    private readonly Visit addBlock;
    private Visit visit;
    private EvaluationNeeds needs;

    /// <summary>Prepares evaluations on compressed data.</summary>
    /// <param name="data">The patterns of the clusters.</param>
    /// <param name="lanes">The same in lanes, but for the large ones.</param>
    /// <param name="large">The large ones.</param>
    /// <param name="density">Family and link.</param>
    /// <param name="fixedDispersion">φ where it is not free.</param>
    /// <param name="grid">The nodes.</param>
    /// <param name="adaptive">Whether the nodes are centred and scaled at the modes.</param>
    /// <param name="threads">0 for all processors.</param>
    public OneLevelLikelihood(
        ClusterData data,
        ClusterLanes lanes,
        IReadOnlyList<LargeCluster> large,
        ConditionalDensity density,
        double fixedDispersion,
        QuadratureGrid grid,
        bool adaptive,
        int threads)
    {
        this.data = data;
        this.lanes = lanes;
        this.density = density;
        this.fixedDispersion = fixedDispersion;
        this.threads = threads;
        workspace = LaneWorkspace.Take(data, density, grid, adaptive, lanes.MostRows);
        point = workspace.Point;
        modes = workspace.Modes(lanes.Blocks * data.Dimension);
        ParameterCount = data.Columns + data.Factor.ParameterCount + data.InflationColumns + (density.HasFreeDispersion ? 1 : 0);
        sumStride = 1 + ParameterCount + (ParameterCount * ParameterCount);
        HasInformation = grid.NodesPerDimension >= FewestNodesForInformation && !density.HasFreeDispersion && !density.IsInflated;
        this.large = large;
        largeModes = new double[large.Count * data.Dimension];
        largeIntegrator = large.Count == 0
            ? null
            : new LargeClusterIntegrator(large, data.Columns, data.Factor, density, point, grid, adaptive, threads);
        runChunk = RunChunk;
        visit = addBlock = AddBlock;
    }

    /// <inheritdoc/>
    public override int ParameterCount { get; }

    /// <inheritdoc/>
    public override bool HasInformation { get; }

    /// <inheritdoc/>
    public override int Clusters => data.PatternOfCluster.Length;

    /// <inheritdoc/>
    public override double Evaluate(ReadOnlySpan<double> parameters, EvaluationNeeds needs, Span<double> gradient, Span<double> information)
    {
        this.needs = needs;
        var sums = workspace.Sums(lanes.Chunks.Count * sumStride);
        sums.Clear();
        ForEveryBlock(parameters, addBlock);
        var m = ParameterCount;
        var total = sums[..sumStride];
        for (var chunk = 1; chunk < lanes.Chunks.Count; chunk++)
        {
            var sum = sums.Slice(chunk * sumStride, sumStride);
            for (var j = 0; j < total.Length; j++)
            {
                total[j] += sum[j];
            }
        }

        for (var j = 0; needs >= EvaluationNeeds.Gradient && j < m; j++)
        {
            gradient[j] = Vector256.Sum(total[1 + j]);
        }

        if (needs >= EvaluationNeeds.Information)
        {
            for (var j = 0; j < m * m; j++)
            {
                information[j] = Vector256.Sum(total[1 + m + j]);
            }

            Dense.MirrorLower(information, m);
        }

        return Vector256.Sum(total[0]) + AddLarge(needs, gradient, information) + data.Constant;
    }

    /// <inheritdoc/>
    public override void ClusterScores(ReadOnlySpan<double> parameters, Span<double> scores)
    {
        var m = ParameterCount;
        var patternScores = ArrayPool<double>.Shared.Rent(data.Patterns * m);
        ForEveryBlock(parameters, (_, block, integrator) => FillScores(block, integrator, patternScores));
        FillLargeScores(patternScores);
        for (var cluster = 0; cluster < data.PatternOfCluster.Length; cluster++)
        {
            patternScores.AsSpan(data.PatternOfCluster[cluster] * m, m).CopyTo(scores.Slice(cluster * m, m));
        }

        ArrayPool<double>.Shared.Return(patternScores);
    }

    /// <inheritdoc/>
    public override double[][] CopyModes() =>
        [MemoryMarshal.Cast<Vector256<double>, double>(modes.Span).ToArray(), (double[])largeModes.Clone()];

    /// <inheritdoc/>
    public override void StartAt(IReadOnlyList<double[]> modes)
    {
        modes[0].CopyTo(MemoryMarshal.Cast<Vector256<double>, double>(this.modes.Span));
        modes[1].CopyTo(largeModes, 0);
    }

    /// <inheritdoc/>
    public override void Release()
    {
        workspace.Return();
        lanes.Release();
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters) =>
        [Describe(parameters, (integrator, warm, modeOf, errorOf) =>
        {
            integrator.Maximize(warm);
            PosteriorModes.Transform(point.Lambda(0), data.Dimension, integrator.PosteriorMode, integrator.PosteriorRoot, modeOf, errorOf);
        },
        DescribeLarge)];

    /// <summary>Posterior means and standard deviations of every cluster's effects, by quadrature.</summary>
    public PosteriorModes Moments(ReadOnlySpan<double> parameters) =>
        Describe(parameters, (integrator, warm, meanOf, deviationOf) =>
        {
            integrator.Integrate(warm, EvaluationNeeds.Value);
            integrator.PosteriorMoments(meanOf, deviationOf);
        },
        FillLargeMoments);

    /// <summary>Describes the effects of every cluster.</summary>
    private PosteriorModes Describe(ReadOnlySpan<double> parameters, Description describe, Action<PosteriorModes> describeLarge)
    {
        var q = data.Dimension;
        var effects = new PosteriorModes(data.PatternOfCluster.Length, q);
        ForEveryBlock(parameters, (_, block, integrator) =>
        {
            Span<Vector256<double>> values = stackalloc Vector256<double>[q];
            Span<Vector256<double>> errors = stackalloc Vector256<double>[q];
            describe(integrator, ModesOf(block), values, errors);
            Spread(values, block, effects.Modes);
            Spread(errors, block, effects.StandardErrors);
        });
        describeLarge(effects);
        effects.SpreadForwards(data.PatternOfCluster);
        return effects;
    }

    /// <summary>Loads every block at a parameter vector, on all threads, and visits it.</summary>
    private void ForEveryBlock(ReadOnlySpan<double> parameters, Visit visit)
    {
        point.Set(parameters, density.HasFreeDispersion, fixedDispersion);
        this.visit = visit;
        lanes.Chunks.Run(threads, runChunk);
    }

    private void RunChunk(int chunk)
    {
        var integrator = workspace.Integrators.Rent();
        for (var block = lanes.Chunks.Start(chunk); block < lanes.Chunks.End(chunk); block++)
        {
            CancellationScope.Check();
            integrator.Load(lanes, block);
            visit(chunk, block, integrator);
        }

        workspace.Integrators.Return(integrator);
    }

    private Span<Vector256<double>> ModesOf(int block) => modes.Span.Slice(block * data.Dimension, data.Dimension);

    /// <summary>Adds the log-likelihoods of a block, with what else is needed, to the sums of its chunk.</summary>
    private void AddBlock(int chunk, int block, LaneIntegrator integrator)
    {
        var m = ParameterCount;
        var sum = workspace.Sums(lanes.Chunks.Count * sumStride).Slice(chunk * sumStride, sumStride);
        var multiplicity = lanes.Multiplicity[block];
        sum[0] += multiplicity * (integrator.Integrate(ModesOf(block), needs) + integrator.Constants(out var constantSlope));
        if (needs >= EvaluationNeeds.Gradient)
        {
            AddGradient(integrator, multiplicity, constantSlope, sum.Slice(1, m));
        }

        if (needs >= EvaluationNeeds.Information)
        {
            integrator.AddInformation(multiplicity, sum[(1 + m)..], m);
        }
    }

    /// <summary>Writes the gradients of the patterns of a block, patterns×m by row.</summary>
    private void FillScores(int block, LaneIntegrator integrator, double[] patternScores)
    {
        Span<Vector256<double>> scores = stackalloc Vector256<double>[ParameterCount];
        scores.Clear();
        integrator.Integrate(ModesOf(block), EvaluationNeeds.Gradient);
        integrator.Constants(out var constantSlope);
        AddGradient(integrator, Vector256<double>.One, constantSlope, scores);
        Spread(scores, block, patternScores);
    }

    /// <summary>From the lanes of a block to its patterns, by row.</summary>
    private void Spread(ReadOnlySpan<Vector256<double>> source, int block, double[] target)
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

    /// <summary>Adds the gradients of the block integrated last in (β, θ, log φ), times a factor.</summary>
    private void AddGradient(
        LaneIntegrator integrator, Vector256<double> multiplicity, Vector256<double> constantSlope, Span<Vector256<double>> gradient)
    {
        Span<Vector256<double>> theta = stackalloc Vector256<double>[data.Factor.ParameterCount];
        integrator.Differentiate(theta, out var dispersion);
        integrator.AddCoefficientSlopes(multiplicity, gradient);
        for (var e = 0; e < theta.Length; e++)
        {
            gradient[data.Columns + e] += multiplicity * theta[e];
        }

        if (density.IsInflated)
        {
            integrator.AddInflationSlopes(multiplicity, gradient.Slice(data.Columns + theta.Length, data.InflationColumns));
        }

        if (density.HasFreeDispersion)
        {
            gradient[^1] += multiplicity * (dispersion + constantSlope);
        }
    }
}
