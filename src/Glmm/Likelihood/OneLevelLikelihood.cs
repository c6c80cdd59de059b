using MarginalConditional.Glmm.Densities;
using MarginalConditional.Statistics.LinearAlgebra;

namespace MarginalConditional.Glmm.Likelihood;

/// <summary>The log-likelihood of a model with one grouping, by adaptive (or ordinary) quadrature over its q effects.</summary>
internal sealed class OneLevelLikelihood : MarginalLikelihood
{
    private delegate void Description(ClusterIntegrator integrator, Span<double> values, Span<double> errors);

    private readonly ClusterData data;
    private readonly ConditionalDensity density;
    private readonly double fixedDispersion;
    private readonly bool adaptive;
    private readonly int threads;
    private readonly QuadratureGrid grid;
    private readonly ParameterPoint point;
    private readonly double[] modes;
    private readonly double[] sums;
    private readonly int sumStride;
    private readonly Stack<ClusterIntegrator> idle = new();
    private readonly Action<int> work;
    private EvaluationNeeds needs;
    private double[]? patternScores;
    private Action<int, ClusterIntegrator>? visitor;

    /// <summary>Prepares evaluations on compressed data.</summary>
    public OneLevelLikelihood(ClusterData data, ConditionalDensity density, double fixedDispersion, QuadratureGrid grid, bool adaptive, int threads)
    {
        this.data = data;
        this.density = density;
        this.fixedDispersion = fixedDispersion;
        this.grid = grid;
        this.adaptive = adaptive;
        this.threads = threads;
        point = new ParameterPoint(data.Columns, [data.Factor]);
        modes = new double[data.Patterns * data.Dimension];
        ParameterCount = data.Columns + data.Factor.ParameterCount + (density.HasFreeDispersion ? 1 : 0);
        sumStride = 1 + ParameterCount + (ParameterCount * ParameterCount);
        sums = new double[data.Chunks.Count * sumStride];
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
        data.Chunks.Run(threads, work);
        var m = ParameterCount;
        var total = sums.AsSpan(0, sumStride);
        for (var chunk = 1; chunk < data.Chunks.Count; chunk++)
        {
            Dense.AddScaled(1, sums.AsSpan(chunk * sumStride, sumStride), total);
        }

        if (needs >= EvaluationNeeds.Gradient)
        {
            total.Slice(1, m).CopyTo(gradient);
        }

        if (needs >= EvaluationNeeds.Information)
        {
            total[(1 + m)..].CopyTo(information);
            Dense.MirrorLower(information, m);
        }

        return total[0] + data.Constant;
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
    public override void StartFrom(MarginalLikelihood other)
    {
        if (other is OneLevelLikelihood same)
        {
            same.modes.CopyTo(modes, 0);
        }
    }

    /// <inheritdoc/>
    public override IReadOnlyList<PosteriorModes> Posterior(ReadOnlySpan<double> parameters)
    {
        var q = data.Dimension;
        return [Visit(parameters, (integrator, modeOf, errorOf) =>
            PosteriorModes.Transform(point.Lambda(0), q, integrator.PosteriorMode, integrator.PosteriorRoot, modeOf, errorOf))];
    }

    /// <summary>Posterior means and standard deviations of every cluster's effects, by quadrature.</summary>
    public PosteriorModes Moments(ReadOnlySpan<double> parameters) =>
        Visit(parameters, (integrator, meanOf, deviationOf) => integrator.PosteriorMoments(meanOf, deviationOf));

    private PosteriorModes Visit(ReadOnlySpan<double> parameters, Description describe)
    {
        var q = data.Dimension;
        var patternModes = new double[data.Patterns * q];
        var patternErrors = new double[data.Patterns * q];
        visitor = (pattern, integrator) => describe(integrator, patternModes.AsSpan(pattern * q, q), patternErrors.AsSpan(pattern * q, q));
        Evaluate(parameters, EvaluationNeeds.Value, [], []);
        visitor = null;
        var posterior = new PosteriorModes(Clusters, q);
        for (var cluster = 0; cluster < Clusters; cluster++)
        {
            var source = data.PatternOfCluster[cluster] * q;
            patternModes.AsSpan(source, q).CopyTo(posterior.Modes.AsSpan(cluster * q));
            patternErrors.AsSpan(source, q).CopyTo(posterior.StandardErrors.AsSpan(cluster * q));
        }

        return posterior;
    }

    private void RunChunk(int chunk)
    {
        var m = ParameterCount;
        var integrator = Rent();
        var sum = sums.AsSpan(chunk * sumStride, sumStride);
        var gradient = sum.Slice(1, m);
        var information = sum[(1 + m)..];
        for (var pattern = data.Chunks.Start(chunk); pattern < data.Chunks.End(chunk); pattern++)
        {
            var multiplicity = data.Multiplicity[pattern];
            sum[0] += multiplicity * integrator.Integrate(pattern, modes.AsSpan(pattern * data.Dimension, data.Dimension), needs);
            visitor?.Invoke(pattern, integrator);
            if (patternScores is not null)
            {
                integrator.AddGradient(1, patternScores.AsSpan(pattern * m, m));
            }
            else if (needs >= EvaluationNeeds.Gradient)
            {
                integrator.AddGradient(multiplicity, gradient);
                if (needs >= EvaluationNeeds.Information)
                {
                    integrator.AddInformation(multiplicity, information, m);
                }
            }
        }

        Return(integrator);
    }

    private ClusterIntegrator Rent()
    {
        lock (idle)
        {
            if (idle.TryPop(out var integrator))
            {
                return integrator;
            }
        }

        return new ClusterIntegrator(data, density, point, 0, grid, adaptive);
    }

    private void Return(ClusterIntegrator integrator)
    {
        lock (idle)
        {
            idle.Push(integrator);
        }
    }
}
